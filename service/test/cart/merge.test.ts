import { test } from 'tap'
import { mergeCarts } from '../../src/cart/cart-store.ts'
import { openSealedId } from '../../src/tokens/signed-id.ts'
import { stockGoods } from '../harness/goods.ts'
import { openRival, untilBlocked } from '../harness/rival.ts'
import { type TestShop, useShop } from '../harness/shop.ts'
import { createAccount, createGuest, createGuests, patient, type Shopper } from '../harness/shopper.ts'

test('a guest cart is merged by the larger quantity of each SKU, within its limit', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { BOTH: {}, MORE: {}, MINE: {}, THEIRS: {}, CAPPED: { maxPerOrder: 5 } })
  const account = await createAccount(shop)
  for (const [sku, quantity] of Object.entries({ BOTH: 3, MORE: 1, MINE: 2 })) await account.add(sku, quantity)
  const guest = createGuest(shop)
  for (const [sku, quantity] of Object.entries({ BOTH: 2, MORE: 4, THEIRS: 1, CAPPED: 5 }))
    await guest.add(sku, quantity)
  await shop.sql`update variants set max_per_order = 2 where sku = 'CAPPED'`
  const version = account.cart.version

  t.equal(await mergeCarts(shop.shop.database, account.accountId, idOf(shop, guest)), true)
  t.same(await quantities(account), { BOTH: 3, MORE: 4, MINE: 2, THEIRS: 1, CAPPED: 2 })
  t.equal(account.cart.version, version + 1)
  t.equal((await guest.send('GET', '/api/cart')).json().version, 0, 'the guest cart is no more')
  t.same(await statuses(shop), { active: 1, merged: 1 })

  t.equal(await mergeCarts(shop.shop.database, account.accountId, idOf(shop, guest)), false, 'and merges once')
  t.equal((await account.checkOut()).statusCode, 201)
})

test('whoever registers or logs in with a guest cart finds it in the cart of the account', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {}, B: {} })
  const credentials = { username: 'rahima', password: 'a long sentence that nobody guesses' }
  for (const [route, sku, merged] of [
    ['register', 'A', { A: 1 }],
    ['login', 'B', { A: 1, B: 1 }],
  ] as const) {
    const guest = createGuest(shop)
    await guest.add(sku)
    const answer = await guest.send('POST', `/api/auth/${route}`, credentials)
    const account = createGuest(shop, { authorization: `Bearer ${answer.json().accessToken}` })
    t.same(await quantities(account), merged, route)
    t.same(await quantities(guest), {}, 'and no longer in the guest cart')
  }
})

test('a login without anything in a guest cart makes no cart and changes none', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const account = await createAccount(shop)
  const guest = createGuest(shop)
  await guest.add('A')
  await guest.send('DELETE', '/api/cart')
  const { database } = shop.shop
  t.equal(await mergeCarts(database, account.accountId, idOf(shop, guest)), false)
  t.equal(await mergeCarts(database, account.accountId, '00000000-0000-4000-8000-000000000000'), false)
  const other = await createAccount(shop)
  await other.add('A')
  const [cart] = await shop.sql<{ id: string }[]>`select id from carts where account_id = ${other.accountId}`
  t.equal(
    await mergeCarts(database, account.accountId, String(cart?.id)),
    false,
    "another account's cart is not a guest's",
  )
  t.same(await quantities(account), {})
  t.same(await quantities(other), { A: 1 })
  t.same(await shop.sql`select from carts where account_id = ${account.accountId}`, [])
})

