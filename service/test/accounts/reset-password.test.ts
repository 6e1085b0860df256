import { test } from 'tap'
import type { SessionView } from '../../src/accounts/account-schemas.ts'
import { type TestAccounts, useAccounts } from './accounts-app.ts'

const newPassword = 'rickshaw-in-the-rain'

interface Code {
  code: string
  expiresAt: string
}

async function withStaff(accounts: TestAccounts) {
  const shopper = await accounts.join('rahima')
  const staff = await accounts.employ('helpdesk', 'staff')
  return {
    shopper,
    staff,
    issue: (username = 'rahima', token = staff.accessToken) =>
      accounts.call<Code>('POST', `/api/admin/accounts/${username}/reset-code`, { token }),
    reset: (code: string, username = 'rahima', password = newPassword) =>
      accounts.call<SessionView>('POST', '/api/auth/reset-password', {
        body: { username, code, newPassword: password },
      }),
  }
}

test('a shopper who lost the password gets a code from staff, sets a new one, and every old session ends', async (t) => {
  const accounts = await useAccounts(t)
  const { shopper, staff, issue, reset } = await withStaff(accounts)
  const { status, body, headers } = await issue('RAHIMA')
  t.equal(status, 200)
  t.equal(headers['cache-control'], 'no-store')
  t.match(body.code, /^[2-9A-HJ-NP-Z]{10}$/)
  const minutes = (Date.parse(body.expiresAt) - Date.now()) / 60_000
  t.ok(minutes > 14 && minutes <= 15, body.expiresAt)

  const done = await reset(` ${body.code.slice(0, 5).toLowerCase()}-${body.code.slice(5)} `.trim())
  t.equal(done.status, 200, 'small letters and a hyphen do not matter')
  t.equal(await accounts.statusOfMe(done.body.accessToken), 200)
  t.equal(await accounts.statusOfMe(shopper.accessToken), 401)
  t.equal((await accounts.logIn('rahima')).status, 401)
  t.equal((await accounts.logIn('rahima', newPassword)).status, 200)
  t.equal((await reset(body.code)).status, 401, 'a code works once')

  const audit = await accounts.sql`
    select actor_id, actor_role, action, subject, before, after from audit_log where action like 'account.reset%'`
  t.same(audit, [
    {
      actor_id: staff.account.id,
      actor_role: 'staff',
      action: 'account.reset_code_issued',
      subject: `account:${shopper.account.id}`,
      before: null,
      after: null,
    },
  ])
  t.notMatch(JSON.stringify(await accounts.sql`select code_hash::text from password_resets`), body.code)
})

test('after five wrong codes the right one is refused too', async (t) => {
  const accounts = await useAccounts(t)
  const { issue, reset } = await withStaff(accounts)
  const { code } = (await issue()).body
  const wrong = await Promise.all(Array.from({ length: 5 }, () => reset('2222222222')))
  for (const { status, body } of wrong) {
    t.equal(status, 401)
    t.match(body, { code: 'wrong_credentials' })
  }
  t.equal((await reset(code)).status, 401)
  t.equal((await reset((await issue()).body.code)).status, 200, 'a new code has its own attempts')
})

test('a code that has expired, was replaced, or belongs to somebody else is refused', async (t) => {
  const accounts = await useAccounts(t)
  const { issue, reset } = await withStaff(accounts)
  await accounts.join('karim')
  const replaced = (await issue()).body.code
  const current = (await issue()).body.code
  t.equal((await reset(replaced)).status, 401)
  t.equal((await reset(current, 'karim')).status, 401)
  await accounts.sql`update password_resets set expires_at = now() - interval '1 second'`
  t.equal((await reset(current)).status, 401)
})

test('an unknown username and a wrong code get the same answer, and both count as failed logins', async (t) => {
  const said: string[] = []
  const limits = {
    check: async () => undefined,
    failed: async (_: unknown, username: string) => void said.push(username),
  }
  const accounts = await useAccounts(t, { limits })
  const { issue, reset } = await withStaff(accounts)
  await issue()
  const wrong = await reset('2222222222')
  const unknown = await reset('2222222222', 'nobody')
  t.same({ ...wrong.body, requestId: '' }, { ...unknown.body, requestId: '' })
  t.same([wrong.status, unknown.status], [401, 401])
  t.same(said, ['rahima', 'nobody'])
})

test('a code is not spent on a new password that is refused', async (t) => {
  const accounts = await useAccounts(t)
  const { issue, reset } = await withStaff(accounts)
  const { code } = (await issue()).body
  for (let n = 0; n < 6; n += 1) t.equal((await reset(code, 'rahima', 'password1')).status, 422)
  t.equal((await reset(code)).status, 200)
})

test('staff reset shoppers, admins reset shoppers and staff, nobody resets an admin', async (t) => {
  const accounts = await useAccounts(t)
  const { issue } = await withStaff(accounts)
  const admin = (await accounts.employ('owner', 'admin')).accessToken
  await accounts.employ('other_admin', 'admin')
  await accounts.employ('colleague', 'staff')
  t.equal((await issue('colleague')).status, 403)
  t.equal((await issue('helpdesk')).status, 403, 'nor themselves')
  t.equal((await issue('owner')).status, 403)
  t.equal((await issue('nobody')).status, 404)
  t.equal((await issue('rahima', admin)).status, 200)
  t.equal((await issue('colleague', admin)).status, 200)
  t.equal((await issue('other_admin', admin)).status, 403)
  t.equal((await issue('owner', admin)).status, 403)
})

test('a code that staff made for a shopper dies when the shopper becomes staff', async (t) => {
  const accounts = await useAccounts(t)
  const { issue, reset } = await withStaff(accounts)
  const admin = (await accounts.employ('owner', 'admin')).accessToken
  const { code } = (await issue()).body
  await accounts.call('PUT', '/api/admin/accounts/rahima/role', { token: admin, body: { role: 'staff' } })
  t.equal((await reset(code)).status, 401)
})
