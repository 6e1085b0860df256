import { Agent, get } from 'node:http'

/*
 * A process of its own that plays clients behind a load balancer: each keeps one connection and asks again and again, until an
 * answer says `Connection: close`; then it goes elsewhere, which ends it here. The parent sends a URL, hears "busy" when every
 * client has had an answer, and hears what became of all requests when every client has gone.
 */
export interface ClientsReport {
  answered: number
  /** What a request failed with: nothing may. */
  failures: string[]
}

const clients = 16

async function ask(url: string, agent: Agent): Promise<{ status: number; last: boolean }> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume()
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, last: response.headers.connection === 'close' }),
      )
      response.on('error', reject)
    }).on('error', reject)
  })
}

async function run(urls: string[]): Promise<ClientsReport> {
  const report: ClientsReport = { answered: 0, failures: [] }
  let busy = 0
  const client = async (index: number) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    try {
      for (let asked = 0; ; asked++) {
        const { status, last } = await ask(urls[(index + asked) % urls.length] ?? '', agent)
        if (status !== 200) report.failures.push(`status ${status}`)
        report.answered++
        if (asked === 0 && ++busy === clients) process.send?.('busy')
        if (last) return
      }
    } catch (error) {
      report.failures.push(String(error))
    } finally {
      agent.destroy()
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, index) => client(index)))
  return report
}

process.on('message', async (urls: string[]) => process.send?.(await run(urls)))
process.on('disconnect', () => process.exit())
