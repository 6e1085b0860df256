import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import type { Test } from 'tap'

/** A stretch of network between the service and a server that a test can break. */
export interface TcpProxy {
  /** The same URL, by way of the proxy. */
  url: string
  /** How many connections were accepted since the start. */
  readonly accepted: number
  /** The connections of now stay open and carry nothing any more, as when a network path is gone. Later ones are not touched. */
  freeze(): void
  /** Frozen connections carry again, beginning with what was held back. */
  thaw(): void
  /** Ends the connections of now. */
  cut(): void
  /** Refuses connections from now on: nobody listens. */
  refuse(): Promise<void>
  /** Accepts connections from now on and closes each at once. */
  slam(): void
  /** Accepts and forwards again, on the same port. */
  accept(): Promise<void>
}

interface Link {
  near: Socket
  far: Socket
}

/** A proxy to the server of a URL, for the time of a test. */
export async function useTcpProxy(t: Test, url: string): Promise<TcpProxy> {
  const target = new URL(url)
  const links = new Set<Link>()
  let slamming = false
  let accepted = 0
  let server = createServer(forward)
  const port = await listen(server, 0)

  function forward(near: Socket): void {
    accepted += 1
    if (slamming) {
      near.destroy()
      return
    }
    const far = connect(Number(target.port), target.hostname)
    const link = { near, far }
    links.add(link)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      // Not `pipe`: what it resumes on its own would undo a freeze.
      from.on('data', (bytes) => to.write(bytes))
      from.on('error', () => from.destroy())
      from.on('close', () => {
        to.destroy()
        links.delete(link)
      })
    }
  }

  function cut(): void {
    for (const { near, far } of links) {
      near.destroy()
      far.destroy()
    }
  }

  async function close(): Promise<void> {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    cut()
    await closed
  }

  t.teardown(close)
  const proxied = new URL(url)
  proxied.port = String(port)
  return {
    url: proxied.href,
    get accepted() {
      return accepted
    },
    freeze() {
      for (const { near, far } of links) {
        near.pause()
        far.pause()
      }
    },
    thaw() {
      for (const { near, far } of links) {
        near.resume()
        far.resume()
      }
    },
    cut,
    refuse: close,
    slam() {
      slamming = true
    },
    async accept() {
      slamming = false
      if (server.listening) return
      server = createServer(forward)
      await listen(server, port)
    },
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
