import { type Test, test } from 'tap'
import { createLocalProvider } from '../src/payments/local-provider.ts'
import { createLogger } from '../src/process/logger.ts'
import { openShop } from '../src/process/run-shop.ts'
import { readSettings } from '../src/settings/settings.ts'
import { stockGoods } from './harness/goods.ts'
import { until } from './harness/poll.ts'
import { type TestShop, useShop } from './harness/shop.ts'
import { createGuest } from './harness/shopper.ts'
import { signIn } from './harness/sign-in.ts'

/** What people tell the shop, and no line of its log may tell on. */
const people = {
  username: 'planted_user_q7',
  password: 'planted-password-one',
  nextPassword: 'planted-password-two',
  resetPassword: 'planted-password-three',
  wrongPassword: 'planted-password-wrong',
  name: 'Planted Rahima Khatun',
  phone: '01799887766',
  phoneInBengali: '০১৭৯৯৮৮৭৭৬৬',
  addressLine: 'House 77, Planted Lane',
  searchWords: 'planted words',
  reason: 'planted reason of a person',
}

type Line = Record<string, unknown>

interface LoggedShop extends TestShop {
  lines: string[]
  /** The lines as they can be read by a machine. */
  read(): Line[]
}

/** A shop that logs all it can, with two routes that misbehave on purpose. */
async function openLoggedShop(t: Test): Promise<LoggedShop> {
  const plain = await useShop(t)
  const lines: string[] = []
  const log = createLogger('trace', { write: (line) => lines.push(line) })
  const running = await openShop({ settings: readSettings(plain.environment), log, checksAnswers: true })
  t.teardown(async () => {
    await Promise.all(running.workers.map((worker) => worker.stop()))
    await running.app.close()
    await running.close()
  })
  const { app, shop } = running
  app.post('/test/bug', { schema: { hide: true } }, async ({ body }) => {
    throw new TypeError('a planted bug', { cause: { body } })
  })
  app.post('/test/constraint', { schema: { hide: true } }, async () => {
    const { username, name } = people
    return shop.database.query(
      (sql) => sql`insert into accounts (username, password_hash) values (${username}, ${name}), (${name}, '')`,
    )
  })
  app.post('/test/cast', { schema: { hide: true } }, async () =>
    shop.database.query((sql) => sql`select ${people.phone + people.name}::text::integer`),
  )
  await app.ready()
  return { ...plain, ...running, lines, read: () => lines.map((line) => JSON.parse(line)) }
}

async function post(test: TestShop, url: string, payload: object, headers: Record<string, string> = {}) {
  return test.app.inject({ method: 'POST', url, payload, headers })
}

/** Registers, logs in, changes and resets the password, fails to log in; returns every token that came back. */
async function liveWithAnAccount(test: TestShop): Promise<string[]> {
  const { username, password, nextPassword, resetPassword, wrongPassword } = people
  const registered = await post(test, '/api/auth/register', { username, password })
  const loggedIn = await post(test, '/api/auth/login', { username, password })
  const answers = [registered, loggedIn]
  await post(test, '/api/auth/login', { username, password: wrongPassword })
  const { accessToken, refreshToken } = loggedIn.json()
  answers.push(await post(test, '/api/auth/refresh', { refreshToken }))
  await post(test, '/api/auth/refresh', { refreshToken })
  const headers = { authorization: `Bearer ${registered.json().accessToken}` }
  const change = { currentPassword: password, newPassword: nextPassword }
  answers.push(await post(test, '/api/auth/password', change, headers))
  const staff = await signIn(test, 'staff')
  const { code } = (await post(test, `/api/admin/accounts/${username}/reset-code`, {}, staff.headers)).json()
  await post(test, '/api/auth/reset-password', { username, code: '2222222222', newPassword: resetPassword })
  answers.push(await post(test, '/api/auth/reset-password', { username, code, newPassword: resetPassword }))
  await test.app.inject({ url: '/api/auth/me', headers: { authorization: `Bearer ${accessToken}x` } })
  const told = answers.map((answer) => answer.json())
  return [code, staff.headers.authorization, ...told.flatMap((each) => [each.accessToken, each.refreshToken])]
}

/** Fills a cart, orders, looks the order up, pays, cancels; returns every token. */
async function buy(test: TestShop, headers: Record<string, string> = {}): Promise<string[]> {
  const { name, phone, phoneInBengali, addressLine, reason, searchWords } = people
  await test.app.inject(`/api/products?q=${encodeURIComponent(searchWords)}`)
  const shopper = createGuest(test, headers)
  await shopper.add('TEA-1')
  const delivery = { name, phone: phoneInBengali, addressLine }
  const key = `planted-key-${headers.authorization ? 'account' : 'guest'}`
  await shopper.checkOut({ key, delivery, body: { cartVersion: 99, paymentMethod: 'local' } })
  const placed = (await shopper.checkOut({ key, delivery, body: { paymentMethod: 'local' } })).json()
  const { id, number, totalPoisha, orderToken } = placed
  const own = { ...headers, ...(orderToken ? { 'x-order-token': orderToken } : {}) }
  await post(test, '/api/orders/lookup', { number, phone })
  await post(test, '/api/orders/lookup', { number, phone: people.phone.replace('7', '8') })
  await test.app.inject({ url: `/api/orders/${id}`, headers: own })
  await post(test, `/api/orders/${id}/pay`, {}, own)
  const provider = createLocalProvider(() => test.shop.secret('paymentWebhookSecret'))
  const event = {
    eventId: `e-${id}`,
    reference: `local-${id}`,
    orderId: id,
    amountPoisha: totalPoisha,
    currency: 'BDT',
  }
  const sent = provider.sign({ ...event, status: 'paid' }, new Date())
  for (const body of [sent.body, `${sent.body} `]) {
    await test.app.inject({ method: 'POST', url: '/api/webhooks/payments/local', headers: sent.headers, payload: body })
  }
  const admin = await signIn(test, 'admin')
  await post(test, `/api/admin/orders/${id}/moves`, { to: 'refund_due', reason }, admin.headers)
  const cartToken = shopper.headers['x-cart-token']
  return [orderToken, cartToken, key, sent.headers['x-payment-signature'], admin.headers.authorization].filter(
    (each) => each !== undefined,
  )
}

