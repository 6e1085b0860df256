import * as argon2 from '@node-rs/argon2'
import { test } from 'tap'
import { ShopError } from '../../src/errors.ts'
import { sealId } from '../../src/tokens/signed-id.ts'
import { goodPassword, useAccounts } from './accounts-app.ts'

test('a wrong password and an unknown username get the same answer', async (t) => {
  const { join, logIn } = await useAccounts(t)
  await join('known')
  const wrong = await logIn('known', 'not the password')
  const unknown = await logIn('unknown', 'not the password')
  t.equal(wrong.status, 401)
  t.equal(unknown.status, 401)
  const { requestId: _, ...wrongBody } = { ...wrong.body, requestId: '' }
  const { requestId: __, ...unknownBody } = { ...unknown.body, requestId: '' }
  t.same(wrongBody, unknownBody)
  t.match(wrongBody, { code: 'wrong_credentials' })
  t.same(Object.keys(wrong.headers).sort(), Object.keys(unknown.headers).sort())
})

test('a login with an unknown username costs what a wrong password costs: one verification with the same parameters', async (t) => {
  const verified: argon2.ParsedHashOptions[] = []
  const functions = {
    hash: argon2.hash,
    verify(...parameters: Parameters<typeof argon2.verify>) {
      verified.push(argon2.parseOptions(parameters[0]))
      return argon2.verify(...parameters)
    },
  }
  const { join, logIn } = await useAccounts(t, { functions })
  await join('known')
  await logIn('known', 'not the password')
  await logIn('unknown', 'not the password')
  t.equal(verified.length, 2)
  t.same(verified[0], verified[1])
  t.match(verified[0], { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 })
})

test('a missing password is a broken request; a short one is a wrong one', async (t) => {
  const { call, join, logIn } = await useAccounts(t)
  await join('known')
  const { status, body } = await call('POST', '/api/auth/login', { body: { username: 'known' } })
  t.equal(status, 400)
  t.match(body, { code: 'invalid_request', field: 'password' })
  t.equal((await logIn('known', 'x')).status, 401)
})

test('a limit that is used up is asked before the password is verified, and failures alone are reported to it', async (t) => {
  const said: string[] = []
  const limits = {
    async check(_: unknown, username: string) {
      said.push(`check ${username}`)
      if (username === 'limited') throw new ShopError('rate_limited', { retryAfterSeconds: 60 })
    },
    async failed(_: unknown, username: string) {
      said.push(`failed ${username}`)
    },
  }
  const functions = {
    hash: argon2.hash,
    verify(...parameters: Parameters<typeof argon2.verify>) {
      said.push('verify')
      return argon2.verify(...parameters)
    },
  }
  const { join, logIn } = await useAccounts(t, { limits, functions })
  await join('known')
  t.equal((await logIn('known')).status, 200)
  t.equal((await logIn('known', 'wrong')).status, 401)
  t.equal((await logIn('unknown', 'wrong')).status, 401)
  t.equal((await logIn('limited')).status, 429)
  t.same(said, [
    ...['check known', 'verify'],
    ...['check known', 'verify', 'failed known'],
    ...['check unknown', 'verify', 'failed unknown'],
    'check limited',
  ])
})

test('a password that is changed while a login with the old one is under way leaves that login without a session', async (t) => {
  const place: { rival?: () => Promise<unknown> } = {}
  const { call, join, shop, sql } = await useAccounts(t, { onLogin: async () => void (await place.rival?.()) })
  const { accessToken } = await join('known')
  // Exactly between the verified password and the new session.
  place.rival = () =>
    call('POST', '/api/auth/password', {
      token: accessToken,
      body: { currentPassword: goodPassword, newPassword: 'another good one' },
    })
  const cart = sealId(shop.keys, 'cart-token', '0b0f5f0e-3f4e-4c39-9a51-0e6d2d1f7a10')
  const late = await call('POST', '/api/auth/login', {
    body: { username: 'known', password: goodPassword },
    headers: { 'x-cart-token': cart },
  })
  t.equal(late.status, 401)
  t.match(late.body, { code: 'wrong_credentials' })
  t.same(await sql`select count(*)::int as n from sessions where revoked_at is null`, [{ n: 1 }], 'that of the change')
})

test('logins are logged by account id: no username that was typed, no password, no token', async (t) => {
  const logLines: string[] = []
  const { call, join, logIn } = await useAccounts(t, { logLines })
  const session = await join('planted_name')
  const { body } = await logIn('planted_name')
  await logIn('planted_name', 'planted-wrong-password')
  await logIn('planted_nobody', 'planted-wrong-password')
  await call('POST', '/api/auth/refresh', { body: { refreshToken: session.refreshToken } })
  await call('POST', '/api/auth/refresh', { body: { refreshToken: session.refreshToken } })
  const log = logLines.join('')
  const events = logLines.map((line) => JSON.parse(line)).map(({ msg, accountId }) => ({ msg, accountId }))
  const { id } = session.account
  t.match(events, [
    { msg: 'account registered', accountId: id },
    { msg: 'logged in', accountId: id },
    { msg: 'login failed', accountId: id },
    { msg: 'login failed', accountId: null },
    { msg: /refresh token used twice/, accountId: id },
  ])
  for (const planted of ['planted', goodPassword, body.accessToken, body.refreshToken, session.refreshToken]) {
    t.notOk(log.includes(planted), planted)
  }
})
