import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'tap'
import { createLogger } from '../src/logger.ts'
import { addressOf, openShop } from '../src/run-shop.ts'
import { readSettings } from '../src/settings.ts'
import { stopShop } from '../src/stop.ts'
import type { ClientsReport } from './harness/keep-alive-clients.ts'
import { useShop } from './harness/shop.ts'

const runs = 100

async function message<T>(child: ChildProcess): Promise<T> {
  const [value] = await once(child, 'message')
  return value
}

test(`${runs} stops under load fail no request of a client that honours Connection: close`, async (t) => {
  const { environment } = await useShop(t)
  const settings = readSettings({ ...environment, DRAIN_MS: '50', RATE_LIMIT_ADDRESS_MAX: '10000000' })
  const clients = fork(new URL('./harness/keep-alive-clients.ts', import.meta.url))
  t.teardown(() => clients.disconnect())
  let answered = 0
  for (let run = 0; run < runs; run++) {
    const running = await openShop({ settings, log: createLogger('silent') })
    await running.app.listen({ host: '127.0.0.1', port: 0 })
    await running.operations.listen({ host: '127.0.0.1', port: 0 })
    running.shop.lifecycle.enter('ready')
    const url = addressOf(running.app)
    clients.send([`${url}/health`, `${url}/api/categories`])
    t.equal(await message(clients), 'busy')
    const [report] = await Promise.all([message<ClientsReport>(clients), stopShop(running)])
    t.same(report.failures, [], `run ${run + 1}`)
    t.equal(running.shop.lifecycle.phase, 'stopped')
    answered += report.answered
  }
  t.ok(answered > runs * 16, `${answered} requests were answered`)
})

test('a stop goes through its phases in order, and tells the workers at once', async (t) => {
  const { environment } = await useShop(t)
  const lines: string[] = []
  const log = createLogger('info', { write: (line) => lines.push(line) })
  const running = await openShop({ settings: readSettings(environment), log })
  await running.app.ready()
  let asked = false
  const worker = {
    start() {},
    stop: async () => {
      asked = true
    },
  }
  await stopShop({ ...running, workers: [worker] })
  t.ok(asked, 'workers are told to stop')
  const phases = lines.map((line) => JSON.parse(line).phase).filter(Boolean)
  t.same(phases, ['drain', 'requests', 'workers', 'database', 'operations'])
})
