import { test } from 'tap'
import { sealId } from '../../src/tokens/signed-id.ts'
import { goodPassword, useAccounts } from './accounts-app.ts'

test('a person registers, logs in and is known', async (t) => {
  const { call, logIn, sql } = await useAccounts(t)
  const registered = await call('POST', '/api/auth/register', {
    body: { username: 'Rahima_1', password: goodPassword },
  })
  t.equal(registered.status, 201)
  t.equal(registered.headers['cache-control'], 'no-store')
  t.match(registered.body, { expiresInSeconds: 86_400, account: { username: 'Rahima_1', role: 'shopper' } })

  const loggedIn = await logIn('rahima_1')
  t.equal(loggedIn.status, 200, 'a username is the same in any case of letters')
  t.same(loggedIn.body.account, registered.body.account)

  const me = await call('GET', '/api/auth/me', { token: loggedIn.body.accessToken })
  t.same(me.body, registered.body.account)

  const [stored] = await sql`select password_hash, role, version from accounts`
  t.match(stored, { password_hash: /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/, role: 'shopper', version: 1 })
})

test('usernames that are too short, too long or odd are refused, and the field is named', async (t) => {
  const { call } = await useAccounts(t)
  const names = [
    '',
    'ab',
    'a'.repeat(21),
    'with space',
    'dash-ed',
    'রহিমা',
    'a@b.bd',
    "x' or 1=1--",
    'abc\n',
    'ab\u0000c',
    null,
    7,
  ]
  for (const username of names) {
    const { status, body } = await call('POST', '/api/auth/register', { body: { username, password: goodPassword } })
    t.equal(status, 400, JSON.stringify(username))
    t.match(body, { code: 'invalid_request', field: 'username' })
  }
  for (const username of ['abc', 'A'.repeat(20), '___', '123']) {
    const { status } = await call('POST', '/api/auth/register', { body: { username, password: goodPassword } })
    t.equal(status, 201, username)
  }
})

test('a username that is taken in another case of letters is taken', async (t) => {
  const { call, join } = await useAccounts(t)
  await join('karim')
  const { status, body } = await call('POST', '/api/auth/register', {
    body: { username: 'KARIM', password: goodPassword },
  })
  t.equal(status, 409)
  t.match(body, { code: 'username_taken', field: 'username' })
})

test('of two who register the same name at once, one gets it', async (t) => {
  const { call, sql } = await useAccounts(t)
  const answers = await Promise.all(
    ['Salma', 'salma', 'SALMA'].map((username) =>
      call('POST', '/api/auth/register', { body: { username, password: goodPassword } }),
    ),
  )
  t.same(answers.map(({ status }) => status).sort(), [201, 409, 409])
  t.same(await sql`select count(*)::int as n from sessions`, [{ n: 1 }])
})

test('passwords of any characters work, up to 128 of them, counted as characters', async (t) => {
  const { call, logIn } = await useAccounts(t)
  const passwords = [
    'x1'.repeat(32),
    '🦜🐘🐅🦋🌾🛶🎏🪔',
    'আমার সোনার বাংলা',
    '  spaces  ',
    'null\u0000byte',
    '🪔x'.repeat(64),
  ]
  for (const [index, password] of passwords.entries()) {
    const username = `person_${index}`
    const { status } = await call('POST', '/api/auth/register', { body: { username, password } })
    t.equal(status, 201, password)
    t.equal((await logIn(username, password)).status, 200)
    t.equal((await logIn(username, password.slice(0, -2))).status, 401, 'nothing is cut off')
  }
})

test('a password is the same however a keyboard composes its letters', async (t) => {
  const { call, logIn } = await useAccounts(t)
  const password = 'পাড়া-গাঁয়ের café'
  await call('POST', '/api/auth/register', { body: { username: 'polli', password: password.normalize('NFD') } })
  t.equal((await logIn('polli', password.normalize('NFC'))).status, 200)
})

test('passwords that are too short or too long, and no text at all, are refused', async (t) => {
  const { call } = await useAccounts(t)
  const passwords = [
    '',
    '1234567',
    '🦜🐘🐅🦋',
    'e\u0301'.repeat(7),
    'ab cd ef'.repeat(17),
    '\ud800 half a character',
    null,
    12345678,
  ]
  for (const password of passwords) {
    const { status, body } = await call('POST', '/api/auth/register', { body: { username: 'abc', password } })
    t.equal(status, 400, JSON.stringify(password))
    t.match(body, { code: 'invalid_request', field: 'password' })
  }
})

test('the commonest passwords, the username and one letter repeated are refused', async (t) => {
  const { call } = await useAccounts(t)
  const passwords = [
    'password',
    'PassWord1',
    '12345678',
    'qwertyuiop',
    'bangladesh',
    'Shopper_Name',
    'aaaaaaaaaa',
    '০০০০০০০০',
  ]
  for (const password of passwords) {
    const { status, body } = await call('POST', '/api/auth/register', { body: { username: 'shopper_name', password } })
    t.equal(status, 422, password)
    t.match(body, { code: 'weak_password', field: 'password' })
  }
})

test('a role or any other field in a register body is refused, never ignored', async (t) => {
  const { call, sql } = await useAccounts(t)
  for (const extra of [{ role: 'admin' }, { version: 9 }, { isAdmin: true }]) {
    const body = { username: 'mallory', password: goodPassword, ...extra }
    const answer = await call('POST', '/api/auth/register', { body })
    t.equal(answer.status, 400)
    t.match(answer.body, { code: 'invalid_request', field: Object.keys(extra)[0] })
  }
  t.same(await sql`select count(*)::int as n from accounts`, [{ n: 0 }])
})

test('__proto__ and constructor in a body are refused', async (t) => {
  const { app } = await useAccounts(t)
  for (const extra of ['"__proto__":{"role":"admin"}', '"constructor":{"prototype":{"role":"admin"}}']) {
    const response = await app.inject({
      method: 'POST',
      url: '/api/auth/register',
      headers: { 'content-type': 'application/json' },
      payload: `{"username":"mallory","password":"${goodPassword}",${extra}}`,
    })
    t.equal(response.statusCode, 400)
    t.equal(response.json().code, 'invalid_request')
  }
})

test('a guest cart is handed over when its holder registers or logs in, and an invented cart token is not', async (t) => {
  const seen: [string, string][] = []
  const { call, shop } = await useAccounts(t, {
    onLogin: async (accountId, cartId) => {
      seen.push([accountId, cartId])
    },
  })
  const cartId = '0b0f5f0e-3f4e-4c39-9a51-0e6d2d1f7a10'
  const cart = { 'x-cart-token': sealId(shop.keys, 'cart-token', cartId) }
  const body = { username: 'cartholder', password: goodPassword }
  const { body: session } = await call<{ account: { id: string } }>('POST', '/api/auth/register', {
    body,
    headers: cart,
  })
  await call('POST', '/api/auth/login', { body, headers: cart })
  await call('POST', '/api/auth/login', { body, headers: { 'x-cart-token': `${cart['x-cart-token']}x` } })
  await call('POST', '/api/auth/login', { body: { ...body, password: 'wrong password' }, headers: cart })
  t.same(seen, [
    [session.account.id, cartId],
    [session.account.id, cartId],
  ])
})
