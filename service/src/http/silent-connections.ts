import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** Connections on which nothing was ever asked. */
export interface SilentConnections {
  close(): void
}

/**
 * Remembers connections that have sent nothing yet: load balancers and browsers open some in advance. Node.js does not count
 * them as idle, and a server that closes would wait for them until `headersTimeout`.
 */
export function watchSilentConnections(server: Server): SilentConnections {
  const silent = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    silent.add(socket)
    const forget = () => silent.delete(socket)
    socket.once('data', forget)
    socket.once('close', forget)
  })
  return {
    close() {
      for (const socket of silent) socket.destroy()
    },
  }
}
