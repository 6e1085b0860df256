import { test } from 'tap'
import { useAccounts } from './accounts-app.ts'

test('logging out ends the refresh token and the access token of this session, and no other', async (t) => {
  const { call, join, logIn, statusOfMe } = await useAccounts(t)
  const here = await join('rahima')
  const there = (await logIn('rahima')).body
  t.equal(await statusOfMe(here.accessToken), 200)
  t.equal((await call('POST', '/api/auth/logout', { token: here.accessToken })).status, 204)
  t.equal(await statusOfMe(here.accessToken), 401)
  t.equal((await call('POST', '/api/auth/refresh', { body: { refreshToken: here.refreshToken } })).status, 401)
  t.equal((await call('POST', '/api/auth/logout', { token: here.accessToken })).status, 401)
  t.equal(await statusOfMe(there.accessToken), 200)
})

test('logging out everywhere ends every session, at once in this process', async (t) => {
  const { call, join, logIn, statusOfMe, sql } = await useAccounts(t)
  const bystander = await join('karim')
  const sessions = [await join('rahima'), (await logIn('rahima')).body, (await logIn('rahima')).body]
  for (const { accessToken } of sessions) t.equal(await statusOfMe(accessToken), 200)
  t.equal((await call('POST', '/api/auth/logout-everywhere', { token: sessions[1]?.accessToken })).status, 204)
  for (const { accessToken, refreshToken } of sessions) {
    t.equal(await statusOfMe(accessToken), 401)
    t.equal((await call('POST', '/api/auth/refresh', { body: { refreshToken } })).status, 401)
  }
  t.equal(await statusOfMe(bystander.accessToken), 200)
  t.same(await sql`select version from accounts where username = 'rahima'`, [{ version: 2 }])
  t.equal((await logIn('rahima')).status, 200)
})

test('a token after logout everywhere is refused by every other process within two seconds', async (t) => {
  const clock = { ms: 0 }
  const first = await useAccounts(t)
  const second = await useAccounts(t, { beside: first, now: () => clock.ms })
  const { accessToken } = await first.join('rahima')
  t.equal(await second.statusOfMe(accessToken), 200, 'the second process now knows the session')
  t.equal((await first.call('POST', '/api/auth/logout-everywhere', { token: accessToken })).status, 204)
  t.equal(await first.statusOfMe(accessToken), 401)
  clock.ms = 1_999
  t.equal(
    await second.statusOfMe(accessToken),
    200,
    'it still believes what it knows: without this the next line shows nothing',
  )
  clock.ms = 2_000
  t.equal(await second.statusOfMe(accessToken), 401)
})

test('a session that expires ends its access token', async (t) => {
  const { join, statusOfMe, sql } = await useAccounts(t)
  const { accessToken } = await join('rahima')
  await sql`update sessions set expires_at = now() - interval '1 second'`
  t.equal(await statusOfMe(accessToken), 401)
})

test('while the database is away a valid token is answered 503, never 401 or 500', async (t) => {
  const first = await useAccounts(t)
  const { accessToken } = await first.join('rahima')
  const away = new URL(first.databaseUrl)
  // Nothing listens on port 1.
  away.port = '1'
  const accounts = await useAccounts(t, { beside: first, settings: { DATABASE_URL: away.href } })
  const { status, body, headers } = await accounts.call('GET', '/api/auth/me', { token: accessToken })
  t.equal(status, 503)
  t.match(body, { code: 'unavailable' })
  t.match(headers['retry-after'], /^\d+$/)
  t.equal(await accounts.statusOfMe('not.a.token'), 401, 'what no database is needed for is answered')
  t.equal((await accounts.logIn('rahima')).status, 503)
})
