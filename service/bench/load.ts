import { Agent, request } from 'node:http'

export interface Ask {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: unknown
}

/** One shopper's connection: asks one thing at a time and keeps it alive. */
export interface Connection {
  ask(ask: Ask): Promise<{ status: number; body: string }>
  close(): void
}

export function openConnection(base: URL): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    ask({ method = 'GET', path, headers = {}, body }) {
      const text = body === undefined ? undefined : JSON.stringify(body)
      const own =
        text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
      return new Promise((resolve, reject) => {
        const sent = request(
          { agent, host: base.hostname, port: base.port, method, path, headers: { ...headers, ...own } },
          (response) => {
            let received = ''
            response.setEncoding('utf8').on('data', (part: string) => {
              received += part
            })
            response.on('end', () => resolve({ status: response.statusCode ?? 0, body: received }))
            response.on('error', reject)
          },
        )
        sent.on('error', reject)
        sent.end(text)
      })
    },
    close: () => agent.destroy(),
  }
}

export interface LoadOptions {
  shoppers: number
  seconds: number
  /** Ends it early. */
  signal: AbortSignal
}

export interface LoadResult {
  /** Turns that succeeded, a second. */
  rate: number
  /** Of a turn, in milliseconds. */
  p50: number
  p99: number
  /** What went wrong, by what it was. */
  failures: Map<string, number>
}

/**
 * A closed loop: so many shoppers, each taking one turn after the other, for so many seconds. A turn throws when it did not get what
 * it asked for, and is counted as a failure.
 */
export async function load(
  base: URL,
  { shoppers, seconds, signal }: LoadOptions,
  turn: (connection: Connection) => Promise<void>,
): Promise<LoadResult> {
  const times: number[] = []
  const failures = new Map<string, number>()
  const started = performance.now()
  const end = started + seconds * 1_000
  const shop = async () => {
    const connection = openConnection(base)
    for (let now = performance.now(); now < end && !signal.aborted; now = performance.now()) {
      try {
        await turn(connection)
        times.push(performance.now() - now)
      } catch (error) {
        const what = (error as Error).message
        failures.set(what, (failures.get(what) ?? 0) + 1)
      }
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: shoppers }, shop))
  const elapsedSeconds = (performance.now() - started) / 1_000
  times.sort((a, b) => a - b)
  const quantile = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { rate: times.length / elapsedSeconds, p50: quantile(0.5), p99: quantile(0.99), failures }
}
