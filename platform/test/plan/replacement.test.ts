import { readFile } from 'node:fs/promises'
import t from 'tap'
import type { Value } from '../../plan/graph.ts'
import { plan } from '../../plan/index.ts'
import { effectOf, type Rules, replacement } from '../../plan/replacement.ts'
import { hasProperty } from '../../plan/schemas.ts'

interface Extract {
  source: string
  types: Record<string, { createOnly: string[]; conditional: string[] }>
}

const extract = JSON.parse(
  await readFile(new URL('../../plan/replacement/cloudformation.json', import.meta.url), 'utf8'),
) as Extract

const camel = (path: string): string =>
  path
    .split('/')
    .map((part) => part.slice(0, 1).toLowerCase() + part.slice(1))
    .join('.')

/** What the second source says otherwise, each as a sentence; those that the row explains are left out. */
function disagreements(type: string, rules: Rules): string[] {
  const { cloudFormation, differs = {} } = rules
  const twin = cloudFormation && extract.types[cloudFormation.type]
  if (!cloudFormation || !twin) return []
  const named = (path: string) => cloudFormation.names?.[path] ?? camel(path)
  const createOnly = twin.createOnly.map(named).filter((path) => hasProperty(type, path.split('.')[0] ?? ''))
  const conditional = new Set([...(rules.conditions ?? []).map(({ path }) => path), ...twin.conditional.map(named)])
  const missing = createOnly.filter((path) => !rules.replace.includes(path) && !(path in differs))
  const extra = rules.replace.filter(
    (path) => !createOnly.includes(path) && !conditional.has(path) && !(path in differs),
  )
  return [
    ...missing.map((path) => `${type} ${path}: CloudFormation replaces, the table does not`),
    ...extra.map((path) => `${type} ${path}: the table replaces, CloudFormation does not`),
  ]
}

t.test('the table agrees with a second source, or says why it does not', async (t) => {
  t.match(extract.source, /CloudFormation.*dated \d{4}-\d{2}-\d{2}/)
  const compared = Object.entries(replacement).filter(([, { cloudFormation }]) => cloudFormation)
  t.ok(compared.length > 30, `${compared.length} types have a twin`)
  for (const [type, rules] of compared) t.strictSame(disagreements(type, rules), [], type)
})

t.test('a wrong row is found', async (t) => {
  let seeded = 0
  for (const [type, rules] of Object.entries(replacement)) {
    if (!rules.cloudFormation) continue
    const explained = new Set([
      ...Object.keys(rules.differs ?? {}),
      ...(rules.conditions ?? []).map(({ path }) => path),
    ])
    const twin = extract.types[rules.cloudFormation.type]
    const conditional = new Set(twin?.conditional.map((path) => rules.cloudFormation?.names?.[path] ?? camel(path)))
    for (const path of rules.replace.filter((row) => !explained.has(row) && !conditional.has(row))) {
      const wrong = { ...rules, replace: rules.replace.filter((row) => row !== path), update: [...rules.update, path] }
      t.strictSame(disagreements(type, wrong), [`${type} ${path}: CloudFormation replaces, the table does not`])
      seeded += 1
    }
    for (const path of rules.update.filter((row) => !explained.has(row) && !conditional.has(row))) {
      const wrong = { ...rules, replace: [...rules.replace, path], update: rules.update.filter((row) => row !== path) }
      t.strictSame(disagreements(type, wrong), [`${type} ${path}: the table replaces, CloudFormation does not`])
      seeded += 1
    }
  }
  t.ok(seeded > 150, `${seeded} wrong rows`)
})

t.test('every row is about a property that the type has, and has a source', async (t) => {
  for (const [type, rules] of Object.entries(replacement)) {
    t.not(rules.source, '', type)
    if (!type.startsWith('aws:')) continue
    const tops = [...rules.replace, ...rules.update].map((path) => path.split('.')[0] ?? '')
    t.strictSame(
      tops.filter((top) => !hasProperty(type, top)),
      [],
      type,
    )
    t.strictSame(
      rules.replace.filter((path) => rules.update.includes(path)),
      [],
      `${type}: each property has one row`,
    )
  }
})

