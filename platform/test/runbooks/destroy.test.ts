import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { blockers, remains } from '../../../runbooks/destroy/rules.ts'
import { destroy } from '../../../runbooks/destroy.ts'
import { openPulumi } from '../../bootstrap/pulumi-cli.ts'
import { plan } from '../../plan/index.ts'
import { runHere } from '../harness/command.ts'
import { engineTimeoutMs, openPulumiHome, pulumiMissing } from '../harness/engine.ts'
import { openTestProject } from '../harness/project.ts'

t.test('says what it needs', async (t) => {
  const root = await openTestProject(t)
  const run = (...argv: string[]) => runHere(destroy, { argv, root, env: { HOME: root, PATH: '' } })
  t.match(await run('--help'), { code: 0, stdout: /^Usage: npm run runbook -- runbooks\/destroy\.ts/ })
  t.match(await run(), { code: 1, stderr: /^Which stack/ })
  t.match(await run('--stack', 'qa'), { code: 1, stderr: /known are prod, staging/ })
  t.match(await run('--stack', 'prod'), { code: 1, stderr: /pulumi is neither on PATH.*--plan needs neither/ })
})

t.test('prod cannot be destroyed by mistake', async (t) => {
  const { resources } = await plan({ stack: 'prod', mode: 'applied' })
  t.ok(resources.length > 100, `${resources.length} resources`)
  const inTheWay = blockers(resources, [])
  const says = (lines: string[], ...patterns: RegExp[]) => {
    for (const pattern of patterns)
      t.ok(
        lines.some((line) => pattern.test(line)),
        `${pattern}`,
      )
  }
  t.match(
    inTheWay[0],
    /^\d+ resources are protected by Pulumi \(.*\): dhakacart:protect false/,
    'the first thing first',
  )
  says(
    inTheWay,
    /^the cluster .* is protected by AWS/,
    /^the database main is protected by AWS/,
    /^the bucket backups must be empty/,
    /^the backup vault backups is deleted only when it is empty/,
    /^the backup vault copies is deleted only when it is empty/,
  )
  says(
    remains(resources),
    /^the \d+ keys database, .*, for 30 days/,
    /^the final snapshot dhakacart-prod-main-final/,
    /^perhaps the log group \/aws\/eks\/dhakacart-prod\/cluster/,
    /^the automated backups of the database main, for 35 days/,
  )
  t.notMatch(remains(resources).join('\n'), /each until its own day/, 'a governance lock can be taken away')

  const root = await openTestProject(t)
  const { code, stdout } = await runHere(destroy, { argv: ['--stack', 'prod', '--plan'], root })
  t.equal(code, 1)
  for (const line of [...inTheWay, ...remains(resources)]) t.match(stdout, `  - ${line}\n`)
  t.match(stdout, 'the bucket dhakacart-123456789012-ap-southeast-1-state with 90 days of old states')
})

t.test('once its protection is off and its endpoint open, nothing is in the way', async (t) => {
  const overrides = { production: false, protect: false, clusterPublicAccessCidrs: ['203.0.113.7/32'] }
  const { resources } = await plan({ stack: 'staging', mode: 'applied', overrides })
  t.ok(resources.length > 100, `${resources.length} resources`)
  t.notMatch(
    blockers(resources, []).join('\n'),
    /protected|vault|cluster/,
    'what is left holds something, and is to be emptied',
  )
  const closed = await plan({ stack: 'staging', mode: 'applied' })
  t.match(blockers(closed.resources, []).at(-1), /^\d+ objects are inside the cluster, whose endpoint is private/)
})

