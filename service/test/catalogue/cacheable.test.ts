import { test } from 'tap'
import { product, shelf, useStockedShop } from './support.ts'

const urls = [
  '/api/products',
  '/api/products?q=thing&sort=name',
  '/api/products/one',
  '/api/categories',
  '/api/delivery/districts',
]
const things = [shelf([product('one'), product('two')])]

test('public answers are for every cache, and about nobody', async (t) => {
  const { app } = await useStockedShop(t, things)
  for (const url of urls) {
    const plain = await app.inject(url)
    t.equal(plain.statusCode, 200, url)
    t.equal(
      plain.headers['cache-control'],
      'public, max-age=5, s-maxage=5, stale-while-revalidate=60, stale-if-error=600',
    )
    t.match(plain.headers['content-type'], /^application\/json/)
    t.match(plain.headers.etag, /^"[A-Za-z0-9_-]{43}"$/, 'a strong tag')
    t.notOk(plain.headers['set-cookie'], 'no cookie')
    const varies = String(plain.headers.vary ?? '').split(/\s*,\s*/)
    t.same(
      varies.filter((name) => name && name.toLowerCase() !== 'origin'),
      [],
      'the same for every user and language',
    )
    const personal = await app.inject({
      url,
      headers: { cookie: 'a=b', 'accept-language': 'bn', 'user-agent': 'another' },
    })
    t.equal(personal.body, plain.body)
    t.equal(personal.headers.etag, plain.headers.etag)
    t.notMatch(plain.body, /onHand|on_hand|reserved|freeUnits|version/i, 'no number of stock')
  }
})

test('who holds the answer gets 304 without a body', async (t) => {
  const { app } = await useStockedShop(t, things)
  for (const url of urls) {
    const { etag = '', ...headers } = (await app.inject(url)).headers
    const matching = [etag, `W/${etag}`, `"other", ${etag}`, `W/"other",W/${etag} , "x"`, '*', ' * ', `"a, b" ,${etag}`]
    for (const value of matching) {
      const answer = await app.inject({ url, headers: { 'if-none-match': String(value) } })
      t.equal(answer.statusCode, 304, `${url} ${value}`)
      t.equal(answer.body, '')
      t.equal(answer.headers.etag, etag)
      t.equal(answer.headers['cache-control'], headers['cache-control'])
      t.notOk(answer.headers['content-length'])
      t.notOk(answer.headers['content-type'])
    }
    for (const value of [
      '"other"',
      'W/"other"',
      String(etag).slice(1, -1),
      '',
      '"',
      '**',
      `${String(etag).slice(0, -1)}x"`,
    ]) {
      const answer = await app.inject({ url, headers: { 'if-none-match': value } })
      t.equal(answer.statusCode, 200, `${url} ${value}`)
    }
  }
})

test('what changes has another tag', async (t) => {
  const { app, sql } = await useStockedShop(t, things)
  const before = await app.inject('/api/products/one')
  await sql`update stock set on_hand = 9 where sku = 'ONE'`
  t.equal((await app.inject('/api/products/one')).headers.etag, before.headers.etag, 'a unit sold, the state the same')
  await sql`update stock set on_hand = 0 where sku = 'ONE'`
  const after = await app.inject({
    url: '/api/products/one',
    headers: { 'if-none-match': String(before.headers.etag) },
  })
  t.equal(after.statusCode, 200)
  t.not(after.headers.etag, before.headers.etag)
  t.equal(after.json().stock, 'out')
})

test('HEAD says what GET would', async (t) => {
  const { app } = await useStockedShop(t, things)
  for (const url of urls) {
    const get = await app.inject(url)
    const head = await app.inject({ method: 'HEAD', url })
    t.equal(head.statusCode, 200, url)
    t.equal(head.body, '')
    t.equal(head.headers.etag, get.headers.etag)
    t.equal(head.headers['cache-control'], get.headers['cache-control'])
    t.equal(Number(head.headers['content-length']), Buffer.byteLength(get.body))
    const held = await app.inject({ method: 'HEAD', url, headers: { 'if-none-match': String(get.headers.etag) } })
    t.equal(held.statusCode, 304)
  }
  t.equal((await app.inject({ method: 'HEAD', url: '/api/products/unknown' })).statusCode, 404)
})

test('every public read declares its 304 and counts on the address', async (t) => {
  const { app } = await useStockedShop(t, [])
  const paths = app.swagger().paths ?? {}
  for (const path of ['/api/products', '/api/products/{slug}', '/api/categories', '/api/delivery/districts']) {
    const responses = paths[path]?.get?.responses ?? {}
    t.ok('304' in responses, path)
    t.notOk((responses as Record<string, { content?: unknown }>)['304']?.content, 'without a body')
  }
})
