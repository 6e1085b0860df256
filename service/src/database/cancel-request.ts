import { once } from 'node:events'
import { type Endpoint, openSocket } from './socket.ts'

/** What a server gave a connection to cancel its statements with. */
export interface BackendKey {
  pid: number
  secret: number
}

const cancelRequestCode = 80_877_102

/**
 * Asks the server to cancel what a backend is doing, and resolves when the server has passed that on: only then may the
 * connection be lent to somebody else, or the cancel would hit a stranger's statement.
 *
 * Not by postgres.js's `query.cancel()`: it tells nobody when it is done, and a cancel that cannot connect ends the process by an
 * unhandled rejection.
 */
export async function requestCancel(endpoint: Endpoint, key: BackendKey, timeoutMs: number): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs)
  const socket = await openSocket(endpoint, timeoutMs, signal)
  try {
    const message = Buffer.alloc(16)
    message.writeInt32BE(message.length, 0)
    message.writeInt32BE(cancelRequestCode, 4)
    message.writeUInt32BE(key.pid, 8)
    message.writeUInt32BE(key.secret, 12)
    socket.resume()
    socket.write(message)
    await once(socket, 'close', { signal })
  } finally {
    socket.destroy()
  }
}
