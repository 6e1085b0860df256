import { test } from 'tap'
import { product, shelf, variant } from '../catalogue/support.ts'
import { traces, useStaffedShop } from './support.ts'

const name = { en: 'Muslin saree', bn: 'মসলিন শাড়ি' }

test('from nothing to something for sale', async (t) => {
  const shop = await useStaffedShop(t, [shelf([product('thing')])])
  const { as, app } = shop
  const created = await as.admin('POST', '/api/admin/products', { slug: 'muslin', category: 'things', name })
  t.equal(created.status, 201)
  t.match(created.body, {
    slug: 'muslin',
    name,
    active: true,
    version: 1,
    variants: [],
    description: { en: '', bn: '' },
  })
  t.equal((await app.inject('/api/products/muslin')).statusCode, 404, 'nothing to buy yet')

  for (const sku of ['MUSLIN-RED', 'MUSLIN-BLUE']) {
    const added = await as.admin('POST', '/api/admin/products/muslin/variants', {
      sku,
      name: { en: sku, bn: 'রং' },
      pricePoisha: 25000_00,
    })
    t.equal(added.status, 201)
  }
  await as.staff('POST', '/api/admin/stock/MUSLIN-BLUE/adjustments', { delta: 12, reason: 'first delivery' })
  const seen = (await app.inject('/api/products/muslin')).json()
  t.match(seen, {
    stock: 'in_stock',
    variants: [
      { sku: 'MUSLIN-RED', stock: 'out', maxPerOrder: 10 },
      { sku: 'MUSLIN-BLUE', stock: 'in_stock' },
    ],
  })
  t.match((await as.staff('GET', '/api/admin/products/muslin')).body, {
    variants: [
      { sku: 'MUSLIN-RED', onHand: 0, reserved: 0, free: 0 },
      { sku: 'MUSLIN-BLUE', onHand: 12, reserved: 0, free: 12 },
    ],
  })
  const { audit, events } = await traces(shop, 'product:muslin')
  t.same(audit, [
    {
      actor_id: shop.accountIds.admin,
      actor_role: 'admin',
      action: 'product.created',
      before: null,
      after: { category: 'things', name, description: { en: '', bn: '' }, imageUrls: [], active: true },
      reason: null,
      has_request: true,
    },
  ])
  t.same(
    events.map(({ topic }) => topic),
    ['product.changed', 'product.changed', 'product.changed', 'stock.adjusted'],
  )
  t.match((await traces(shop, 'sku:MUSLIN-RED')).audit, [{ action: 'variant.created', after: { product: 'muslin' } }])
})

test('a product that is changed keeps what was not named, and says in the audit trail what was', async (t) => {
  const shop = await useStaffedShop(t, [shelf([product('thing')]), shelf([], 'others')])
  const { as, app } = shop
  const changed = await as.admin('PATCH', '/api/admin/products/thing', {
    version: 1,
    category: 'others',
    imageUrls: ['/images/a.jpg'],
    reason: 'moved to its own shelf',
  })
  t.equal(changed.status, 200)
  t.match(changed.body, { version: 2, category: 'others', imageUrls: ['/images/a.jpg'], name: { en: 'Thing thing' } })
  const { audit, events } = await traces(shop, 'product:thing')
  t.match(audit, [
    {
      action: 'product.changed',
      before: { category: 'things', imageUrls: [] },
      after: { category: 'others', imageUrls: ['/images/a.jpg'] },
      reason: 'moved to its own shelf',
    },
  ])
  t.same(Object.keys(audit[0]?.after), ['category', 'imageUrls'], 'and only that')
  t.same(events, [{ topic: 'product.changed', payload: { slug: 'thing' } }])

  await as.admin('PATCH', '/api/admin/products/thing', { version: 2, active: false })
  t.equal((await app.inject('/api/products/thing')).statusCode, 404)
  t.equal((await as.staff('GET', '/api/admin/products/thing')).status, 200, 'staff still see it')
})

test('a change that changes nothing leaves no trace', async (t) => {
  const shop = await useStaffedShop(t, [shelf([product('thing')])])
  const { status, body } = await shop.as.admin('PATCH', '/api/admin/products/thing', {
    version: 1,
    name: { bn: 'জিনিস', en: 'Thing thing' },
    active: true,
  })
  t.match({ status, body }, { status: 200, body: { version: 1 } })
  t.same(await traces(shop, 'product:thing'), { audit: [], events: [] })
})

test('of two people who change the same product at once, one learns of the other', async (t) => {
  const { as, sql } = await useStaffedShop(t, [shelf([product('thing')])])
  const change = (text: string) =>
    as.admin('PATCH', '/api/admin/products/thing', { version: 1, name: { en: text, bn: 'নাম' } })
  const answers = await Promise.all(['One', 'Two', 'Three', 'Four'].map(change))
  t.same(answers.map(({ status }) => status).sort(), [200, 409, 409, 409])
  for (const { status, body } of answers) {
    if (status === 409) t.match(body, { code: 'changed_meanwhile', field: 'version' })
  }
  const [row] = await sql`select name_en, version from products`
  t.equal(row?.version, 2)
  const winners = answers.filter(({ status }) => status === 200).map(({ body }) => body.name)
  t.same(winners, [{ en: row?.name_en, bn: 'নাম' }])
})

test('a reader waits for nobody who changes, and a changer waits for no cart', async (t) => {
  const { as, app, sql } = await useStaffedShop(t, [shelf([product('thing')])])
  await sql.begin(async (tx) => {
    await tx`insert into carts (id) values ('00000000-0000-4000-8000-000000000001')`
    await tx`insert into cart_items (cart_id, sku, quantity) values ('00000000-0000-4000-8000-000000000001', 'THING', 1)`
    const changed = await as.admin('PATCH', '/api/admin/variants/THING', { version: 1, pricePoisha: 600_00 })
    t.equal(changed.status, 200, 'while a cart that refers to the variant is being written')
  })
  await sql.begin(async (tx) => {
    await tx`select 1 from products for update`
    t.equal((await app.inject('/api/products/thing')).statusCode, 200)
  })
})

test('the list for staff shows all products in pages', async (t) => {
  const things = Array.from({ length: 7 }, (_, i) =>
    product(`thing-${i}`, { variants: [variant(`T-${i}`), variant(`T-${i}B`)] }),
  )
  const { as, sql } = await useStaffedShop(t, [shelf(things)])
  await sql`update products set active = false where slug = 'thing-3'`
  await sql`update stock set reserved = 4 where sku = 'T-0'`
  const met: Record<string, unknown>[] = []
  let after = ''
  for (;;) {
    const { body } = await as.staff('GET', `/api/admin/products?limit=3${after}`)
    met.push(...(body.products as Record<string, unknown>[]))
    if (body.next === null) break
    after = `&after=${body.next}`
  }
  t.same(
    met.map(({ slug }) => slug).sort(),
    things.map(({ slug }) => slug),
  )
  t.match(
    met.find(({ slug }) => slug === 'thing-0'),
    { variants: 2, onHand: 20, reserved: 4, free: 16, active: true },
  )
  t.equal(met.find(({ slug }) => slug === 'thing-3')?.active, false)
  const count = async (query: string) =>
    ((await as.staff('GET', `/api/admin/products?${query}`)).body.products as []).length
  t.equal(await count('active=true'), 6)
  t.equal(await count('active=false'), 1)
  t.equal(await count('q=thing-3'), 1)
  t.equal(await count('category=unknown'), 0)
  t.match(await as.staff('GET', '/api/admin/products?after=WyJuZXdlc3QiLDFd'), {
    status: 400,
    body: { field: 'after' },
  })
})
