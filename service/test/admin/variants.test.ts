import { test } from 'tap'
import { product, shelf, variant } from '../catalogue/support.ts'
import { traces, useStaffedShop } from './support.ts'

const things = [shelf([product('thing', { variants: [variant('THING', { pricePoisha: 500_00 })] })])]

test('a price that changes is in the audit trail and in the outbox, and at once in the shop', async (t) => {
  const shop = await useStaffedShop(t, things)
  const { as, app } = shop
  const sale = { version: 1, salePricePoisha: 400_00, reason: 'Eid sale' }
  t.match(await as.admin('PATCH', '/api/admin/variants/THING', sale), {
    status: 200,
    body: { slug: 'thing', variants: [{ sku: 'THING', pricePoisha: 500_00, salePricePoisha: 400_00, version: 2 }] },
  })
  t.match((await app.inject('/api/products/thing')).json(), {
    price: { fromPoisha: 400_00, regularPoisha: 500_00, onSale: true },
  })
  const { audit, events } = await traces(shop, 'sku:THING')
  t.same(audit, [
    {
      actor_id: shop.accountIds.admin,
      actor_role: 'admin',
      action: 'price.changed',
      before: { salePricePoisha: null },
      after: { salePricePoisha: 400_00 },
      reason: 'Eid sale',
      has_request: true,
    },
  ])
  t.same(events, [
    {
      topic: 'price.changed',
      payload: { slug: 'thing', sku: 'THING', pricePoisha: 500_00, salePricePoisha: 400_00 },
    },
  ])
  await as.admin('PATCH', '/api/admin/variants/THING', { version: 2, salePricePoisha: null })
  t.match((await app.inject('/api/products/thing')).json(), {
    price: { fromPoisha: 500_00, regularPoisha: null, onSale: false },
  })
})

test('a price and the rest are written down apart', async (t) => {
  const shop = await useStaffedShop(t, things)
  await shop.as.admin('PATCH', '/api/admin/variants/THING', {
    version: 1,
    pricePoisha: 700_00,
    maxPerOrder: 2,
    name: { en: 'Large', bn: 'বড়' },
    active: false,
  })
  const { audit, events } = await traces(shop, 'sku:THING')
  t.match(audit, [
    { action: 'price.changed', before: { pricePoisha: 500_00 }, after: { pricePoisha: 700_00 } },
    {
      action: 'variant.changed',
      before: { name: null, maxPerOrder: 10, active: true },
      after: { name: { en: 'Large', bn: 'বড়' }, maxPerOrder: 2, active: false },
    },
  ])
  t.same(
    events.map(({ topic }) => topic),
    ['price.changed', 'product.changed'],
  )
})

test('two people who change a price at once: the second is told', async (t) => {
  const { as, sql } = await useStaffedShop(t, things)
  const change = (pricePoisha: number) => as.admin('PATCH', '/api/admin/variants/THING', { version: 1, pricePoisha })
  const answers = await Promise.all([change(600_00), change(700_00)])
  t.same(answers.map(({ status }) => status).sort(), [200, 409])
  const [row] =
    await sql`select version, (select count(*)::int from audit_log where action = 'price.changed') as audited from variants`
  t.same(row, { version: 2, audited: 1 })
})

test('rules of the database become errors that name the field', async (t) => {
  const { as } = await useStaffedShop(t, things)
  await as.admin('PATCH', '/api/admin/variants/THING', { version: 1, salePricePoisha: 400_00 })
  const variantOf = (fields: object) => ({ sku: 'NEW', name: null, pricePoisha: 100_00, ...fields })
  const longest = '\u09dc'.repeat(120)
  const refused: [number, string, string, ...Parameters<typeof as.admin>][] = [
    [
      400,
      'invalid_request',
      'salePricePoisha',
      'PATCH',
      '/api/admin/variants/THING',
      { version: 2, pricePoisha: 400_00 },
    ],
    [
      400,
      'invalid_request',
      'salePricePoisha',
      'PATCH',
      '/api/admin/variants/THING',
      { version: 2, salePricePoisha: 500_00 },
    ],
    [
      400,
      'invalid_request',
      'salePricePoisha',
      'POST',
      '/api/admin/products/thing/variants',
      variantOf({ salePricePoisha: 100_00 }),
    ],
    [409, 'already_exists', 'sku', 'POST', '/api/admin/products/thing/variants', variantOf({ sku: 'THING' })],
    [
      409,
      'already_exists',
      'slug',
      'POST',
      '/api/admin/products',
      { slug: 'thing', category: 'things', name: { en: 'A', bn: 'ক' } },
    ],
    [
      400,
      'invalid_request',
      'category',
      'POST',
      '/api/admin/products',
      { slug: 'new', category: 'nowhere', name: { en: 'A', bn: 'ক' } },
    ],
    [400, 'invalid_request', 'category', 'PATCH', '/api/admin/products/thing', { version: 1, category: 'nowhere' }],
  ]
  for (const [status, code, field, method, url, body] of refused) {
    t.match(
      await as.admin(method, url, body),
      { status, body: { code, field } },
      `${method} ${url} ${JSON.stringify(body)}`,
    )
  }
  const name = { en: longest, bn: longest }
  t.match(
    await as.admin('POST', '/api/admin/products', { slug: 'long', category: 'things', name }),
    { status: 201, body: { name } },
    'the longest name, as it was typed',
  )
})

