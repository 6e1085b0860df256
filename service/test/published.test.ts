import { environment, facts } from '@dhakacart/service'
import { test } from 'tap'
import { readSettings } from '../src/settings/settings.ts'
import { useShop } from './harness/shop.ts'

test('every metric that is published is one that the shop exports, so that no alert watches nothing', async (t) => {
  const { app, operations } = await useShop(t)
  await app.inject('/health')
  const { body } = await operations.inject(facts.paths.metrics)
  const exported = new Set(body.match(/^# TYPE \S+/gm)?.map((line) => line.replace('# TYPE ', '')))
  for (const name of Object.values(facts.metrics)) t.ok(exported.has(name), name)
})

test('every path that is published answers on its port', async (t) => {
  const { app, operations } = await useShop(t)
  t.equal((await app.inject(facts.paths.health)).statusCode, 200)
  for (const path of [facts.paths.health, facts.paths.ready, facts.paths.metrics]) {
    t.equal((await operations.inject(path)).statusCode, 200, path)
  }
})

test('the ports, stop times and connections that are published are the defaults of the settings', async (t) => {
  const settings = readSettings({ DATABASE_URL: 'postgres://shop@db/shop', DATABASE_TLS: 'off', JWT_KEYS: '{}' })
  t.match(settings, {
    port: facts.ports.public,
    operationsPort: facts.ports.operations,
    drainMs: facts.stop.drainMs,
    databaseStatementConnections: facts.database.connections.statements,
    databaseTransactionConnections: facts.database.connections.transactions,
  })
})

test('the environment that is published tells a secret from what is none', async (t) => {
  const rows = new Map(environment().map((row) => [row.name, row]))
  t.match(rows.get('JWT_KEYS'), { secret: true })
  t.match(rows.get('PORT'), { secret: false, default: String(facts.ports.public) })
})