test('nothing that people tell the shop, and no secret, is in any line of a whole story', async (t) => {
  const test = await openLoggedShop(t)
  await stockGoods(test.sql, { 'TEA-1': {} })
  const shopper = await signIn(test)
  const tokens = [
    ...(await liveWithAnAccount(test)),
    ...(await buy(test)),
    ...(await buy(test, shopper.headers)),
    shopper.headers.authorization,
  ]
  for (const url of ['/test/bug', '/test/constraint', '/test/cast']) {
    t.equal((await post(test, url, people)).statusCode, 500, url)
  }
  for (const worker of test.workers) worker.start()
  await until('the outbox has told of an order', () => test.read().some(({ topic }) => topic === 'order.refund_due'))

  t.same(
    await test.sql`select status, recipient_name as name from orders`,
    Array(2).fill({ status: 'refund_due', name: people.name }),
  )

  const { JWT_KEYS = '', PAYMENT_WEBHOOK_SECRET = '' } = test.environment
  const keys: string[] = Object.values(JSON.parse(JWT_KEYS).keys)
  const secrets = [...tokens.map((token) => token.replace('Bearer ', '')), ...keys, PAYMENT_WEBHOOK_SECRET]
  t.ok(secrets.length >= 20 && secrets.every((each) => each.length >= 10), `${secrets.length} secrets were in use`)
  const leaks = [...Object.values(people), ...secrets].flatMap((planted) =>
    test.lines.filter((line) => line.includes(planted)).map((line) => ({ planted, line })),
  )
  t.same(leaks, [])

  const said = test.read().map(({ msg }) => msg)
  for (const msg of [
    'refresh token used twice: its session is revoked',
    'account registered',
    'login failed',
    'password changed',
    'password reset',
    'reset code refused',
    'event',
  ]) {
    t.ok(said.includes(msg), `the story has: ${msg}`)
  }
  t.equal(said.filter((msg) => msg === 'request failed').length, 3, 'and three bugs, which can be found')
})

test('what a careless line would tell is redacted', (t) => {
  const lines: string[] = []
  const log = createLogger('info', { write: (line) => lines.push(line) })
  const { username, password, name, phone, addressLine } = people
  const secret = 'planted-secret'
  const delivery = { name, phone, addressLine, district: 'dhaka' }
  const bodies = [
    { username, password },
    { currentPassword: password, newPassword: password },
    { username, code: secret, newPassword: password },
    { refreshToken: secret },
    { number: '123', phone },
    { cartVersion: 1, delivery },
  ]
  for (const body of bodies) log.info({ body }, 'careless')
  for (const fields of [...bodies.slice(0, 2), { refreshToken: secret }, delivery]) {
    log.info({ ...fields, name: undefined }, 'careless')
  }
  const names = ['authorization', 'cookie', 'x-cart-token', 'x-order-token', 'x-payment-signature', 'idempotency-key']
  log.info({ headers: Object.fromEntries(names.map((each) => [each, secret])) }, 'careless')
  t.equal(lines.length, 11)
  for (const planted of [username, password, name, phone, addressLine, secret]) {
    t.same(
      lines.filter((line) => line.includes(planted)),
      [],
      planted,
    )
  }
  t.match(lines.join(''), /redacted.*dhaka/, 'and nothing else is')
  t.end()
})

test('a request is one line of JSON with its id, its route and how it went', async (t) => {
  const test = await openLoggedShop(t)
  for (const url of ['/api/products', '/api/products/no-such-thing', '/nothing', '/health']) {
    const before = test.lines.length
    const answer = await test.app.inject(url)
    await until('the request is logged', () => test.lines.length > before)
    const [line, ...more] = test.read().slice(before)
    t.same(more, [], `${url} is one line`)
    t.match(line, {
      msg: 'request',
      method: 'GET',
      status: answer.statusCode,
      ms: Number,
      requestId: /^[0-9a-f-]{36}$/,
    })
    t.match(line, { service: 'shop', time: /^\d{4}-\d\d-\d\dT.*Z$/, level: 30 })
    t.notMatch(JSON.stringify(line), /no-such-thing/, 'it names the route, not the path')
    if (answer.statusCode >= 400)
      t.equal(answer.json().requestId, line?.requestId, 'the id of the answer finds the line')
  }
})

test('a traceparent is honoured when it is well formed, and no other', async (t) => {
  const test = await openLoggedShop(t)
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
  const spanId = '00f067aa0ba902b7'
  const logged = async (traceparent: string) => {
    const before = test.lines.length
    await test.app.inject({ url: '/health', headers: { traceparent } })
    await until('the request is logged', () => test.lines.length > before)
    return test.read()[before]
  }
  t.match(await logged(`00-${traceId}-${spanId}-01`), { traceId, parentSpanId: spanId })
  for (const invalid of [
    '',
    'nonsense',
    `00-${traceId}-${spanId}`,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `ff-${traceId}-${spanId}-01`,
    `00-${traceId}-${spanId}-01\nx`,
  ]) {
    const line = await logged(invalid)
    t.notOk(line && ('traceId' in line || 'parentSpanId' in line), JSON.stringify(invalid))
  }
})