test('what is not there: 404', async (t) => {
  const { as } = await useStaffedShop(t, things)
  const requests: Parameters<typeof as.admin>[] = [
    ['GET', '/api/admin/products/unknown'],
    ['PATCH', '/api/admin/products/unknown', { version: 1, active: false }],
    ['POST', '/api/admin/products/unknown/variants', { sku: 'NEW', name: null, pricePoisha: 100_00 }],
    ['PATCH', '/api/admin/variants/UNKNOWN', { version: 1, active: false }],
    ['POST', '/api/admin/stock/UNKNOWN/adjustments', { delta: 1, reason: 'found one' }],
  ]
  for (const request of requests) t.match(await as.admin(...request), { status: 404, body: { code: 'not_found' } })
})

test('bodies are read strictly', async (t) => {
  const shop = await useStaffedShop(t, things)
  const { as, app, sql } = shop
  const price = '/api/admin/variants/THING'
  const adjust = '/api/admin/stock/THING/adjustments'
  const refused: [field: string, method: 'POST' | 'PATCH', url: string, body: unknown][] = [
    ['version', 'PATCH', price, { pricePoisha: 100_00 }],
    ['version', 'PATCH', price, { version: 0, pricePoisha: 100_00 }],
    ['version', 'PATCH', price, { version: 2 ** 31, pricePoisha: 100_00 }],
    ['pricePoisha', 'PATCH', price, { version: 1, pricePoisha: '10000' }],
    ['pricePoisha', 'PATCH', price, { version: 1, pricePoisha: 100.5 }],
    ['pricePoisha', 'PATCH', price, { version: 1, pricePoisha: 99 }],
    ['pricePoisha', 'PATCH', price, { version: 1, pricePoisha: -100 }],
    ['pricePoisha', 'PATCH', price, { version: 1, pricePoisha: 1e9 }],
    ['pricePoisha', 'PATCH', price, { version: 1, pricePoisha: null }],
    ['maxPerOrder', 'PATCH', price, { version: 1, maxPerOrder: 11 }],
    ['active', 'PATCH', price, { version: 1, active: 'false' }],
    ['sku', 'PATCH', price, { version: 1, sku: 'OTHER' }],
    ['onHand', 'PATCH', price, { version: 1, onHand: 5 }],
    ['name.bn', 'PATCH', price, { version: 1, name: { en: 'One language' } }],
    ['name.en', 'PATCH', price, { version: 1, name: { en: ' leading', bn: 'ক' } }],
    ['name.en', 'PATCH', price, { version: 1, name: { en: 'zero\u0000', bn: 'ক' } }],
    ['slug', 'PATCH', '/api/admin/products/thing', { version: 1, slug: 'other' }],
    ['description.en', 'PATCH', '/api/admin/products/thing', { version: 1, description: { en: '\u0000', bn: '' } }],
    ['imageUrls.0', 'PATCH', '/api/admin/products/thing', { version: 1, imageUrls: ['javascript:alert(1)'] }],
    ['imageUrls.0', 'PATCH', '/api/admin/products/thing', { version: 1, imageUrls: ['//elsewhere.example.com/a.jpg'] }],
    [
      'imageUrls',
      'PATCH',
      '/api/admin/products/thing',
      {
        version: 1,
        imageUrls: Array(11)
          .fill('/a')
          .map((a, i) => a + i),
      },
    ],
    ['delta', 'POST', adjust, { delta: 0, reason: 'nothing' }],
    ['delta', 'POST', adjust, { delta: '1', reason: 'a word' }],
    ['delta', 'POST', adjust, { delta: 1.5, reason: 'a half' }],
    ['delta', 'POST', adjust, { delta: 100_001, reason: 'too many' }],
    ['delta', 'POST', adjust, { reason: 'no number' }],
    ['reason', 'POST', adjust, { delta: 1 }],
    ['reason', 'POST', adjust, { delta: 1, reason: 'no' }],
    ['reason', 'POST', adjust, { delta: 1, reason: '    ' }],
    ['reason', 'POST', adjust, { delta: 1, reason: 'x'.repeat(201) }],
    ['role', 'POST', adjust, { delta: 1, reason: 'as admin', role: 'admin' }],
  ]
  for (const [field, method, url, body] of refused) {
    const answer = await as.admin(method, url, body)
    t.match(answer, { status: 400, body: { code: 'invalid_request', field } }, JSON.stringify(body))
  }
  const login = { username: 'some_admin', password: 'boat-on-the-Padma' }
  const { accessToken } = (await app.inject({ method: 'POST', url: '/api/auth/login', payload: login })).json()
  for (const payload of [
    '{"version":1,"__proto__":{"active":false}}',
    '{"version":1,"constructor":{"prototype":{}}}',
  ]) {
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' }
    t.equal((await app.inject({ method: 'PATCH', url: price, headers, payload })).statusCode, 400, payload)
  }
  const [row] = await sql`select version, price_poisha::int from variants`
  t.same(row, { version: 1, price_poisha: 500_00 })
  t.same((await traces(shop, 'sku:THING')).audit, [])
})
