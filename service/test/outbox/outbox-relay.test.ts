import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Sql } from 'postgres'
import { type Test, test } from 'tap'
import { createOutboxRelay } from '../../src/outbox/outbox-relay.ts'
import { type ClaimedEvent, claimEvents } from '../../src/outbox/outbox-store.ts'
import { isSignedMessage } from '../../src/tokens/signed-message.ts'
import { until } from '../harness/poll.ts'
import { type TestShop, useShop } from '../harness/shop.ts'

const secret = 'o'.repeat(40)

interface Received {
  headers: IncomingMessage['headers']
  body: string
}

/** Somebody who takes events and answers with these statuses, then always with the last. */
async function useReceiver(t: Test, ...statuses: number[]) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('')
    received.push({ headers: request.headers, body })
    response.writeHead(statuses.length > 1 ? (statuses.shift() ?? 200) : (statuses[0] ?? 200)).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events` }
}

async function useOutbox(t: Test, url?: string, logLines?: string[]): Promise<TestShop> {
  return useShop(t, {
    logLines,
    settings: { OUTBOX_POLL_MS: '10', ...(url && { OUTBOX_WEBHOOK_URL: url, OUTBOX_WEBHOOK_SECRET: secret }) },
  })
}

function addEvents(sql: Sql, count: number) {
  return sql`insert into outbox (topic, payload)
    select 'order.placed', jsonb_build_object('orderId', n, 'name', 'Rahima') from generate_series(1, ${count}) n`
}

/** Lets every wait end: leases and back-offs. */
function makeDue(sql: Sql) {
  return sql`update outbox set available_at = now() - interval '1 second'`
}

test('an event arrives signed, with its id, and is delivered then', async (t) => {
  const { received, url } = await useReceiver(t, 200)
  const { shop, sql } = await useOutbox(t, url)
  await addEvents(sql, 1)
  t.equal(await createOutboxRelay(shop).runOnce(), 1)
  const [row] = await sql`select event_id, delivered_at, attempts, last_error from outbox`
  t.match(row, { delivered_at: Date, attempts: 1, last_error: null })
  t.equal(received.length, 1)
  const { headers, body } = received[0] as Received
  t.equal(headers['x-event-id'], row?.event_id)
  t.match(JSON.parse(body), { eventId: row?.event_id, topic: 'order.placed', payload: { orderId: 1 } })
  const signature = String(headers['x-dhakacart-signature'])
  const message = { secret, body, signature, now: new Date(), toleranceMs: 60_000 }
  t.ok(isSignedMessage(message))
  t.notOk(isSignedMessage({ ...message, body: `${body} ` }), 'another body is not signed by it')
  t.notOk(isSignedMessage({ ...message, now: new Date(Date.now() + 61_000) }), 'and it grows old')
  t.equal(await createOutboxRelay(shop).runOnce(), 0)
})

test('without a receiver an event is a line in the log, and the line has no personal data', async (t) => {
  const logLines: string[] = []
  const { shop, sql } = await useOutbox(t, undefined, logLines)
  await addEvents(sql, 1)
  await createOutboxRelay(shop).runOnce()
  const lines = logLines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'event')
  t.match(lines, [{ topic: 'order.placed', eventId: /^[0-9a-f-]{36}$/ }])
  t.notMatch(logLines.join(''), /Rahima/)
})

test('relays in two processes share the work, and each event arrives once', async (t) => {
  const here = await useOutbox(t)
  const there = await useShop(t, { beside: here })
  await addEvents(here.sql, 200)
  const delivered: string[] = []
  const atWork = new Set<number>()
  const bothAtWork = Promise.withResolvers<void>()
  const shares = await Promise.all(
    [here, there].map(async ({ shop }, index) => {
      const deliver = async ({ eventId }: ClaimedEvent) => {
        if (atWork.add(index).size === 2) bothAtWork.resolve()
        await bothAtWork.promise
        delivered.push(eventId)
      }
      const relay = createOutboxRelay(shop, { batch: 7, deliver })
      const batches: number[] = []
      while (batches.at(-1) !== 0) batches.push(await relay.runOnce())
      t.ok(Math.max(...batches) <= 7, 'never more than a batch in hand')
      return batches.reduce((sum, batch) => sum + batch)
    }),
  )
  t.equal(delivered.length, 200)
  t.equal(new Set(delivered).size, 200)
  t.ok(Math.min(...shares) >= 7, `both had a share: ${shares}`)
  t.same(await here.sql`select from outbox where delivered_at is null or attempts <> 1`, [])
})

test('a receiver that fails is tried again, later and later, and gets the event when it recovers', async (t) => {
  const { received, url } = await useReceiver(t, 500, 302, 200)
  const { shop, sql } = await useOutbox(t, url)
  await addEvents(sql, 1)
  const relay = createOutboxRelay(shop, { backOffMs: 60_000 })
  const waits: number[] = []
  for (const attempt of [1, 2]) {
    await relay.runOnce()
    t.equal(await relay.runOnce(), 0, `after failure ${attempt} it waits`)
    const [row] = await sql`
      select extract(epoch from available_at - now())::float8 as wait, last_error, delivered_at from outbox`
    t.match(row, { delivered_at: null, last_error: String })
    waits.push(row?.wait)
    await makeDue(sql)
  }
  t.ok(waits[0] && waits[0] > 25 && waits[0] <= 60, `the first wait: ${waits[0]}`)
  t.ok(waits[1] && waits[1] > 55 && waits[1] <= 120, `the second wait: ${waits[1]}`)
  await relay.runOnce()
  t.match(await sql`select attempts, last_error from outbox where delivered_at is not null`, [
    { attempts: 3, last_error: null },
  ])
  t.equal(new Set(received.map(({ headers }) => headers['x-event-id'])).size, 1, 'always the same event')
})

test('a receiver that cannot be reached puts events off, with the reason', async (t) => {
  const { shop, sql } = await useOutbox(t, 'http://127.0.0.1:1/')
  await addEvents(sql, 1)
  await createOutboxRelay(shop).runOnce()
  t.match(await sql`select last_error from outbox`, [{ last_error: /fetch failed: .+/ }])
})

test('an event that fails too often is dead, and keeps nobody busy', async (t) => {
  const { shop, sql } = await useOutbox(t)
  await addEvents(sql, 1)
  const deliver = async () => {
    throw new Error('not today')
  }
  const relay = createOutboxRelay(shop, { attemptsMax: 3, deliver })
  for (let attempt = 0; attempt < 3; attempt++) {
    t.equal(await relay.runOnce(), 1)
    await makeDue(sql)
  }
  t.equal(await relay.runOnce(), 0)
  t.match(await sql`select attempts, dead_at, last_error from outbox`, [
    { attempts: 3, dead_at: Date, last_error: 'not today' },
  ])
})

test('what a process had in hand when it died is delivered by another after the lease, not before', async (t) => {
  const { shop, sql } = await useOutbox(t)
  await addEvents(sql, 3)
  t.equal((await claimEvents(shop.database, 10, 30_000)).length, 3, 'the one that dies')
  const delivered: ClaimedEvent[] = []
  const relay = createOutboxRelay(shop, { deliver: async (event) => void delivered.push(event) })
  t.equal(await relay.runOnce(), 0, 'the lease still lasts')
  await makeDue(sql)
  t.equal(await relay.runOnce(), 3)
  t.same(
    delivered.map(({ attempts }) => attempts),
    [2, 2, 2],
  )
})

test('a delivery that fails after its lease does not put off what another process has in hand', async (t) => {
  const { shop, sql } = await useOutbox(t)
  await addEvents(sql, 1)
  const slow = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const late = createOutboxRelay(shop, {
    attemptsMax: 1,
    deliver: () => {
      begun.resolve()
      return slow.promise
    },
  }).runOnce()
  await begun.promise
  await makeDue(sql)
  t.equal((await claimEvents(shop.database, 10, 30_000)).length, 1)
  slow.reject(new Error('too late'))
  await late
  t.match(await sql`select attempts, dead_at, last_error from outbox`, [
    { attempts: 2, dead_at: null, last_error: null },
  ])
})

test('no connection is held while an event is on its way', async (t) => {
  const { shop, sql } = await useOutbox(t)
  await addEvents(sql, 5)
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const run = createOutboxRelay(shop, {
    deliver: () => {
      begun.resolve()
      return answered
    },
  }).runOnce()
  await begun.promise
  const { statements, transactions } = shop.database.stats()
  t.equal(statements.inUse + transactions.inUse, 0)
  t.same(await sql`select from pg_stat_activity where datname = current_database() and xact_start < now()`, [])
  answer()
  t.equal(await run, 5)
})

test('a started relay delivers by itself, and a stop waits for what is under way', async (t) => {
  const { shop, sql } = await useOutbox(t)
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
  let begun = 0
  const relay = createOutboxRelay(shop, {
    deliver: () => {
      begun++
      return answered
    },
  })
  relay.start()
  await addEvents(sql, 1)
  await until('the delivery has begun', () => begun === 1)
  let stopped = false
  const stop = relay.stop().then(() => {
    stopped = true
  })
  await sql`select 1`
  t.equal(stopped, false)
  answer()
  await stop
  t.same(await sql`select from outbox where delivered_at is null`, [])
})
