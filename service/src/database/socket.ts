import { once } from 'node:events'
import { connect, isIP, type Socket } from 'node:net'
import { checkServerIdentity, connect as connectTls } from 'node:tls'
import { codeOf, connectionError, isConnectionError } from './errors.ts'

/** Where a server is, and the certificates (PEM) it must prove itself with; `null`: no TLS. */
export interface Endpoint {
  host: string
  port: number
  tls: { ca: string } | null
}

const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])

/**
 * Opens a connection to a PostgreSQL server, up to where the protocol's first message goes, within `timeoutMs`.
 *
 * The sockets are ours rather than postgres.js's because only so can we end a half-open one (`sql.end` leaves its FIN unanswered),
 * learn of its end before the next statement is written to it, verify a certificate against an address as well as a name, and
 * never fall back to an unverified connection (`ssl: 'require'` does not verify).
 */
export async function openSocket(endpoint: Endpoint, timeoutMs: number, signal?: AbortSignal): Promise<Socket> {
  const timeout = AbortSignal.timeout(timeoutMs)
  const stop = signal ? AbortSignal.any([signal, timeout]) : timeout
  const socket = connect({ host: endpoint.host, port: endpoint.port, noDelay: true })
  try {
    await once(socket, 'connect', { signal: stop })
    return endpoint.tls ? await secure(socket, endpoint.host, endpoint.tls.ca, stop) : socket
  } catch (error) {
    // A socket that dies after we gave up must not end the process by an unheard 'error'.
    socket.on('error', () => socket.destroy())
    socket.destroy()
    if (timeout.aborted)
      throw connectionError('CONNECT_TIMEOUT', `no connection to ${at(endpoint)} within ${timeoutMs} ms`)
    if (signal?.aborted) throw connectionError('CONNECTION_DESTROYED', `the connection to ${at(endpoint)} was given up`)
    throw error
  }
}

async function secure(socket: Socket, host: string, ca: string, signal: AbortSignal): Promise<Socket> {
  socket.write(sslRequest)
  const [answer] = (await once(socket, 'data', { signal })) as [Buffer]
  // More than the one byte would be plain text that somebody slipped in before the encryption (CVE-2021-23222).
  if (answer.toString('latin1') !== 'S') {
    throw connectionError('TLS_NOT_OFFERED', `the server at ${host} does not offer TLS`)
  }
  const secured = connectTls({
    socket,
    ca,
    rejectUnauthorized: true,
    // An address is no server name (RFC 6066), and without a name Node.js would check for "localhost".
    servername: isIP(host) ? '' : host,
    checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
  })
  try {
    await once(secured, 'secureConnect', { signal })
  } catch (error) {
    secured.on('error', () => secured.destroy())
    secured.destroy()
    if (signal.aborted || isConnectionError(error)) throw error
    const said = error instanceof Error ? error.message : String(error)
    throw connectionError(
      'TLS_REFUSED',
      `the certificate of ${host} is not accepted (${codeOf(error)}): ${said}`,
      error,
    )
  }
  return secured
}

function at({ host, port }: Endpoint): string {
  return `${host}:${port}`
}
