import { test } from 'tap'
import { type TestAccounts, useAccounts } from './accounts-app.ts'

async function withAdmin(accounts: TestAccounts) {
  const admin = await accounts.employ('owner', 'admin')
  const put = (username: string, role: unknown) =>
    accounts.call('PUT', `/api/admin/accounts/${username}/role`, { token: admin.accessToken, body: { role } })
  return { admin, put }
}

test('an admin makes a shopper staff: the old sessions end, a new one has the role, and it is audited', async (t) => {
  const accounts = await useAccounts(t)
  const { admin, put } = await withAdmin(accounts)
  const shopper = await accounts.join('rahima')
  t.equal(await accounts.statusOfMe(shopper.accessToken), 200)
  const answer = await put('Rahima', 'staff')
  t.equal(answer.status, 200)
  t.same(answer.body, { ...shopper.account, role: 'staff' })
  t.equal(await accounts.statusOfMe(shopper.accessToken), 401)
  t.same(await accounts.sql`select revoked_because from sessions where revoked_at is not null`, [
    { revoked_because: 'role_changed' },
  ])

  const staff = (await accounts.logIn('rahima')).body
  await accounts.join('karim')
  const code = await accounts.call('POST', '/api/admin/accounts/karim/reset-code', { token: staff.accessToken })
  t.equal(code.status, 200, 'the new role counts')

  t.same(
    await accounts.sql`select actor_id, action, subject, before, after from audit_log where action = 'account.role_changed'`,
    [
      {
        actor_id: admin.account.id,
        action: 'account.role_changed',
        subject: `account:${shopper.account.id}`,
        before: { role: 'shopper' },
        after: { role: 'staff' },
      },
    ],
  )
})

test('a role that was taken away is gone at once, and in every other process within two seconds', async (t) => {
  const clock = { ms: 0 }
  const first = await useAccounts(t)
  const second = await useAccounts(t, { beside: first, now: () => clock.ms })
  const { put } = await withAdmin(first)
  const { accessToken } = await first.employ('helpdesk', 'staff')
  await first.join('karim')
  const issue = ({ call }: TestAccounts) => call('POST', '/api/admin/accounts/karim/reset-code', { token: accessToken })
  t.equal((await issue(first)).status, 200)
  t.equal((await issue(second)).status, 200)
  t.equal((await put('helpdesk', 'shopper')).status, 200)
  t.equal((await issue(first)).status, 401)
  clock.ms = 2_000
  t.equal((await issue(second)).status, 401)
  const relogged = (await first.logIn('helpdesk')).body
  t.equal(relogged.account.role, 'shopper')
})

test('nobody is made admin over the network, and no admin unmade', async (t) => {
  const accounts = await useAccounts(t)
  const { put } = await withAdmin(accounts)
  await accounts.join('rahima')
  await accounts.employ('other_admin', 'admin')
  t.equal((await put('rahima', 'admin')).status, 400)
  t.equal((await put('rahima', 'operator')).status, 400)
  t.equal((await put('other_admin', 'shopper')).status, 403)
  t.equal((await put('owner', 'staff')).status, 403, 'nor oneself')
  t.equal((await put('nobody', 'staff')).status, 404)
  t.same(await accounts.sql`select username from accounts where role = 'admin' order by username`, [
    { username: 'other_admin' },
    { username: 'owner' },
  ])
})

test('giving the role that somebody has changes nothing and is not audited', async (t) => {
  const accounts = await useAccounts(t)
  const { put } = await withAdmin(accounts)
  const { accessToken } = await accounts.employ('helpdesk', 'staff')
  t.equal((await put('helpdesk', 'staff')).status, 200)
  t.equal(await accounts.statusOfMe(accessToken), 200)
  t.same(await accounts.sql`select from audit_log where action = 'account.role_changed'`, [])
})
