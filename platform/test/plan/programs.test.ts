import t from 'tap'
import { named, planOf } from './helpers/programs.ts'

const unknown = { $unknown: true }
const urn = (type: string, name: string) => `urn:pulumi:staging::dhakacart::${type}::${name}`

t.test('options', async (t) => {
  const graph = await planOf('options', 'applied')
  t.equal(graph.resources.length, 11)
  t.match(named(graph, 'optioned'), {
    provider: new RegExp(`^${urn('pulumi:providers:aws', 'named')}::[0-9a-f-]{36}$`),
    dependencies: [urn('aws:sns/topic:Topic', 'by-default')],
    retainOnDelete: true,
    deleteBeforeReplace: true,
    deletedWith: urn('aws:sns/topic:Topic', 'by-default'),
    ignoreChanges: ['tags', 'description'],
    replaceOnChanges: ['path'],
    timeouts: { create: '5m', delete: '1h' },
    version: '7.47.0',
    pluginDownloadUrl: 'https://plugins.example',
    source: { file: 'platform/test/plan/programs/options.ts', line: 11 },
  })
  t.strictSame(named(graph, 'optioned').aliases, [
    { name: 'old', parent: urn('pulumi:pulumi:Stack', 'dhakacart-staging') },
    { type: 'aws:iam/role:OldRole', noParent: true },
    'urn:pulumi:other::p::t:i:T::n',
  ])
  t.match(graph.outputs, { role: /^arn:aws:iam::333333333333:role\/optioned-/, unique: { $secret: /^AROA/ } })
  t.equal(named(graph, 'by-default').provider, undefined, 'a default provider is left to the engine')
  t.match(named(graph, 'child'), { urn: urn('test:index:Box$aws:kms/key:Key', 'child'), protect: true })
  t.match(named(graph, 'freed'), { protect: false, inputs: { targetKeyId: named(graph, 'child').id } })
  t.equal(named(graph, 'imported').importId, 'r:p')
})

t.test('a resource with a region of its own stands there, whatever its provider says', async (t) => {
  const graph = await planOf('options', 'applied')
  t.equal(named(graph, 'elsewhere').outputs.arn, 'arn:aws:sns:ap-south-1:333333333333:elsewhere')
  t.equal(named(graph, 'optioned').outputs.region, undefined, 'a role stands in none')
  t.match(named(graph, 'elsewhere-key').outputs, { region: 'ap-south-1', arn: /^arn:aws:kms:ap-south-1:333333333333:/ })
  t.equal(named(graph, 'elsewhere-vault').inputs.kmsKeyArn, named(graph, 'elsewhere-key').outputs.arn)
  t.equal(graph.outputs.vault, 'arn:aws:backup:ap-south-1:333333333333:backup-vault:vault')
})

t.test('dependencies, property by property', async (t) => {
  for (const mode of ['preview', 'applied'] as const) {
    const graph = await planOf('dependencies', mode)
    t.equal(graph.resources.length, 10)
    const [key, topic, role] = [
      urn('aws:kms/key:Key', 'key'),
      urn('aws:sns/topic:Topic', 'topic'),
      urn('aws:iam/role:Role', 'role'),
    ]
    const pair = ['first', 'second'].map((name) => urn('test:index:Pair$aws:sns/topic:Topic', name))
    t.strictSame(named(graph, 'policy').propertyDependencies, { policy: [key, topic], role: [role] })
    t.strictSame(named(graph, 'policy').dependencies, [role, key, topic, ...pair].sort(), 'with what a component holds')
    t.strictSame(named(graph, 'group').propertyDependencies, { description: [], tags: [key], vpcId: [] })
    t.match(named(graph, 'group').inputs.tags, { key: mode === 'preview' ? unknown : /^[0-9a-f-]{36}$/, fixed: 'yes' })
  }
})

