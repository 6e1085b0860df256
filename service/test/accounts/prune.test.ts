import { test } from 'tap'
import { pruneResetCodes } from '../../src/accounts/reset-store.ts'
import { pruneSessions } from '../../src/accounts/session-store.ts'
import { useAccounts } from './accounts-app.ts'

test('sessions that ended by age are pruned in batches with their refresh tokens; live and young ones stay', async (t) => {
  const { call, join, logIn, shop, sql } = await useAccounts(t)
  const { refreshToken } = await join('rahima')
  for (let n = 0; n < 4; n += 1) await logIn('rahima')
  await sql`update sessions set expires_at = now() - interval '25 hours' where id in (
    select id from sessions order by created_at desc limit 3)`
  await sql`update sessions set expires_at = now() - interval '23 hours' where id = (
    select id from sessions where expires_at > now() order by created_at desc limit 1)`
  t.equal(await pruneSessions(shop.database, 2), 2)
  t.equal(await pruneSessions(shop.database, 2), 1)
  t.equal(await pruneSessions(shop.database, 2), 0)
  t.same(await sql`select count(*)::int as n from sessions`, [{ n: 2 }])
  t.same(await sql`select count(*)::int as n from refresh_tokens`, [{ n: 2 }])
  t.equal((await call('POST', '/api/auth/refresh', { body: { refreshToken } })).status, 200)
})

test('two processes that prune at once delete each session once', async (t) => {
  const { join, logIn, shop, sql } = await useAccounts(t)
  await join('rahima')
  for (let n = 0; n < 5; n += 1) await logIn('rahima')
  await sql`update sessions set expires_at = now() - interval '2 days'`
  const counts = await Promise.all([pruneSessions(shop.database, 10), pruneSessions(shop.database, 10)])
  t.equal(counts[0] + counts[1], 6)
})

test('reset codes that expired long ago are pruned', async (t) => {
  const { call, employ, join, shop, sql } = await useAccounts(t)
  const { accessToken } = await employ('helpdesk', 'staff')
  for (const username of ['rahima', 'karim']) {
    await join(username)
    await call('POST', `/api/admin/accounts/${username}/reset-code`, { token: accessToken })
  }
  t.equal(await pruneResetCodes(shop.database, 10), 0)
  await sql`update password_resets set expires_at = now() - interval '2 days' where account_id in (
    select id from accounts where username = 'karim')`
  t.equal(await pruneResetCodes(shop.database, 10), 1)
  t.same(await sql`select count(*)::int as n from password_resets`, [{ n: 1 }])
})