test('merging keeps to 50 lines: the lines of the account stay, the latest of the guest fill the rest', async (t) => {
  const shop = await useShop(t)
  const names = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}-${n}`)
  const [mine, theirs] = [names('MINE', 30), names('THEIRS', 30)]
  await stockGoods(shop.sql, Object.fromEntries([...mine, ...theirs].map((sku) => [sku, {}])))
  const account = await createAccount(shop)
  for (const sku of mine) await account.add(sku)
  const guest = createGuest(shop)
  await guest.add('MINE-0', 4)
  for (const sku of theirs) await guest.add(sku)
  await mergeCarts(shop.shop.database, account.accountId, idOf(shop, guest))
  const merged = await quantities(account)
  t.equal(Object.keys(merged).length, 50)
  t.ok(mine.every((sku) => sku in merged))
  t.equal(merged['MINE-0'], 4)
  t.same(
    Object.keys(merged).filter((sku) => sku.startsWith('THEIRS')),
    theirs.slice(10),
  )
})

test('two merges of the same guest cart at once, into one account and into two, give it away once', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  for (const twoAccounts of [false, true]) {
    const first = await createAccount(shop)
    const second = twoAccounts ? await createAccount(shop) : first
    const guest = createGuest(shop)
    await guest.add('A', 3)
    const rival = await openRival(t, shop.sql)
    await rival.sql`select cart_merge_v1(${first.accountId}, ${idOf(shop, guest)}, 50)`
    const waiting = mergeCarts(shop.shop.database, second.accountId, idOf(shop, guest))
    await untilBlocked(shop.sql, 'cart_merge_v1')
    await rival.commit()
    t.equal(await waiting, false)
    t.same(await quantities(first), { A: 3 })
    if (twoAccounts) t.same(await quantities(second), {})
  }
})

test('two guest carts merged into one account at once lose nothing, and make one cart', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {}, B: {}, BOTH: {} })
  const account = await createAccount(shop)
  const [one, two] = [createGuest(shop), createGuest(shop)]
  await one.add('A', 1)
  await one.add('BOTH', 2)
  await two.add('B', 1)
  await two.add('BOTH', 5)
  const rival = await openRival(t, shop.sql)
  await rival.sql`select cart_merge_v1(${account.accountId}, ${idOf(shop, one)}, 50)`
  // The account's cart was made by the rival and is not committed: the unique index makes the second merge wait for it.
  const waiting = mergeCarts(shop.shop.database, account.accountId, idOf(shop, two))
  await untilBlocked(shop.sql, 'cart_merge_v1')
  await rival.commit()
  t.equal(await waiting, true)
  t.same(await quantities(account), { A: 1, B: 1, BOTH: 5 })
  t.same(await statuses(shop), { active: 1, merged: 2 })
})

test('a merge and an addition to either cart at once lose nothing', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {}, B: {}, C: {} })
  const account = await createAccount(shop)
  await account.add('A')
  const guest = createGuest(shop)
  await guest.add('B')
  const rival = await openRival(t, shop.sql)
  await rival.sql`select cart_add_item_v1(null, ${idOf(shop, guest)}, 'C', 2, 50)`
  const merging = mergeCarts(shop.shop.database, account.accountId, idOf(shop, guest))
  await untilBlocked(shop.sql, 'cart_merge_v1')
  // The merge holds the account's cart and waits for the guest's; this addition waits for the merge.
  const adding = account.add('A', 4)
  await untilBlocked(shop.sql, 'cart_add_item_v1')
  await rival.commit()
  t.equal(await merging, true)
  t.equal((await adding).statusCode, 200)
  t.same(await quantities(account), { A: 5, B: 1, C: 2 })
})

test('a guest cart that is ordered while it is merged is either, not both', async (t) => {
  const shop = await useShop(t)
  await stockGoods(shop.sql, { A: {} })
  const account = await createAccount(shop)
  const guest = createGuest(shop)
  await guest.add('A')
  const rival = await openRival(t, shop.sql)
  await rival.sql`select cart_merge_v1(${account.accountId}, ${idOf(shop, guest)}, 50)`
  const checkout = guest.checkOut()
  await untilBlocked(shop.sql, 'place_order_v1')
  await rival.commit()
  t.equal((await checkout).json().code, 'cart_empty')
  t.same(await quantities(account), { A: 1 })
  t.same(await shop.sql`select from orders`, [])
})

test('thirty merges into three accounts at once: no deadlock, one active cart each', async (t) => {
  const shop = await useShop(t, { settings: patient })
  const skus = Array.from({ length: 30 }, (_, n) => `SKU-${n}`)
  await stockGoods(shop.sql, Object.fromEntries(skus.map((sku) => [sku, {}])))
  const accounts = await Promise.all([createAccount(shop), createAccount(shop), createAccount(shop)])
  const guests = await createGuests(shop, 30, (n) => ({ [skus[n] as string]: 2, [skus[(n + 7) % 30] as string]: 1 }))
  const merged = await Promise.all(
    guests.flatMap((guest, n) =>
      // Each guest cart is claimed by two accounts.
      [n, n + 1].map((m) => mergeCarts(shop.shop.database, accounts[m % 3]?.accountId ?? '', idOf(shop, guest))),
    ),
  )
  t.equal(merged.filter(Boolean).length, 30, 'each guest cart went to one of them')
  const all = await Promise.all(accounts.map(quantities))
  for (const sku of skus)
    t.ok(
      all.some((cart) => cart[sku] === 2),
      `${sku} is in a cart`,
    )
  t.same(await statuses(shop), { active: 3, merged: 30 })
})

function idOf(shop: TestShop, guest: Shopper): string {
  return openSealedId(shop.shop.keys, 'cart-token', String(guest.headers['x-cart-token'])) ?? ''
}

async function quantities(shopper: Shopper): Promise<Record<string, number>> {
  await shopper.send('GET', '/api/cart')
  return Object.fromEntries(shopper.cart.lines.map(({ sku, quantity }) => [sku, quantity]))
}

async function statuses({ sql }: TestShop): Promise<Record<string, number>> {
  const rows = await sql<{ status: string; count: number }[]>`
    select status, count(*)::integer as count from carts where exists (select from cart_items where cart_id = id) group by status`
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]))
}
