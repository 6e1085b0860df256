import t from 'tap'
import { evaluatorMissing, judge, type Request } from '../harness/evaluator.ts'
import { github } from '../harness/github.ts'
import { one, planned, text } from '../harness/graphs.ts'

/* Each role as a policy evaluator sees it: its own policies, its boundary, and the policy of the thing that it asks for. */

const account = '222222222222'
const prefix = 'dhakacart-prod'
const arn = (service: string, resource: string) => `arn:aws:${service}:ap-southeast-1:${account}:${resource}`
const iam = (resource: string) => `arn:aws:iam::${account}:${resource}`
const bucket = (name: string, at = '/x') => `arn:aws:s3:::${prefix}-${name}-${account}-ap-southeast-1${at}`

t.test('roles of production', { skip: evaluatorMissing, timeout: 300_000 }, async (t) => {
  const graph = await planned({ stack: 'prod', mode: 'applied', overrides: github(account) })
  const secret = (name: string) => text(one(graph, 'aws:secretsmanager/secret:Secret', name).outputs, 'arn')
  const database = text(one(graph, 'aws:rds/instance:Instance', 'main').outputs, 'resourceId')
  const user = (name: string) => arn('rds-db', `dbuser:${database}/${name}`)
  const boundary = { 'iam:PermissionsBoundary': iam(`policy/${prefix}-boundary`) }
  const read = 'secretsmanager:GetSecretValue'
  const trail = arn('cloudtrail', `trail/${prefix}-trail`)
  const escalations: Request[] = [
    ['iam:CreateRole', iam(`role/${prefix}-new`)],
    ['iam:DeleteRolePermissionsBoundary', iam(`role/${prefix}-door`)],
    ['iam:CreatePolicyVersion', iam(`policy/${prefix}-boundary`)],
    ['iam:UpdateAssumeRolePolicy', iam(`role/${prefix}-github-deploy`)],
    ['iam:PutRolePolicy', iam(`role/${prefix}-github-preview`)],
    ['iam:PassRole', iam(`role/${prefix}-github-deploy`), { 'iam:PassedToService': 'ec2.amazonaws.com' }],
    ['iam:CreateUser', iam('user/mallory')],
    ['cloudtrail:StopLogging', trail],
    ['sts:AssumeRole', iam('role/anything')],
    [read, secret('jwt-keys')],
    [read, secret('grafana-admin')],
    ['rds-db:connect', user('shop')],
    ['s3:GetObject', bucket('loki')],
    ['s3:GetObject', bucket('backups')],
  ]
  const table: Record<string, { may: Request[]; mayNot: Request[] }> = {
    shop: {
      may: [
        [read, secret('jwt-keys')],
        [read, secret('payment-webhook')],
        [read, secret('outbox-webhook')],
        ['rds-db:connect', user('shop')],
      ],
      mayNot: [
        [read, secret('grafana-admin')],
        ['secretsmanager:PutSecretValue', secret('jwt-keys')],
        ['rds-db:connect', user('migrator')],
        ['rds-db:connect', arn('rds-db', 'dbuser:db-ANOTHER/shop')],
        ['s3:GetObject', bucket('loki')],
        ['sts:AssumeRole', iam(`role/${prefix}-pod-migration`)],
      ],
    },
    migration: {
      may: [['rds-db:connect', user('migrator')]],
      mayNot: [
        ['rds-db:connect', user('shop')],
        [read, secret('jwt-keys')],
      ],
    },
    loki: {
      may: [
        ['s3:PutObject', bucket('loki')],
        ['s3:GetObject', bucket('loki')],
      ],
      mayNot: [
        ['s3:GetObject', bucket('backups')],
        ['s3:DeleteBucket', bucket('loki', '')],
        [read, secret('grafana-admin')],
      ],
    },
    grafana: {
      may: [[read, secret('grafana-admin')]],
      mayNot: [
        [read, secret('jwt-keys')],
        ['s3:GetObject', bucket('loki')],
      ],
    },
    'github-preview': {
      may: [
        ['iam:GetRole', iam(`role/${prefix}-door`)],
        ['s3:GetBucketPolicy', bucket('loki', '')],
        ['s3:GetObject', `arn:aws:s3:::dhakacart-${account}-ap-southeast-1-state/.pulumi/stacks/dhakacart/prod.json`],
      ],
      mayNot: [
        ...escalations,
        ['iam:CreateRole', iam(`role/${prefix}-new`), boundary],
        ['s3:PutObject', `arn:aws:s3:::dhakacart-${account}-ap-southeast-1-state/.pulumi/stacks/dhakacart/prod.json`],
        ['rds:DeleteDBInstance', arn('rds', `db:${prefix}-main`)],
      ],
    },
    'github-deploy': {
      may: [
        ['iam:CreateRole', iam(`role/${prefix}-new`), boundary],
        ['iam:PassRole', iam(`role/${prefix}-door`), { 'iam:PassedToService': 'ec2.amazonaws.com' }],
        ['rds:ModifyDBInstance', arn('rds', `db:${prefix}-main`)],
        ['s3:PutBucketPolicy', bucket('loki', '')],
        ['s3:PutObject', `arn:aws:s3:::dhakacart-${account}-ap-southeast-1-state/.pulumi/stacks/dhakacart/prod.json`],
        ['sts:AssumeRole', iam(`role/${prefix}-eks-deployer`)],
      ],
      mayNot: [
        ...escalations,
        ['iam:CreateRole', iam('role/dhakacart-staging-new'), boundary],
        ['iam:PassRole', iam(`role/${prefix}-door`), { 'iam:PassedToService': 'lambda.amazonaws.com' }],
        ['rds:DeleteDBInstance', arn('rds', 'db:dhakacart-staging-main')],
        ['rds:DeleteDBSnapshot', arn('rds', `snapshot:${prefix}-main-final`)],
        [
          's3:PutObject',
          `arn:aws:s3:::dhakacart-${account}-ap-southeast-1-state/.pulumi/stacks/dhakacart/staging.json`,
        ],
      ],
    },
  }
  const asked = Object.entries(table).flatMap(([role, { may, mayNot }]) => [
    ...may.map((request) => ({ role, request, right: true })),
    ...mayNot.map((request) => ({ role, request, right: false })),
  ])
  const answers = await judge(graph, account, asked)
  t.equal(answers.length, asked.length)
  for (const [at, { role, request, right }] of asked.entries()) {
    t.equal(
      answers[at],
      right ? 'Allowed' : 'denied',
      `${role} ${right ? 'may' : 'may not'} ${request.slice(0, 2).join(' on ')}`,
    )
  }
})
