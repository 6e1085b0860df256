import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

// From 32768 on, ports are handed to outgoing connections, and a server that wants one back may find it taken.
const lowest = 15_000
const ephemeral = 32_768
const attempts = 50

/** A port of 127.0.0.1 that nothing listens on now, below the ephemeral range where there is one. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const port = await tryPort(randomInt(lowest, ephemeral))
    if (port) return port
  }
  const port = await tryPort(0)
  if (!port) throw new Error('No port of 127.0.0.1 is free.')
  return port
}

async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer()
  try {
    server.listen({ port, host: '127.0.0.1', exclusive: true })
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' && address ? address.port : undefined
  } catch {
    return undefined
  } finally {
    server.close()
  }
}
