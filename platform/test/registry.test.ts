import t from 'tap'
import { cachedImage, cachePrefix, upstreams } from '../registry/upstreams.ts'
import { secretTable } from '../secrets/table.ts'
import type { Settings } from '../settings/schema.ts'
import type { Stack } from '../stack.ts'
import { counts, madeBy, ofType, one, planned, statementsOf, text } from './harness/graphs.ts'

const repository = 'aws:ecr/repository:Repository'
const ruleType = 'aws:ecr/pullThroughCacheRule:PullThroughCacheRule'
const stacks = [
  { stack: 'staging', account: '111111111111', protect: false, kept: 20 },
  { stack: 'prod', account: '222222222222', protect: true, kept: 50 },
]
const digest = `@sha256:${'0a'.repeat(32)}`

/** What these functions read of a stack. */
const like = (prefix: string, imageLogins: Settings['imageLogins'] = []) =>
  ({ prefix, settings: { accountId: '222222222222', region: 'ap-southeast-1', imageLogins } }) as unknown as Stack

for (const { stack, account, protect, kept } of stacks) {
  const applied = () => planned({ stack, mode: 'applied' })

  t.test(`${stack} has a repository for the shop and a cache for the images of others`, async (t) => {
    t.strictSame(counts(madeBy(await applied(), 'Registry')), {
      [repository]: 1,
      'aws:ecr/lifecyclePolicy:LifecyclePolicy': 1,
      'aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate': 1,
      [ruleType]: 3,
      'aws:iam/role:Role': 1,
      'aws:iam/rolePolicy:RolePolicy': 1,
    })
  })

  t.test(
    `${stack}: tags of the shop's image stay, images are scanned, encrypted with our key, and go by number`,
    async (t) => {
      const graph = await applied()
      const shop = one(graph, repository, 'shop')
      const key = text(one(graph, 'aws:kms/key:Key', 'registry').outputs, 'arn')
      t.match(shop.inputs, {
        name: `dhakacart-${stack}/shop`,
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: 'KMS', kmsKey: key }],
        forceDelete: !protect,
      })
      t.equal(shop.protect, protect)
      t.equal(graph.outputs.repositoryUrl, `${account}.dkr.ecr.ap-southeast-1.amazonaws.com/dhakacart-${stack}/shop`)
      const { rules } = JSON.parse(text(one(graph, 'aws:ecr/lifecyclePolicy:LifecyclePolicy', 'shop').inputs, 'policy'))
      t.match(rules, [
        { rulePriority: 1, selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countNumber: 14 } },
        { rulePriority: 2, selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: kept } },
      ])
    },
  )

  t.test(`${stack}: repositories of the cache are made under our key, in the stack's own name`, async (t) => {
    const graph = await applied()
    const key = text(one(graph, 'aws:kms/key:Key', 'registry').outputs, 'arn')
    const template = one(graph, 'aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate', 'image-cache')
    t.match(template.inputs, {
      prefix: `dhakacart-${stack}`,
      appliedFors: ['PULL_THROUGH_CACHE'],
      imageTagMutability: 'IMMUTABLE',
      encryptionConfigurations: [{ encryptionType: 'KMS', kmsKey: key }],
      customRoleArn: `arn:aws:iam::${account}:role/dhakacart-${stack}-image-cache`,
      resourceTags: { stack, 'data-class': 'none' },
    })
    const rules = ofType(graph, ruleType)
    t.strictSame(
      rules.map(({ inputs }) => [inputs.ecrRepositoryPrefix, inputs.upstreamRegistryUrl, inputs.credentialArn]),
      [
        [`dhakacart-${stack}/ecr-public`, 'public.ecr.aws', undefined],
        [`dhakacart-${stack}/k8s`, 'registry.k8s.io', undefined],
        [`dhakacart-${stack}/quay`, 'quay.io', undefined],
      ],
    )
    for (const { dependencies, name } of rules) t.ok(dependencies.includes(template.urn), `${name}: after its template`)
  })

  t.test(`${stack}: ECR and nodes may make repositories of the stack, and no others`, async (t) => {
    const graph = await applied()
    const own = `arn:aws:ecr:ap-southeast-1:${account}:repository/dhakacart-${stack}/*`
    const rolePolicy = (name: string) => statementsOf(one(graph, 'aws:iam/rolePolicy:RolePolicy', name))
    t.match(rolePolicy('image-cache'), [
      { Action: ['ecr:CreateRepository', 'ecr:TagResource'], Resource: own },
      {
        Action: ['kms:CreateGrant', 'kms:RetireGrant', 'kms:DescribeKey'],
        Resource: text(one(graph, 'aws:kms/key:Key', 'registry').outputs, 'arn'),
      },
    ])
    const [first, ...more] = rolePolicy('node-first-pull')
    t.match(first, {
      Action: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository', 'ecr:TagResource'],
      Resource: own,
    })
    t.strictSame(more, [])
    t.strictSame(ofType(graph, 'aws:ecr/registryPolicy:RegistryPolicy'), [], 'an account has one, so no stack owns it')
  })
}

t.test('a registry with a login is cached once the settings say that the login is there', async (t) => {
  const graph = await planned({ stack: 'prod', mode: 'applied', overrides: { imageLogins: ['docker-hub', 'github'] } })
  const secret = (name: string) => text(one(graph, 'aws:secretsmanager/secret:Secret', name).outputs, 'arn')
  const rules = ofType(graph, ruleType).filter(({ inputs }) => inputs.credentialArn !== undefined)
  t.strictSame(
    rules.map(({ inputs }) => [inputs.upstreamRegistryUrl, inputs.credentialArn]),
    [
      ['registry-1.docker.io', secret('docker-hub-login')],
      ['ghcr.io', secret('github-login')],
    ],
  )
  for (const { inputs } of rules) {
    t.match(inputs.credentialArn, /^arn:aws:secretsmanager:ap-southeast-1:222222222222:secret:ecr-pullthroughcache\//)
  }
  const names = secretTable.map(({ name }) => name)
  for (const { login } of upstreams) if (login) t.ok(names.includes(login.secret), `${login.secret} is declared`)
})

t.test('an image of others is named by its digest in our registry', (t) => {
  const stack = like('dhakacart-prod', ['docker-hub'])
  const ours = '222222222222.dkr.ecr.ap-southeast-1.amazonaws.com/dhakacart-prod'
  t.equal(
    cachedImage(stack, `quay.io/prometheus/prometheus:v3.1${digest}`),
    `${ours}/quay/prometheus/prometheus${digest}`,
  )
  t.equal(cachedImage(stack, `docker.io/grafana/loki${digest}`), `${ours}/docker-hub/grafana/loki${digest}`)
  t.throws(() => cachedImage(stack, 'quay.io/prometheus/prometheus:v3.1'), /must be named as registry\/path@sha256/)
  t.throws(() => cachedImage(stack, `busybox${digest}`), /must be named as registry\/path@sha256/)
  t.throws(() => cachedImage(stack, `ghcr.io/a/b${digest}`), /ghcr\.io, .*; add github to imageLogins/)
  t.throws(() => cachedImage(stack, `gcr.io/a/b${digest}`), /gcr\.io, .*; add it to registry\/upstreams\.ts/)
  t.throws(
    () => cachePrefix(like('dhakacart-a-long-name-of-a-stack'), { name: 'quay' }),
    /ECR allows 30: give the stack a shorter/,
  )
  t.end()
})