function* leaves(value: Value, path: string): Generator<string> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* leaves(item, `${path}[${index}]`)
  } else if (typeof value === 'object' && value !== null && !Object.keys(value).some((key) => key.startsWith('$'))) {
    for (const [key, item] of Object.entries(value)) yield* leaves(item, path === '' ? key : `${path}.${key}`)
  } else yield path
}

t.test('nothing that our program sets is unknown to the table', async (t) => {
  const github = {
    githubRepository: 'dhakacart/shop',
    githubActorIds: ['1'],
    githubConnectionArn: `arn:aws:codeconnections:ap-southeast-1:222222222222:connection/00000000-0000-0000-0000-000000000000`,
  }
  for (const [stack, overrides] of [
    ['staging', {}],
    ['prod', github],
  ] as const) {
    const { resources } = await plan({ stack, mode: 'applied', overrides })
    const custom = resources.filter((resource) => resource.custom)
    t.ok(custom.length > 100, `${stack}: ${custom.length} resources`)
    const unknown = custom.flatMap(({ type, inputs }) =>
      [...leaves(inputs, '')]
        .filter((path) => effectOf(type, { path, old: 1, now: 2, inputs: {} }).effect === 'unknown')
        .map((path) => `${type} ${path}`),
    )
    t.strictSame([...new Set(unknown)].sort(), [])
  }
})

t.test('a change says what it does', async (t) => {
  const effect = (type: string, path: string, old: unknown, now: unknown, inputs = {}) =>
    effectOf(type, { path, old, now, inputs }).effect
  const cluster = 'aws:eks/cluster:Cluster'
  t.equal(effect(cluster, 'version', '1.35', '1.36'), 'update')
  t.equal(effect(cluster, 'kubernetesNetworkConfig.serviceIpv4Cidr', 'a', 'b'), 'replace')
  t.equal(effect(cluster, 'kubernetesNetworkConfig', {}, undefined), 'replace', 'what takes a replacing property along')
  t.equal(effect(cluster, 'encryptionConfig', {}, undefined), 'replace', 'encryption taken away')
  t.equal(effect(cluster, 'encryptionConfig', undefined, {}), 'update', 'encryption added')
  t.equal(effect(cluster, 'computeConfig.nodeRoleArn', undefined, 'b'), 'update')
  t.equal(effect(cluster, 'computeConfig.nodeRoleArn', 'a', 'b'), 'replace')
  t.equal(effect(cluster, 'tags.owner', 'a', 'b'), 'update')
  t.equal(effect(cluster, 'region', 'a', 'b'), 'replace')
  t.equal(effect(cluster, 'somethingNew', 1, 2), 'unknown')
  t.equal(effect('aws:somewhere/new:Thing', 'name', 'a', 'b'), 'unknown')
  t.equal(effect('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule', 'cidrIpv4', 'a', 'b'), 'update')
  t.equal(effect('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule', 'cidrIpv4', 'a', undefined), 'replace')
  t.equal(effect('aws:ec2/vpcEndpoint:VpcEndpoint', 'subnetIds[0]', 'a', 'b'), 'update')
  t.equal(effect('kubernetes:apps/v1:Deployment', 'spec.selector.matchLabels.app', 'a', 'b'), 'replace')
  t.equal(effect('kubernetes:apps/v1:Deployment', 'spec.replicas', 1, 2), 'update')
  t.equal(effect('kubernetes:karpenter.sh/v1:NodePool', 'metadata.name', 'a', 'b'), 'replace')
  const provider = 'pulumi:providers:kubernetes'
  t.equal(effect(provider, 'kubeconfig', 'a', 'b', { clusterIdentifier: 'x' }), 'update')
  t.equal(effect(provider, 'kubeconfig', 'a', 'b'), 'replace')
})
