import { test } from 'tap'
import { useShop } from '../harness/shop.ts'

test('the public port says that the shop lives, and no more', async (t) => {
  const { app } = await useShop(t)
  const answer = await app.inject('/health')
  t.equal(answer.statusCode, 200)
  t.same(answer.json(), { status: 'ok' })
})

test('the operations port tells liveness, readiness and metrics apart', async (t) => {
  const { app, operations, shop } = await useShop(t)
  await app.inject('/health')
  t.equal((await operations.inject('/health')).statusCode, 200)
  t.same((await operations.inject('/ready')).json(), { status: 'ready' })
  shop.lifecycle.enter('draining')
  t.equal((await operations.inject('/ready')).statusCode, 503, 'a draining shop is not ready')
  t.equal((await operations.inject('/health')).statusCode, 200, 'and lives')
  const metrics = await operations.inject('/metrics')
  t.match(metrics.body, /http_request_duration_seconds_count\{method="GET",route="\/health",status_code="200"\} 1/)
  t.notMatch(metrics.body, /http_request_summary/, 'the summary is off')
  t.equal((await app.inject('/metrics')).statusCode, 404, 'metrics are not on the public port')
  t.equal((await app.inject('/ready')).statusCode, 404)
})
