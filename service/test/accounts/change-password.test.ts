import * as argon2 from '@node-rs/argon2'
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

test('a change that was overtaken by another one, after its password was verified, is refused', async (t) => {
  const place: { rival?: () => Promise<unknown> } = {}
  const functions = {
    async hash(...parameters: Parameters<typeof argon2.hash>) {
      const rival = parameters[0] === 'overtaken password' ? place.rival : undefined
      await rival?.()
      return argon2.hash(...parameters)
    },
    verify: argon2.verify,
  }
  const accounts = await useAccounts(t, { functions })
  const { accessToken } = await accounts.join('rahima')
  const change = changer(accounts)
  place.rival = async () => t.equal((await change(accessToken)).status, 200)
  const late = await change(accessToken, { currentPassword: goodPassword, newPassword: 'overtaken password' })
  t.equal(late.status, 401)
  t.equal((await accounts.logIn('rahima', newPassword)).status, 200)
  t.same(await accounts.sql`select version from accounts`, [{ version: 2 }])
})
