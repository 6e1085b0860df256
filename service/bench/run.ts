import '../src/node-version.js'
import { fork } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type Connection, type LoadResult, load } from './load.ts'
import { startShop } from './shop-process.ts'

const help = `Usage: npm run bench [-- --seconds N] [--rounds N] [--shoppers N]

Measures the shop on this machine, each figure beside its limit from the same run, in turns: the page of the catalogue beside Node's
own HTTP server with the same bytes, and whole guest orders (a cart, a checkout, cash on delivery). The commits are durable. The load
shares the machine with what it measures, so that only the ratios of one run mean something.`

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    shoppers: { type: 'string', default: '64' },
    help: { type: 'boolean', short: 'h' },
  },
})

const page = '/api/products?limit=20'

/** Another shopper each time, as a CDN would tell. */
function someAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`
}

async function readPage(connection: Connection): Promise<void> {
  const { status } = await connection.ask({ path: page, headers: { 'x-forwarded-for': someAddress() } })
  if (status !== 200) throw new Error(`page: status ${status}`)
}

function buyer(skus: string[]): (connection: Connection) => Promise<void> {
  return async (connection) => {
    const headers = { 'x-forwarded-for': someAddress() }
    const sku = skus[randomInt(skus.length)]
    const added = await connection.ask({ method: 'POST', path: '/api/cart/items', headers, body: { sku, quantity: 1 } })
    if (added.status !== 200) throw new Error(`cart: status ${added.status}`)
    const { cartToken, version, subtotalPoisha } = JSON.parse(added.body)
    const { status } = await connection.ask({
      method: 'POST',
      path: '/api/checkout',
      headers: { ...headers, 'x-cart-token': cartToken, 'idempotency-key': randomUUID() },
      body: {
        cartVersion: version,
        expectedTotalPoisha: subtotalPoisha + 6_000,
        paymentMethod: 'cash_on_delivery',
        delivery: { name: 'Rahima Begum', phone: '01712345678', addressLine: 'House 7, Road 3', district: 'dhaka' },
      },
    })
    if (status !== 201) throw new Error(`checkout: status ${status}`)
  }
}

async function bench(): Promise<void> {
  const [seconds, rounds, shoppers] = [values.seconds, values.rounds, values.shoppers].map(Number) as [
    number,
    number,
    number,
  ]
  for (const [name, value] of Object.entries({ seconds, rounds, shoppers })) {
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`--${name} is "${value}": it must be a whole number from 1.`)
  }
  console.log(
    `${cpus().length} cores, Node.js ${process.version}, ${rounds} rounds of ${seconds} s, ${shoppers} shoppers.`,
  )
  const { signal } = interruption()
  const shop = await startShop(console.log)
  const raw = fork(new URL('./baselines/raw-http.ts', import.meta.url))
  try {
    const answer = await fetch(new URL(page, shop.url))
    const { date: _, connection: __, 'keep-alive': ___, ...headers } = Object.fromEntries(answer.headers)
    raw.send({ body: await answer.text(), headers })
    const [{ port }] = await once(raw, 'message')
    const skus = (await shop.sql<{ sku: string }[]>`select sku from variants order by sku`).map(({ sku }) => sku)
    const figures: [name: string, base: URL, turn: (connection: Connection) => Promise<void>][] = [
      ['raw node:http, the same bytes', new URL(`http://127.0.0.1:${port}`), readPage],
      ['catalogue page', shop.url, readPage],
      [`guest orders, ${skus.length} SKUs`, shop.url, buyer(skus)],
      ['guest orders, one SKU', shop.url, buyer(skus.slice(0, 1))],
    ]
    const results = new Map<string, LoadResult[]>(figures.map(([name]) => [name, []]))
    for (let round = 1; round <= rounds; round++) {
      for (const [name, base, turn] of figures) {
        results.get(name)?.push(await load(base, { shoppers, seconds, signal }, turn))
        signal.throwIfAborted()
        console.log(`round ${round}: ${name}`)
      }
    }
    print(results)
  } finally {
    raw.disconnect()
    await shop.close()
  }
}

/** Ctrl-C ends the measurement; the servers are stopped on the way out. */
function interruption(): AbortController {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => controller.abort(new Error(`Stopped by ${signal}.`)))
  }
  return controller
}

function print(results: Map<string, LoadResult[]>): void {
  const limit = median([...results.values()][0] ?? [])
  console.log(
    `\n${'figure'.padEnd(32)}${'a second'.padStart(10)}${'lowest'.padStart(9)}${'highest'.padStart(9)}${'of raw'.padStart(8)}${'p50 ms'.padStart(8)}${'p99 ms'.padStart(8)}`,
  )
  for (const [name, runs] of results) {
    const rates = runs.map(({ rate }) => rate).sort((a, b) => a - b)
    const middle = runs.find(({ rate }) => rate === median(runs)) ?? runs[0]
    const cells = [
      median(runs).toFixed(0).padStart(10),
      (rates[0] ?? 0).toFixed(0).padStart(9),
      (rates.at(-1) ?? 0).toFixed(0).padStart(9),
    ]
    const tail = [
      // An order is not one answer: raw HTTP is no limit of it.
      (name.startsWith('guest orders') ? '' : (median(runs) / limit).toFixed(2)).padStart(8),
      (middle?.p50 ?? 0).toFixed(1).padStart(8),
      (middle?.p99 ?? 0).toFixed(1).padStart(8),
    ]
    console.log(name.padEnd(32) + [...cells, ...tail].join(''))
    for (const { failures } of runs)
      for (const [what, times] of failures) console.log(`  failed ${times} times: ${what}`)
  }
}

function median(runs: LoadResult[]): number {
  const rates = runs.map(({ rate }) => rate).sort((a, b) => a - b)
  return rates[Math.floor(rates.length / 2)] ?? 0
}

if (values.help) console.log(help)
else {
  await bench().catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
