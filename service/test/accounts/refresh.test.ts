import { createHash } from 'node:crypto'
import { test } from 'tap'
import type { SessionView } from '../../src/accounts/account-schemas.ts'
import { type TestAccounts, useAccounts } from './accounts-app.ts'

function refresher({ call }: TestAccounts) {
  return (refreshToken: string) => call<SessionView>('POST', '/api/auth/refresh', { body: { refreshToken } })
}

test('a refresh token is exchanged for new tokens of the same session, again and again', async (t) => {
  const accounts = await useAccounts(t)
  const refresh = refresher(accounts)
  const first = await accounts.join('rahima')
  const second = await refresh(first.refreshToken)
  t.equal(second.status, 200)
  t.not(second.body.refreshToken, first.refreshToken)
  t.same(second.body.account, first.account)
  const third = await refresh(second.body.refreshToken)
  t.equal(third.status, 200)
  t.equal(await accounts.statusOfMe(third.body.accessToken), 200)
  t.same(await accounts.sql`select count(*)::int as n from sessions`, [{ n: 1 }])
})

test('refresh tokens are stored as SHA-256 only', async (t) => {
  const { join, sql } = await useAccounts(t)
  const { refreshToken } = await join('rahima')
  const [row] = await sql`select token_hash from refresh_tokens`
  t.same(row?.token_hash, createHash('sha256').update(refreshToken).digest())
})

test('a refresh token that is used twice ends the session: its newer tokens too', async (t) => {
  const accounts = await useAccounts(t)
  const refresh = refresher(accounts)
  const other = await accounts.join('rahima')
  const first = (await accounts.logIn('rahima')).body
  const second = (await refresh(first.refreshToken)).body
  t.equal(await accounts.statusOfMe(second.accessToken), 200)

  const again = await refresh(first.refreshToken)
  t.equal(again.status, 401)
  t.match(again.body, { code: 'invalid_refresh_token' })
  t.equal((await refresh(second.refreshToken)).status, 401)
  t.equal(await accounts.statusOfMe(second.accessToken), 401)
  t.same(await accounts.sql`select revoked_because from sessions where revoked_at is not null`, [
    { revoked_because: 'refresh_reused' },
  ])
  t.equal(await accounts.statusOfMe(other.accessToken), 200, 'another session of the account lives on')
  t.equal((await refresh(other.refreshToken)).status, 200)
})

test('of two refreshes with one token at once exactly one wins, and as it was used twice the session ends', async (t) => {
  const accounts = await useAccounts(t)
  const refresh = refresher(accounts)
  for (let round = 0; round < 5; round += 1) {
    const { refreshToken } = await accounts.join(`twin_${round}`)
    const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken)])
    t.same(answers.map(({ status }) => status).sort(), [200, 401])
    const winner = answers.find(({ status }) => status === 200)
    t.equal((await refresh(winner?.body.refreshToken ?? '')).status, 401)
  }
})

test('an unknown token, an access token and an expired session do not refresh', async (t) => {
  const accounts = await useAccounts(t)
  const refresh = refresher(accounts)
  const { accessToken, refreshToken } = await accounts.join('rahima')
  t.equal((await refresh('x'.repeat(43))).status, 401)
  t.equal((await refresh(accessToken)).status, 401)
  await accounts.sql`update sessions set expires_at = now() - interval '1 second'`
  t.equal((await refresh(refreshToken)).status, 401)
  t.equal(await accounts.statusOfMe(accessToken), 401)
})

test('the role in the answer is that of now', async (t) => {
  const accounts = await useAccounts(t)
  const { refreshToken, account } = await accounts.join('rahima')
  await accounts.sql`update accounts set role = 'staff' where id = ${account.id}`
  t.equal((await refresher(accounts)(refreshToken)).body.account.role, 'staff')
})