t.test('each thing that stops a destroy, and each that remains', async (t) => {
  const one = (type: string, inputs: Record<string, unknown> = {}, more = {}) => [
    { urn: `urn:pulumi:prod::dhakacart::${type}::it`, type, custom: true, inputs, ...more },
  ]
  const stops: [ReturnType<typeof one>, RegExp][] = [
    [one('aws:rds/instance:Instance', { deletionProtection: true }), /the database it is protected by AWS/],
    [one('aws:lb/loadBalancer:LoadBalancer', { enableDeletionProtection: true }), /the load balancer it is protected/],
    [one('aws:s3/bucket:Bucket'), /the bucket it must be empty/],
    [one('aws:ecr/repository:Repository'), /the image repository it must be empty/],
    [
      one('aws:backup/vault:Vault'),
      /the backup vault it is deleted only when it is empty: dhakacart:backupVaultLock none/,
    ],
    [
      one('aws:backup/vaultLockConfiguration:VaultLockConfiguration', { changeableForDays: 3 }),
      /COMPLIANCE mode: 3 days .* keep its vault and key/,
    ],
    [one('aws:sqs/queue:Queue', {}, { protect: true }), /1 resources are protected by Pulumi \(it\)/],
  ]
  for (const [resources, sentence] of stops) t.match(blockers(resources, []), [sentence])
  t.match(blockers([], [{ type: 'creating', urn: 'urn:x' }]), [
    /an interrupted operation \(creating urn:x\): runbooks\/stuck-state/,
  ])
  t.same(blockers(one('aws:s3/bucket:Bucket', { forceDestroy: true }), []), [])
  const lock = 'aws:backup/vaultLockConfiguration:VaultLockConfiguration'
  t.same([blockers(one(lock), []), remains(one(lock))], [[], []], 'GOVERNANCE')
  t.same(blockers(one('aws:backup/vault:Vault', { forceDestroy: true }), []), [])

  const stays: [ReturnType<typeof one>, RegExp][] = [
    [one('aws:kms/key:Key'), /the key it, for 30 days/],
    [one('aws:secretsmanager/secret:Secret', { recoveryWindowInDays: 7 }), /the secret it, for 7 days/],
    [one('aws:rds/instance:Instance', { finalSnapshotIdentifier: 'last' }), /the final snapshot last/],
    [one(lock, { changeableForDays: 3 }), /the backups in the vault it, each until its own day/],
    [
      one('aws:rds/instance:Instance', {
        skipFinalSnapshot: true,
        deleteAutomatedBackups: false,
        backupRetentionPeriod: 7,
      }),
      /the automated backups of the database it, for 7 days/,
    ],
    [
      one('aws:elasticache/replicationGroup:ReplicationGroup', { finalSnapshotIdentifier: 'last' }),
      /the final snapshot last of the cache it/,
    ],
    [one('aws:sqs/queue:Queue', {}, { retainOnDelete: true }), /it \(aws:sqs\/queue:Queue\), which is retained/],
  ]
  for (const [resources, sentence] of stays) t.match(remains(resources), [sentence])
  t.same(remains(one('aws:secretsmanager/secret:Secret', { recoveryWindowInDays: 0 })), [])
})

t.test('reads the state of a real pulumi', { skip: pulumiMissing, timeout: engineTimeoutMs }, async (t) => {
  const root = await openTestProject(t)
  const { env, backend } = await openPulumiHome(t)
  const pulumi = openPulumi({ env, root, backend })
  await pulumi?.run(['stack', 'init', 'staging'])
  const run = () =>
    runHere(destroy, { argv: ['--stack', 'staging'], root, env: { ...env, PULUMI_BACKEND_URL: backend } })
  t.match(await run(), { code: 0, stdout: 'staging has no resources: there is nothing to destroy.\n' })

  const state = JSON.parse((await pulumi?.run(['stack', 'export', '-s', 'staging'])) ?? '{}')
  const type = 'dhakacart:platform:Network'
  const urn = `urn:pulumi:staging::dhakacart::${type}::network`
  state.deployment = { ...state.deployment, resources: [{ urn, type, custom: false, protect: true }] }
  await writeFile(join(root, 'state.json'), JSON.stringify(state))
  await pulumi?.run(['stack', 'import', '-s', 'staging', '--file', join(root, 'state.json')])
  const { code, stdout } = await run()
  t.equal(code, 1)
  t.match(
    stdout,
    'staging has 1 resources.\n\nIn the way:\n  - 1 resources are protected by Pulumi (network): dhakacart:protect false',
  )
})