t.test('secrets', async (t) => {
  const graph = await planOf('secrets', 'applied')
  t.equal(graph.resources.length, 4)
  t.strictSame(named(graph, 'secret').inputs.value, { $secret: 'swordfish' })
  t.strictSame(named(graph, 'topic').inputs.displayName, { $secret: 'postgres://shop:swordfish@db' })
  t.match(named(graph, 'queue').inputs, { policy: { $secret: /^\{"to":"arn:aws:sns:/ } })
  t.match(graph.outputs, {
    url: { $secret: /swordfish/ },
    parameter: { $secret: 'swordfish' },
    arn: { $secret: /^arn/ },
  })
  const preview = await planOf('secrets', 'preview')
  t.strictSame(
    named(preview, 'queue').inputs.policy,
    { $secret: unknown },
    'additionalSecretOutputs are secret before they are known',
  )
})

t.test('objects of Kubernetes', async (t) => {
  const preview = await planOf('kubernetes', 'preview')
  t.equal(preview.resources.length, 13)
  const container = (name: string, graph = preview) =>
    named(graph, `${name}-shop`).inputs as { spec: { template: { spec: Record<string, unknown> } } }
  t.match(container('known').spec.template.spec, {
    serviceAccountName: /^known-account-[0-9a-f]{8}$/,
    containers: [{ envFrom: [{ configMapRef: { name: /^known-config-[0-9a-f]{8}$/ } }] }],
  })
  t.match(named(preview, 'known-config').outputs.metadata, { namespace: 'shop' })
  t.match(named(preview, 'known-account').outputs.metadata, { namespace: 'known-space' })
  t.notOk('namespace' in (named(preview, 'known-space').outputs.metadata as object), 'a namespace stands in none')
  t.strictSame(named(preview, 'known-config').autonamed, ['metadata.name'])
  t.match(preview.outputs, { chart: /^chart-[0-9a-f]{8}$/, status: unknown })
  t.match(container('unknown').spec.template.spec, {
    serviceAccountName: unknown,
    containers: [{ envFrom: [{ configMapRef: { name: unknown } }] }],
  })
  t.strictSame(named(preview, 'unknown-config').outputs, {})
  t.strictSame(named(preview, 'unknown-config').autonamed, [])

  const applied = await planOf('kubernetes', 'applied')
  t.match(container('unknown', applied).spec.template.spec, { serviceAccountName: /^unknown-account-[0-9a-f]{8}$/ })
  t.match(named(applied, 'unknown-config').id, /^default\/unknown-config-[0-9a-f]{8}$/)
  t.strictSame(applied.outputs.status, unknown)
  t.strictSame(applied.notMadeUp, ['kubernetes:helm.sh/v3:Release.status'])
})

t.test('transforms', async (t) => {
  const graph = await planOf('transforms', 'preview')
  t.equal(graph.resources.length, 6)
  t.equal(named(graph, 'plain').inputs.displayName, 'plain-inner-outer-stack')
  t.match(named(graph, 'own'), { inputs: { displayName: 'changed-inner-outer-stack' }, protect: true })
  t.strictSame(named(graph, 'plain').propertyDependencies.kmsMasterKeyId, [urn('aws:kms/key:Key', 'key')])
  t.ok(named(graph, 'own').dependencies.includes(urn('aws:kms/key:Key', 'key')))
  t.strictSame(graph.outputs.echo, { said: 'hello', also: 'transformed' })
  t.strictSame(graph.invokes, [{ token: 'test:index:echo', args: { said: 'hello', also: 'transformed' } }])
})

t.test('what exists outside of the stack', async (t) => {
  const preview = await planOf('reads', 'preview')
  t.equal(preview.resources.length, 6)
  t.match(named(preview, 'vpc'), { read: true, id: 'vpc-1' })
  t.match(named(preview, 'subnet').inputs, { vpcId: 'vpc-1', cidrBlock: unknown })
  t.match(preview.outputs, {
    shared: 'vpc-shared',
    missing: unknown,
    zone: 'eu-west-1a',
    account: '333333333333',
    late: unknown,
  })
  t.match(preview.messages, [{ severity: 'info', text: /organization\/nothing\/prod/ }])
  const applied = await planOf('reads', 'applied')
  t.match(applied.outputs, { late: { said: 'late' }, missing: unknown })
  t.ok(applied.notMadeUp.includes('aws:ec2/vpc:Vpc.cidrBlock'))
})

t.test('components that a plugin builds', async (t) => {
  const preview = await planOf('components', 'preview')
  t.equal(preview.resources.length, 8)
  t.match(named(preview, 'modelled'), { remote: true, modelled: false, insideNotSeen: false, protect: true })
  t.match(named(preview, 'modelled').inputs, { key: unknown, secret: { $secret: 'swordfish' } })
  t.match(named(preview, 'modelled-topic'), {
    modelled: true,
    urn: urn('test:index:Modelled$aws:sns/topic:Topic', 'modelled-topic'),
    protect: true,
    inputs: { displayName: 'transformed' },
    source: named(preview, 'modelled').source,
  })
  t.match(named(preview, 'modelled-queue').inputs, { tags: { secret: { $secret: 'swordfish' } } })
  t.match(named(preview, 'modelled-queue').propertyDependencies, {})
  t.match(named(preview, 'opaque'), { remote: true, insideNotSeen: true, modelled: false })
  t.strictSame(preview.outputs, { greeting: 'Hello, Dhaka', topic: unknown, unknown })

  const applied = await planOf('components', 'applied')
  t.match(named(applied, 'user').inputs, { displayName: /^https:\/\/sqs\.eu-west-1/, kmsMasterKeyId: unknown })
  t.match(applied.outputs, { topic: /^arn:aws:sns:eu-west-1:333333333333:/, unknown })
  const sources = ['modelled-queue', 'modelled'].map((name) => named(applied, name).urn)
  t.strictSame(named(applied, 'user').propertyDependencies.displayName, sources)
  t.strictSame(applied.notMadeUp, ['test:index:Opaque.address'])
})

t.test('a package that is made by a parameter, and hooks', async (t) => {
  const packages = await planOf('packages', 'preview')
  t.equal(packages.resources.length, 2)
  t.match(named(packages, 'pet'), { type: 'random:index:Pet', inputs: { length: 2 } })
  t.equal(named(packages, 'pet').version, undefined, 'the package says it')
  const hooks = await planOf('hooks', 'preview')
  t.equal(hooks.resources.length, 2)
})
