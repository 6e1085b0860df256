import t from 'tap'
import { counts, list, madeBy, one, planned, statementsOf, text } from '../harness/graphs.ts'

const stacks = [
  ['staging', '111111111111'],
  ['prod', '222222222222'],
] as const

/** What each workload calls: a call that is added has to be added here. */
const calls: Record<string, string[]> = {
  shop: ['elasticache:Connect', 'kms:Decrypt', 'rds-db:connect', 'secretsmanager:GetSecretValue'],
  migration: ['kms:Decrypt', 'rds-db:connect', 'secretsmanager:GetSecretValue'],
  loki: [
    'kms:Decrypt',
    'kms:GenerateDataKey',
    's3:AbortMultipartUpload',
    's3:DeleteObject',
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
  ],
  grafana: ['kms:Decrypt', 'secretsmanager:GetSecretValue'],
}
const accounts: Record<string, [namespace: string, serviceAccount: string]> = {
  shop: ['shop', 'shop'],
  migration: ['shop', 'shop-migration'],
  loki: ['observability', 'loki'],
  grafana: ['observability', 'grafana'],
}

for (const [stack, account] of stacks) {
  t.test(`${stack}: each workload has a role for its own calls`, async (t) => {
    const graph = await planned({ stack, mode: 'applied' })
    const count = Object.keys(calls).length
    t.strictSame(counts(madeBy(graph, 'Identity')), {
      'aws:iam/role:Role': count,
      'aws:iam/rolePolicy:RolePolicy': count,
      'aws:eks/podIdentityAssociation:PodIdentityAssociation': count,
    })
    for (const [name, expected] of Object.entries(calls)) {
      const policy = one(graph, 'aws:iam/rolePolicy:RolePolicy', name)
      t.equal(policy.inputs.role, `dhakacart-${stack}-pod-${name}`)
      const statements = statementsOf(policy)
      t.strictSame(statements.flatMap(({ Action }) => list(Action)).sort(), expected, name)
      for (const { Sid, Effect, Resource } of statements) {
        t.equal(Effect, 'Allow')
        t.ok(list(Resource).length > 0, `${name}/${Sid} is on something`)
        for (const arn of list(Resource)) t.match(arn, /^arn:aws:[^*]+(\/\*)?$/, `${name}/${Sid}: ${arn}`)
      }
    }
  })

  t.test(`${stack}: only pods of the one service account of the one cluster take it`, async (t) => {
    const graph = await planned({ stack, mode: 'preview' })
    for (const [name, [namespace, serviceAccount]] of Object.entries(accounts)) {
      const role = one(graph, 'aws:iam/role:Role', name)
      t.strictSame(
        statementsOf(role, 'assumeRolePolicy'),
        [
          {
            Sid: 'Service',
            Effect: 'Allow',
            Principal: { Service: 'pods.eks.amazonaws.com' },
            Action: ['sts:AssumeRole', 'sts:TagSession'],
            Condition: {
              StringEquals: {
                'aws:SourceAccount': account,
                'aws:RequestTag/eks-cluster-arn': `arn:aws:eks:ap-southeast-1:${account}:cluster/dhakacart-${stack}`,
                'aws:RequestTag/kubernetes-namespace': namespace,
                'aws:RequestTag/kubernetes-service-account': serviceAccount,
              },
            },
          },
        ],
        name,
      )
      const association = one(graph, 'aws:eks/podIdentityAssociation:PodIdentityAssociation', name)
      t.match(association.inputs, { clusterName: `dhakacart-${stack}`, namespace, serviceAccount })
      t.strictSame(association.propertyDependencies.roleArn, [role.urn])
      const policy = one(graph, 'aws:iam/rolePolicy:RolePolicy', name)
      t.ok(association.dependencies.includes(policy.urn), 'and finds its permissions there')
    }
  })
}

t.test('after a restore the shop and its migration log in to the database in use, and no other', async (t) => {
  const overrides = {
    databaseInstances: [{ name: 'main' }, { name: 'restored', restoreOf: 'main', restoreTo: 'latest' }],
    databaseInUse: 'restored',
  }
  const graph = await planned({ stack: 'prod', mode: 'applied', overrides })
  const id = text(one(graph, 'aws:rds/instance:Instance', 'restored').outputs, 'resourceId')
  for (const [name, user] of [
    ['shop', 'shop'],
    ['migration', 'migrator'],
  ] as const) {
    const statement = statementsOf(one(graph, 'aws:iam/rolePolicy:RolePolicy', name)).find(
      ({ Sid }) => Sid === 'Database',
    )
    t.equal(statement?.Resource, `arn:aws:rds-db:ap-southeast-1:222222222222:dbuser:${id}/${user}`)
  }
})
