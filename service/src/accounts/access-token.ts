import { randomUUID } from 'node:crypto'
import fastifyJwt from '@fastify/jwt'
import type { FastifyRequest } from 'fastify'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import type { SigningKey } from '../tokens/keys.ts'

const issuer = 'dhakacart'
const audience = 'dhakacart-shop'
const requiredClaims = ['iss', 'aud', 'exp', 'iat', 'jti', 'sub', 'sid', 'ver']
const idShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What an access token says. Never the role: that may change while the token lives, so it is looked up. */
export interface AccessClaims {
  accountId: string
  sessionId: string
  /** The version of the account that the token was issued under; raising it ends the token. */
  version: number
}

/** Teaches the application to sign and to verify access tokens: HS256 and nothing else, with a key of the ring that `kid` names. */
export async function registerAccessTokens(app: ShopApp, { keys, settings }: Pick<Shop, 'keys' | 'settings'>) {
  await app.register(fastifyJwt, {
    secret: async (_request: FastifyRequest, token: fastifyJwt.TokenOrHeader) => {
      const { kid } = 'header' in token ? token.header : token
      const key = typeof kid === 'string' ? keys.find(kid, 'access-token') : undefined
      if (!key) throw new Error('the token names a key that is not in the ring')
      return secretOf(key)
    },
    // The whole token, so that its header is there to find the key by.
    decode: { complete: true },
    sign: { algorithm: 'HS256', iss: issuer, aud: audience, expiresIn: settings.accessTokenSeconds },
    // By default every algorithm is accepted, and refusals are kept for ten minutes.
    verify: { algorithms: ['HS256'], allowedIss: issuer, allowedAud: audience, requiredClaims, cache: false },
  })
}

/** A new access token, valid for `settings.accessTokenSeconds`. */
export function signAccessToken(app: ShopApp, { keys }: Pick<Shop, 'keys'>, claims: AccessClaims): string {
  const key = keys.active('access-token')
  const { accountId, sessionId, version } = claims
  return app.jwt.sign(
    { sub: accountId, sid: sessionId, ver: version, jti: randomUUID() },
    { key: secretOf(key), kid: key.kid },
  )
}

/** What the request's bearer token says, as far as the token itself can tell; rejects when it is missing or not one of ours. */
export async function readAccessToken(request: FastifyRequest): Promise<AccessClaims> {
  const { sub, sid, ver } = await request.jwtVerify<{ sub?: unknown; sid?: unknown; ver?: unknown }>()
  if (!isId(sub) || !isId(sid) || !Number.isSafeInteger(ver)) throw new Error('the claims are not of the right form')
  return { accountId: sub, sessionId: sid, version: Number(ver) }
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && idShape.test(value)
}

/** As a string: @fastify/jwt makes a new verifier for each request when the key is a buffer. */
function secretOf({ key }: SigningKey): string {
  return key.toString('base64url')
}
