import { test } from 'tap'
import type { SessionView } from '../../src/accounts/account-schemas.ts'
import { goodPassword, type TestAccounts, useAccounts } from './accounts-app.ts'

const newPassword = 'rickshaw-in-the-rain'

function changer({ call }: TestAccounts) {
  return (token: string, body: Record<string, unknown> = { currentPassword: goodPassword, newPassword }) =>
    call<SessionView>('POST', '/api/auth/password', { token, body })
}

test('changing the password ends all sessions and answers with a new one', async (t) => {
  const accounts = await useAccounts(t)
  const here = await accounts.join('rahima')
  const there = (await accounts.logIn('rahima')).body
  const changed = await changer(accounts)(here.accessToken)
  t.equal(changed.status, 200)
  t.equal(await accounts.statusOfMe(changed.body.accessToken), 200)
  for (const { accessToken, refreshToken } of [here, there]) {
    t.equal(await accounts.statusOfMe(accessToken), 401)
    t.equal((await accounts.call('POST', '/api/auth/refresh', { body: { refreshToken } })).status, 401)
  }
  t.equal((await accounts.logIn('rahima', goodPassword)).status, 401)
  t.equal((await accounts.logIn('rahima', newPassword)).status, 200)
})

test('the current password must be right, and guessing at it counts as failed logins', async (t) => {
  const said: string[] = []
  const limits = {
    check: async (_: unknown, username: string) => void said.push(`check ${username}`),
    failed: async (_: unknown, username: string) => void said.push(`failed ${username}`),
  }
  const accounts = await useAccounts(t, { limits })
  const { accessToken } = await accounts.join('rahima')
  const { status, body } = await changer(accounts)(accessToken, { currentPassword: 'a wrong one', newPassword })
  t.equal(status, 401)
  t.match(body, { code: 'wrong_credentials', field: 'currentPassword' })
  t.same(said, ['check rahima', 'failed rahima'])
  t.equal(await accounts.statusOfMe(accessToken), 200)
})

test('the new password is held against the rules', async (t) => {
  const accounts = await useAccounts(t)
  const { accessToken } = await accounts.join('rahima_begum')
  const change = changer(accounts)
  const attempt = (password: string) => change(accessToken, { currentPassword: goodPassword, newPassword: password })
  t.match(await attempt('short'), { status: 400, body: { field: 'newPassword' } })
  t.match(await attempt('password1'), { status: 422, body: { code: 'weak_password', field: 'newPassword' } })
  t.match(await attempt('Rahima_Begum'), { status: 422, body: { code: 'weak_password' } })
})

test('of two changes at once one wins, and its session is the only one left', async (t) => {
  const accounts = await useAccounts(t)
  const { accessToken } = await accounts.join('rahima')
  const change = changer(accounts)
  const answers = await Promise.all(
    ['first new password', 'second new password'].map((password) =>
      change(accessToken, { currentPassword: goodPassword, newPassword: password }),
    ),
  )
  t.same(answers.map(({ status }) => status).sort(), [200, 401])
  t.same(await accounts.sql`select count(*)::int as n from sessions where revoked_at is null`, [{ n: 1 }])
})
