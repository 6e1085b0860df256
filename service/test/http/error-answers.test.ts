import { once } from 'node:events'
import { connect } from 'node:net'
import { type Test, test } from 'tap'
import { Type } from 'typebox'
import { buildApp } from '../../src/app.ts'
import { DatabaseUnavailableError } from '../../src/database/database.ts'
import { errorResponses, errors, ShopError } from '../../src/errors.ts'
import { createMetrics } from '../../src/operations/metrics.ts'
import { useShop } from '../harness/shop.ts'

const closed = { additionalProperties: false }

/** The real application with a few routes that misbehave on purpose. */
async function misbehavingApp(t: Test, checksAnswers = true) {
  const { shop } = await useShop(t)
  const app = await buildApp({ ...shop, metrics: createMetrics(), checksAnswers })
  t.teardown(() => app.close())
  const ok = Type.Object({ ok: Type.Literal(true) }, closed)
  const response = {
    200: ok,
    ...errorResponses(['sold_out'], { 409: Type.Object({ skus: Type.Array(Type.String()) }, closed) }),
  }
  const body = Type.Object(
    {
      quantity: Type.Integer({ minimum: 1, maximum: 10 }),
      note: Type.Optional(Type.Object({ text: Type.String() }, closed)),
    },
    closed,
  )
  app.post('/test/body', { schema: { body, response } }, async () => ({ ok: true as const }))
  const failures: Record<string, () => Error> = {
    bug: () => new Error('secret detail: /etc/passwd'),
    away: () => new DatabaseUnavailableError('connection', { retryAfterSeconds: 3 }),
    sold: () => new ShopError('sold_out', { details: { skus: ['A-1'] } }),
    undeclared: () => new ShopError('not_found'),
  }
  for (const [name, make] of Object.entries(failures)) {
    app.get(`/test/${name}`, { schema: { response } }, async () => {
      throw make()
    })
  }
  app.get('/test/extra', { schema: { response } }, async () => ({ ok: true as const, extra: 1 }))
  app.get('/test/status', { schema: { response } }, async (_request, reply) =>
    reply.code(202 as 200).send({ ok: true }),
  )
  app.get('/test/string', { schema: { response } }, async (_request, reply) =>
    reply.type('application/json').send('{"ok":false}' as never),
  )
  await app.ready()
  return app
}

test('an error answer has code, message and request id, and no stack ever leaves', async (t) => {
  const app = await misbehavingApp(t)
  const bug = await app.inject('/test/bug')
  t.equal(bug.statusCode, 500)
  t.match(bug.json(), { code: 'internal_error', message: errors.internal_error.message, requestId: /^[0-9a-f-]{36}$/ })
  t.notMatch(bug.body, /passwd|at .*\.ts/)
  const away = await app.inject('/test/away')
  t.equal(away.statusCode, 503)
  t.equal(away.headers['retry-after'], '3')
  t.match(away.json(), { code: 'unavailable' })
  const sold = await app.inject('/test/sold')
  t.match(sold.json(), { code: 'sold_out', details: { skus: ['A-1'] } })
  t.equal(sold.headers['cache-control'], 'no-store')
})

test('a validation error names the field', async (t) => {
  const app = await misbehavingApp(t)
  const send = async (payload: string, type = 'application/json') =>
    (await app.inject({ method: 'POST', url: '/test/body', payload, headers: { 'content-type': type } })).json()
  t.match(await send('{}'), { code: 'invalid_request', field: 'quantity', message: 'quantity is missing.' })
  t.match(await send('{"quantity":"1"}'), {
    code: 'invalid_request',
    field: 'quantity',
    message: 'quantity must be integer.',
  })
  for (const quantity of ['0', '-1', '1.5', '1e9', 'null'])
    t.match(await send(`{"quantity":${quantity}}`), { code: 'invalid_request', field: 'quantity' })
  t.match(await send('{"quantity":1,"role":"admin"}'), {
    code: 'invalid_request',
    field: 'role',
    message: 'role is not known here.',
  })
  t.match(await send('{"quantity":1,"note":{"text":1}}'), { field: 'note.text' })
  for (const payload of [
    '{"quantity":1,"__proto__":{"admin":true}}',
    '{"quantity":1,"constructor":{"prototype":{}}}',
    '{',
    '',
    'null',
    '[]',
  ]) {
    t.match(await send(payload), { code: 'invalid_request' }, payload)
  }
  t.match(await send('quantity=1', 'application/x-www-form-urlencoded'), { code: 'unsupported_media_type' })
  t.match(await send(JSON.stringify({ quantity: 1, note: { text: 'x'.repeat(40_000) } })), { code: 'body_too_large' })
})

for (const type of [
  'application/json\t; x',
  'application/json;',
  ' application/json',
  'text/plain',
  'application/jsonx',
]) {
  test(`the content type ${JSON.stringify(type)} does not get round the validation`, async (t) => {
    const app = await misbehavingApp(t)
    const answer = await app.inject({
      method: 'POST',
      url: '/test/body',
      payload: '{"quantity":"1"}',
      headers: { 'content-type': type },
    })
    t.ok([400, 415].includes(answer.statusCode), String(answer.statusCode))
  })
}

test('an answer that its schema does not declare is a bug, in tests and in development', async (t) => {
  const app = await misbehavingApp(t)
  for (const url of ['/test/undeclared', '/test/extra', '/test/status', '/test/string']) {
    t.equal((await app.inject(url)).statusCode, 500, url)
  }
})

test('in production such an answer costs no validation and loses what was not declared', async (t) => {
  const app = await misbehavingApp(t, false)
  t.same((await app.inject('/test/extra')).json(), { ok: true })
})

test('what is not HTTP, or comes too slowly, is answered and cut', async (t) => {
  const { app } = await useShop(t, { listen: true })
  const { port } = app.server.address() as { port: number }
  const answerTo = async (text: string) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('utf8').on('data', (data: string) => {
      answer += data
    })
    socket.write(text)
    await once(socket, 'close')
    return answer
  }
  const broken = await answerTo('NONSENSE\r\n\r\n')
  t.match(broken, /^HTTP\/1\.1 400 .*connection: close.*"code":"invalid_request".*"requestId"/s)
  // A slow body: the headers promise more than ever comes.
  app.server.requestTimeout = 500
  app.server.headersTimeout = 400
  const slow = await answerTo(
    'POST /api/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
  )
  t.match(slow, /^HTTP\/1\.1 408 /)
  t.match(slow, /"code":"request_timeout".*"requestId"/s)
  const slowHeaders = await answerTo('GET /health HTTP/1.1\r\nhost: x\r\n')
  t.match(slowHeaders, /^HTTP\/1\.1 408 .*"code":"request_timeout"/s)
})

test('a path that the router cannot read, or finds too long, is answered like any other error', async (t) => {
  const { app } = await useShop(t)
  for (const url of ['/api/products/%zz', `/api/products/${'x'.repeat(500)}`]) {
    const answer = await app.inject(url)
    t.equal(answer.statusCode, 400)
    t.match(answer.json(), { code: 'invalid_request', message: String, requestId: /^[0-9a-f-]{36}$/ })
    t.notMatch(answer.body, /x{200}|%zz/, 'the path is not repeated')
  }
})
