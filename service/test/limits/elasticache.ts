import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { createServer, getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import type { Test } from 'tap'
import type { TestRedis } from '../harness/redis.ts'
import { makeCertificate } from './certificate.ts'

export interface Key {
  id: string
  secret: string
}

export interface ElastiCache {
  /** With the user that may log in, and no password. */
  url: string
  /** What came as a password, in order, accepted or not. */
  tokens: string[]
  /** What it says of time from now on. */
  clock: () => number
  /** Ends every connection, as AWS does with one that is twelve hours old. */
  endConnections(): void
}

/**
 * The part that ElastiCache plays in front of a Redis: TLS, and a login that takes the token of one user for one cache when its signature
 * is right and its 15 minutes have not passed. The signature is computed anew here, from the token's parts and the key that AWS would know.
 */
export async function useElastiCache(t: Test, redis: TestRedis, cache: string, user: string, key: Key) {
  await redis.client.call('ACL', 'SETUSER', user, 'on', 'nopass', 'allkeys', 'allcommands')
  const files = await makeCertificate(t.testdir())
  const [cert, privateKey] = await Promise.all([readFile(files.certificateFile), readFile(files.keyFile)])
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, String(cert)])
  const near = new Set<Socket>()
  const state: ElastiCache = {
    url: '',
    tokens: [],
    clock: Date.now,
    endConnections() {
      for (const socket of near) socket.destroy()
    },
  }
  const server = createServer({ cert, key: privateKey }, (socket) => {
    near.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => near.delete(socket))
    socket.once('data', (hello) => {
      const words = wordsOf(hello)
      const token = words[words.indexOf('AUTH') + 2] ?? ''
      state.tokens.push(token)
      const wrong = whatIsWrong(token, { cache, user, key, now: state.clock() })
      if (wrong) socket.end(`-WRONGPASS invalid username-password pair or user is disabled. (${wrong})\r\n`)
      else forward(socket, hello, redis.port)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    setDefaultCACertificates(before)
    state.endConnections()
    server.close()
  })
  state.url = `rediss://${user}@localhost:${(server.address() as AddressInfo).port}`
  return state
}

function forward(near: TLSSocket, first: Buffer, port: number): void {
  const far = connect(port, '127.0.0.1')
  far.write(first)
  far.on('error', () => near.destroy()).on('close', () => near.destroy())
  near.on('close', () => far.destroy())
  near.pipe(far).pipe(near)
}

/** The words of one command as Redis reads it. */
function wordsOf(command: Buffer): string[] {
  const lines = command.toString().split('\r\n')
  return lines.filter((_, index) => index > 0 && index % 2 === 0)
}

interface Expected {
  cache: string
  user: string
  key: Key
  now: number
}

/** Why a token is refused; undefined: it is not. Signature Version 4, from the description of it and not from the SDK. */
export function whatIsWrong(token: string, { cache, user, key, now }: Expected): string | undefined {
  const url = URL.canParse(`http://${token}`) ? new URL(`http://${token}`) : undefined
  if (!url || url.host !== cache || url.pathname !== '/') return 'not a token for this cache'
  const query = Object.fromEntries(url.searchParams)
  if (query.Action !== 'connect' || query.User !== user) return 'not a token for this user'
  const [id, day = '', region = '', service = '', end] = (query['X-Amz-Credential'] ?? '').split('/')
  if (id !== key.id || service !== 'elasticache' || end !== 'aws4_request') return 'not signed for this service'
  const signedAt = (query['X-Amz-Date'] ?? '').replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')
  const validMs = Number(query['X-Amz-Expires']) * 1_000
  if (!(validMs > 0 && validMs <= 900_000) || now > Date.parse(signedAt) + validMs) return 'expired'
  const { 'X-Amz-Signature': signature, ...signed } = query
  const canonical = Object.entries(signed)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&')
  const request = ['GET', '/', canonical, `host:${cache}`, '', 'host', sha256('')].join('\n')
  const scope = `${day}/${region}/${service}/aws4_request`
  const text = ['AWS4-HMAC-SHA256', query['X-Amz-Date'], scope, sha256(request)].join('\n')
  let secret: Buffer = Buffer.from(`AWS4${key.secret}`)
  for (const part of [day, region, service, 'aws4_request']) secret = hmac(secret, part)
  return hmac(secret, text).toString('hex') === signature ? undefined : 'signature does not match'
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
