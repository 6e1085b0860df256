import { test } from 'tap'
import { stockGoods } from '../harness/goods.ts'
import { openRival, untilBlocked } from '../harness/rival.ts'
import { useShop } from '../harness/shop.ts'
import { createAccount, createGuest, patient } from '../harness/shopper.ts'

// Vendure #4152: parallel additions overwrite each other, and one user ends with two active carts.
test('parallel adds lose nothing: neither pieces of one SKU nor lines', async (t) => {
  const shop = await useShop(t, { settings: patient })
  const skus = Array.from({ length: 20 }, (_, n) => `SKU-${n}`)
  await stockGoods(shop.sql, Object.fromEntries(['ONE', ...skus].map((sku) => [sku, {}])))
  const guest = createGuest(shop)
  await guest.add('ONE')
  const account = await createAccount(shop)
  for (const shopper of [guest, account]) {
    const before = (await shopper.send('GET', '/api/cart')).json()
    const added = await Promise.all([...Array.from({ length: 9 }, () => 'ONE'), ...skus].map((sku) => shopper.add(sku)))
    t.same(
      added.filter(({ statusCode }) => statusCode !== 200).map(({ body }) => body),
      [],
    )
    const { lines, version } = (await shopper.send('GET', '/api/cart')).json()
    t.equal(lines.length, 21)
    t.equal(lines.find(({ sku }: { sku: string }) => sku === 'ONE').quantity, 9 + before.itemCount)
    t.equal(version, before.version + 29, 'and each was a version of its own')
  }
  t.same(
    await shop.sql`select count(*)::integer as carts from carts where account_id = ${account.accountId}`,
    [{ carts: 1 }],
    'an account that began with parallel adds has one cart',
  )
})

test('of parallel adds above the limit those that fit are taken and the others refused', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: { maxPerOrder: 5 } })
  const guest = createGuest(shop)
  await guest.add('A')
  const answers = await Promise.all(Array.from({ length: 9 }, () => guest.add('A')))
  t.equal(answers.filter(({ statusCode }) => statusCode === 200).length, 4)
  t.equal(answers.filter(({ statusCode }) => statusCode === 409).length, 5)
  t.equal((await guest.send('GET', '/api/cart')).json().itemCount, 5)
})

test("an account's cart that a rival makes between our look and our insert is used, not doubled", async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {}, B: {} })
  const account = await createAccount(shop)
  const rival = await openRival(t, shop.sql)
  await rival.sql`select cart_add_item_v1(${account.accountId}, null, 'A', 1, 50)`
  const adding = account.add('B')
  await untilBlocked(shop.sql, 'cart_add_item_v1')
  await rival.commit()
  t.equal((await adding).statusCode, 200)
  t.same(
    account.cart.lines.map(({ sku }) => sku),
    ['A', 'B'],
  )
})

test('an add that meets the order of its cart goes into a new cart, not into the order', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {}, B: {} })
  const account = await createAccount(shop)
  await account.add('A')
  const rival = await openRival(t, shop.sql)
  await rival.sql`update carts set status = 'ordered' where account_id = ${account.accountId}`
  const adding = account.add('B')
  await untilBlocked(shop.sql, 'cart_add_item_v1')
  await rival.commit()
  t.equal((await adding).statusCode, 200)
  t.same(
    account.cart.lines.map(({ sku }) => sku),
    ['B'],
  )
  t.same(await shop.sql`select sku from cart_items i join carts c on c.id = i.cart_id where c.status = 'ordered'`, [
    { sku: 'A' },
  ])
})

test('one active cart per account is a rule of the database', async (t) => {
  const shop = await useShop(t)
  const { accountId } = await createAccount(shop)
  await shop.sql`insert into carts (account_id) values (${accountId})`
  await t.rejects(
    async () => shop.sql`insert into carts (account_id) values (${accountId})`,
    /cart_one_active_per_account/,
  )
})
