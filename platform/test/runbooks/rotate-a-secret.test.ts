import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import t, { type Test } from 'tap'
import { rotateASecret } from '../../../runbooks/rotate-a-secret.ts'
import { secretTable } from '../../secrets/table.ts'
import { runHere } from '../harness/command.ts'
import { motoMissing, motoTimeoutMs } from '../harness/moto.ts'
import { openTestProject } from '../harness/project.ts'
import { openDatabaseCase } from '../harness/rds.ts'

const options = { skip: motoMissing, timeout: motoTimeoutMs }
const names = secretTable.map(({ name }) => name)
const ring = JSON.stringify({ active: 'k1', keys: { k1: Buffer.alloc(32, 1).toString('base64') } })

/** A database whose master RDS knows, every secret of the table with a value, and what happens at each pause. */
async function openCase(t: Test) {
  const one = await openDatabaseCase(t, async () => 0)
  const secrets = new SecretsManagerClient({ region: 'ap-southeast-1' })
  t.teardown(() => secrets.destroy())
  for (const { name, id } of secretTable) {
    const Name = id ? id('dhakacart-staging') : `dhakacart-staging/${name}`
    await secrets.send(new CreateSecretCommand({ Name, SecretString: name === 'jwt-keys' ? ring : 'planted' }))
  }
  const { ARN: arn = '' } = await secrets.send(
    new CreateSecretCommand({ Name: 'rds!db-example', SecretString: '{"username":"m","password":"planted"}' }),
  )
  const tellMaster = (status: string, more: Record<string, string> = {}) =>
    one.tellDatabase('main', {
      DBInstanceIdentifier: 'dhakacart-staging-main',
      MasterUserSecret: `<SecretArn>${arn}</SecretArn><SecretStatus>${status}</SecretStatus>`,
      ...more,
    })
  const meanwhile: (() => unknown)[] = []
  const run = (...argv: string[]) =>
    runHere((context) => rotateASecret(context, new Date(), async () => meanwhile.shift()?.()), {
      argv: ['--stack', 'staging', ...argv],
      root: one.root,
      env: one.aws.env,
    })
  const change = () => secrets.send(new PutSecretValueCommand({ SecretId: arn, SecretString: 'planted-again' }))
  await one.make('main')
  tellMaster('active')
  one.aws.changes()
  return { ...one, run, tellMaster, meanwhile, change }
}

t.test('says what it needs', async (t) => {
  const root = await openTestProject(t)
  const run = (...argv: string[]) => runHere(rotateASecret, { argv, root, env: { HOME: root, PATH: '' } })
  t.match(await run('--help'), { code: 0, stdout: /^Usage: npm run runbook -- runbooks\/rotate-a-secret\.ts/ })
  t.match(await run(), { code: 1, stderr: /^Which stack/ })
  t.match(await run('--stack', 'staging', '--rotate', 'x'), {
    code: 1,
    stderr: /^There is no secret of that name; there are jwt-keys/,
  })
  t.match(await run('--stack', 'staging', '--rotate', 'grafana-admin', '--at-once'), {
    code: 1,
    stderr: /^--at-once goes with/,
  })
})

t.test('says of each secret how old it is and who notices, and shows none', options, async (t) => {
  const { run, aws, tellMaster } = await openCase(t)
  const { code, stdout, stderr } = await run()
  t.equal(code, 0, stderr)
  for (const name of [...names, 'database-master']) {
    t.match(stdout, new RegExp(`^${name}: 0 days old.*\\n  rotated .*\\n  noticed by (?!its reader)`, 'm'), name)
  }
  t.notMatch(stdout, 'planted')
  t.strictSame(aws.changes(), [])
  tellMaster('impaired')
  t.match(await run(), { code: 1, stdout: /^database-master: 0 days old, impaired$/m })
})

t.test('the keys of tokens go a step at a time', options, async (t) => {
  const { run, aws } = await openCase(t)
  t.match(await run('--rotate', 'jwt-keys'), { code: 1, stderr: /pass --yes/ })
  t.strictSame(aws.changes(), [])
  const first = await run('--rotate', 'jwt-keys', '--yes')
  t.match(first, { code: 0, stdout: /Who notices: nobody, in three steps/ })
  t.match(first.stdout, /jwt-keys: \S+ was added; k1 still signs\. Run it again in 1 h/)
  t.match(await run('--rotate', 'jwt-keys', '--yes'), { code: 1, stderr: /may not be in every pod yet/ })
  t.match(await run('--rotate', 'jwt-keys', '--at-once', '--yes'), { code: 0, stdout: /jwt-keys: written/ })
})

t.test('what is made elsewhere is handed in by the command that can', async (t) => {
  const root = await openTestProject(t)
  const argv = ['--stack', 'staging', '--rotate', 'docker-hub-login']
  const outcome = await runHere(rotateASecret, { argv, root, env: { HOME: root, PATH: '' } })
  t.match(outcome, {
    code: 1,
    stderr: /handed in: npm run secrets -- --stack staging --rotate docker-hub-login --stdin/,
  })
})

t.test('the password of the master is RDS’s to change', options, async (t) => {
  const { run, aws, tellMaster, meanwhile, change } = await openCase(t)
  t.match(await run('--rotate', 'database-master'), { code: 1, stderr: /pass --yes/ })
  tellMaster('active', { PendingModifiedValues: '<DBInstanceClass>db.m7g.large</DBInstanceClass>' })
  t.match(await run('--rotate', 'database-master', '--yes'), {
    code: 1,
    stderr: /wait for its maintenance window \(DBInstanceClass\)/,
  })
  tellMaster('rotating')
  t.match(await run('--rotate', 'database-master', '--yes'), { code: 1, stderr: /^The secret is rotating/ })
  t.strictSame(aws.changes(), [])

  tellMaster('active')
  meanwhile.push(
    () => tellMaster('rotating'),
    change,
    () => tellMaster('active'),
  )
  const done = await run('--rotate', 'database-master', '--yes')
  t.equal(done.code, 0, done.stderr)
  t.match(done.stdout, 'The password is another one.\n')
  t.notMatch(done.stdout, 'planted')
  t.match(aws.calls.find(({ name }) => name === 'ModifyDBInstance')?.body, /RotateMasterUserPassword=true/)
  t.match(await run('--rotate', 'database-master', '--yes'), { code: 1, stdout: /no new value after five minutes/ })
})
