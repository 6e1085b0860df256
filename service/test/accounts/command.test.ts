import { PassThrough, type Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type Test, test } from 'tap'
import { runAccountCommand } from '../../src/accounts/command.ts'
import { goodPassword, type TestAccounts, useAccounts } from './accounts-app.ts'

type Input = Readable & { isTTY?: boolean }

function piped(words: string): Input {
  const stdin: Input = new PassThrough()
  stdin.push(words)
  stdin.push(null)
  return stdin
}

/** What a person types on a terminal, all at once. */
function typed(keys: string): Input {
  const stdin: Input = new PassThrough()
  stdin.isTTY = true
  stdin.push(keys)
  return stdin
}

async function run({ shop }: TestAccounts, argv: string[], stdin: Input = piped(`${goodPassword}\n`)) {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const code = await runAccountCommand({ withDatabase: (use) => use(shop.database), argv, stdin, stdout, stderr })
  stdout.end()
  stderr.end()
  return { code, stdout: await text(stdout), stderr: await text(stderr) }
}

async function usernames({ sql }: TestAccounts) {
  return (await sql`select username from accounts order by username`).map(({ username }) => username)
}

test('an operator makes an admin with a password from stdin; it can log in, and the audit trail says who made it', async (t) => {
  const accounts = await useAccounts(t)
  const { code, stdout, stderr } = await run(accounts, ['create-admin', 'owner'])
  t.equal(code, 0)
  t.equal(stderr, '')
  t.match(stdout, /^Made the account owner \(admin, [0-9a-f-]{36}\)\.\n$/)
  const { status, body } = await accounts.logIn('owner')
  t.equal(status, 200)
  t.equal(body.account.role, 'admin')
  t.same(await accounts.sql`select actor_id, actor_role, action, subject, after from audit_log`, [
    {
      actor_id: null,
      actor_role: 'operator',
      action: 'account.created',
      subject: `account:${body.account.id}`,
      after: { username: 'owner', role: 'admin' },
    },
  ])
})

test('an operator makes staff', async (t) => {
  const accounts = await useAccounts(t)
  t.equal((await run(accounts, ['create-staff', 'helpdesk'])).code, 0)
  t.equal((await accounts.logIn('helpdesk')).body.account.role, 'staff')
})

test('on a terminal the password is asked for twice and never shown', async (t) => {
  const accounts = await useAccounts(t)
  const { code, stdout } = await run(accounts, ['create-admin', 'owner'], typed(`${goodPassword}\r${goodPassword}\r`))
  t.equal(code, 0)
  t.match(stdout, /^Password: \nPassword again: \nMade the account/)
  t.notMatch(stdout, goodPassword)
  t.equal((await accounts.logIn('owner')).status, 200)
})

test('on a terminal backspace corrects, as it does everywhere', async (t) => {
  const accounts = await useAccounts(t)
  const keys = `${goodPassword}x\x7f\r${goodPassword}\r`
  t.equal((await run(accounts, ['create-admin', 'owner'], typed(keys))).code, 0)
  t.equal((await accounts.logIn('owner')).status, 200)
})

test('two passwords that differ, Ctrl-C and Ctrl-D make no account', async (t) => {
  const accounts = await useAccounts(t)
  for (const keys of [`${goodPassword}\rsomething else\r`, '\x03', '\x04', `${goodPassword}\r\x03`]) {
    const { code, stderr } = await run(accounts, ['create-admin', 'owner'], typed(keys))
    t.equal(code, 1)
    t.match(stderr, 'No account was made')
  }
  t.same(await usernames(accounts), [])
})

async function refuses(t: Test, accounts: TestAccounts, argv: string[], words: string, why: RegExp) {
  const { code, stderr, stdout } = await run(accounts, argv, piped(words))
  t.equal(code, 1)
  t.equal(stdout, '')
  t.match(stderr, why)
  t.notMatch(stderr, /\n\s+at /, 'no stack')
}

test('a name that exists, an odd name, and a password against the rules are refused with a sentence', async (t) => {
  const accounts = await useAccounts(t)
  await accounts.join('owner')
  await refuses(t, accounts, ['create-admin', 'OWNER'], goodPassword, /The username OWNER is taken/)
  await refuses(t, accounts, ['create-admin', 'a b'], goodPassword, /"a b" must be 3 to 20 letters/)
  await refuses(t, accounts, ['create-admin', 'boss'], 'short\n', /8 characters/)
  await refuses(t, accounts, ['create-admin', 'boss'], 'password1\n', /first that anybody would try/)
  await refuses(t, accounts, ['create-admin', 'boss'], '', /8 characters/)
  t.same(await usernames(accounts), ['owner'])
  t.same(
    await accounts.sql`select role from accounts`,
    [{ role: 'shopper' }],
    'the account that was there is what it was',
  )
})

test('a database that is away is said so, and nothing is made', async (t) => {
  const accounts = await useAccounts(t)
  await accounts.shop.database.end(1_000)
  const { code, stderr } = await run(accounts, ['create-admin', 'owner'])
  t.equal(code, 1)
  t.match(stderr, 'No account was made. ')
})

test('what the command does not understand it says, with its usage, and exits with 2', async (t) => {
  const accounts = await useAccounts(t)
  const cases: [string[], string][] = [
    [[], 'Which command?'],
    [['create-god', 'owner'], 'There is no command "create-god".'],
    [['constructor', 'owner'], 'There is no command "constructor".'],
    [['create-admin'], 'create-admin needs the NAME of the account.'],
    [['create-admin', 'a', 'b'], 'takes one NAME'],
    [['create-admin', 'owner', '--password=x'], '--password'],
  ]
  for (const [argv, why] of cases) {
    const { code, stderr } = await run(accounts, argv)
    t.equal(code, 2, argv.join(' '))
    t.match(stderr, why)
    t.match(stderr, 'Usage: npm run account')
  }
  const help = await run(accounts, ['--help'])
  t.equal(help.code, 0)
  t.match(help.stdout, 'create-admin NAME')
})
