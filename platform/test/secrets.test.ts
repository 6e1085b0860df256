import t from 'tap'
import { secretId, secretTable } from '../secrets/table.ts'
import { condition, counts, madeBy, ofType, one, planned, statementsOf, text } from './harness/graphs.ts'

const stacks = [
  { stack: 'staging', account: '111111111111', window: 7, protect: false },
  { stack: 'prod', account: '222222222222', window: 30, protect: true },
]

for (const { stack, account, window, protect } of stacks) {
  t.test(`${stack} declares every secret of the table, empty`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    t.ok(secretTable.length >= 4, `${secretTable.length} secrets`)
    t.strictSame(counts(madeBy(graph, 'Secrets')), {
      'aws:secretsmanager/secret:Secret': secretTable.length,
      'aws:secretsmanager/secretPolicy:SecretPolicy': secretTable.length,
    })
    const key = text(one(graph, 'aws:kms/key:Key', 'secrets').outputs, 'arn')
    for (const row of secretTable) {
      const secret = one(graph, 'aws:secretsmanager/secret:Secret', row.name)
      t.match(secret.inputs, { name: secretId(stack, row), recoveryWindowInDays: window }, row.name)
      t.equal(
        secret.inputs.kmsKeyId,
        row.underKeyOfAws ? undefined : key,
        `${row.name}: our key where there is no reason`,
      )
      t.match(text(secret.inputs, 'description'), /Rotated .+\.$/, `${row.name} says how it is rotated`)
      t.equal(secret.protect, protect, `${row.name} is ${protect ? '' : 'not '}protected`)
    }
    t.strictSame(ofType(graph, 'aws:secretsmanager/secretVersion:SecretVersion'), [], 'no value is written')
  })

  t.test(`${stack}: a value is read by its reader and the keepers`, async (t) => {
    const graph = await planned({ stack, mode: 'preview' })
    const keepers = [`arn:aws:iam::${account}:role/dhakacart-${stack}-operator`]
    const readers: Record<string, string> = {
      shop: `arn:aws:iam::${account}:role/dhakacart-${stack}-pod-shop`,
      grafana: `arn:aws:iam::${account}:role/dhakacart-${stack}-pod-grafana`,
      'pull-through cache': `arn:aws:iam::${account}:role/aws-service-role/pullthroughcache.ecr.amazonaws.com/AWSServiceRoleForECRPullThroughCache`,
    }
    for (const { name, reader } of secretTable) {
      const policy = one(graph, 'aws:secretsmanager/secretPolicy:SecretPolicy', name)
      const statements = statementsOf(policy)
      t.strictSame(
        statements.map(({ Effect, Principal, Action }) => ({ Effect, Principal, Action })),
        [{ Effect: 'Deny', Principal: '*', Action: 'secretsmanager:GetSecretValue' }],
        `${name}: only reading is denied, so that nobody locks everybody out`,
      )
      const [deny] = statements
      t.strictSame(deny && condition(deny, 'aws:PrincipalArn'), [readers[reader], ...keepers], name)
      t.equal(policy.inputs.blockPublicPolicy, true)
    }
  })
}
