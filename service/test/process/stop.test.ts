import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'tap'
import { createLogger } from '../../src/process/logger.ts'
import { addressOf, openShop } from '../../src/process/run-shop.ts'
import { stopShop } from '../../src/process/stop.ts'
import { readSettings } from '../../src/settings/settings.ts'
import type { ClientsReport } from '../harness/keep-alive-clients.ts'
import { useShop } from '../harness/shop.ts'

const runs = 100

async function message<T>(child: ChildProcess): Promise<T> {
  const [value] = await once(child, 'message')
  return value
}

test(`${runs} stops under load fail no request of a client that honours Connection: close`, async (t) => {
  const { environment } = await useShop(t)
  const settings = readSettings({ ...environment, DRAIN_MS: '50', RATE_LIMIT_ADDRESS_MAX: '10000000' })
  const clients = fork(new URL('../harness/keep-alive-clients.ts', import.meta.url))
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

test('a connection on which nothing was ever asked does not hold up a stop', async (t) => {
  const running = await useShop(t, { listen: true })
  const { port } = running.app.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  await Promise.all([once(socket, 'connect'), once(running.app.server, 'connection')])
  socket.resume()
  const closed = once(socket, 'close')
  // Without it Node.js would wait for headersTimeout, which then answers 408 on the socket.
  running.app.server.headersTimeout = 60_000
  await stopShop(running)
  await closed
  t.equal(running.shop.lifecycle.phase, 'stopped')
})

test('a request that is under way when the stop begins is answered', async (t) => {
  const running = await useShop(t, { listen: true })
  const arrived = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  // The rival is placed exactly: the stop begins while the handler of this request is at work.
  const { query } = running.shop.database
  running.shop.database.query = async (statement, call) => {
    arrived.resolve()
    await goOn.promise
    return query(statement, call)
  }
  const answer = fetch(`${running.url}/api/categories`)
  await arrived.promise
  const stopping = stopShop(running)
  goOn.resolve()
  t.equal((await answer).status, 200)
  await stopping
})
