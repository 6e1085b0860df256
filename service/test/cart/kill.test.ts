import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Test, test } from 'tap'
import { freePort } from '../../src/embedded/free-port.ts'
import { stockGoods } from '../harness/goods.ts'
import { until } from '../harness/poll.ts'
import { useShop } from '../harness/shop.ts'
import { createGuest } from '../harness/shopper.ts'

test('a line that was acknowledged survives a kill -9 of the service', async (t) => {
  const shop = await useShop(t)
  const skus = Array.from({ length: 40 }, (_, n) => `SKU-${n}`)
  await stockGoods(shop.sql, Object.fromEntries(['FIRST', ...skus].map((sku) => [sku, {}])))
  const server = await startServer(t, shop.environment)

  const add = (sku: string, token?: string) =>
    fetch(`${server.url}/api/cart/items`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { 'x-cart-token': token } : {}) },
      body: JSON.stringify({ sku, quantity: 1 }),
    })
  const { cartToken } = (await (await add('FIRST')).json()) as { cartToken: string }
  const acknowledged = ['FIRST']
  const outcomes = await Promise.allSettled(
    skus.map(async (sku) => {
      const answer = await add(sku, cartToken)
      if (answer.status === 200) acknowledged.push(sku)
      // In the middle of the others.
      if (acknowledged.length === 10) server.kill()
    }),
  )
  await server.gone
  t.ok(acknowledged.length >= 10)
  t.ok(
    outcomes.some(({ status }) => status === 'rejected'),
    'the kill came while others were in flight',
  )

  const guest = createGuest(shop, { 'x-cart-token': cartToken })
  await guest.send('GET', '/api/cart')
  const kept = new Set(guest.cart.lines.map(({ sku }) => sku))
  t.same(
    acknowledged.filter((sku) => !kept.has(sku)),
    [],
    'another process finds all of them',
  )
})

/** A real server, as production runs it, with a shop's settings. */
async function startServer(t: Test, environment: Record<string, string>) {
  const port = await freePort()
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../src/server.ts', import.meta.url))], {
    env: { ...process.env, ...environment, PORT: String(port), LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const gone = once(child, 'exit')
  t.teardown(() => child.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  await until('the server answers', () =>
    fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    ),
  )
  return { url, gone, kill: () => child.kill('SIGKILL') }
}
