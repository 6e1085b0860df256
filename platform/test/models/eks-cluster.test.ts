import * as eks from '@pulumi/eks'
import * as pulumi from '@pulumi/pulumi'
import t from 'tap'
import type { Graph, Mode } from '../../plan/graph.ts'
import { plan } from '../../plan/index.ts'
import { readClusterArgs } from '../../plan/models/eks-args.ts'
import { ModelError } from '../../plan/models/model.ts'
import { invokes } from './cases.ts'

const base: eks.ClusterArgs = { vpcId: 'vpc-1', privateSubnetIds: ['subnet-1'], authenticationMode: 'API' }
const small: Partial<eks.ClusterArgs> = {
  ...{ skipDefaultSecurityGroups: true, skipDefaultNodeGroup: true, createInstanceRole: false },
  ...{ corednsAddonOptions: { enabled: false }, kubeProxyAddonOptions: { enabled: false }, useDefaultVpcCni: true },
}

/** A cluster and nothing else. */
const cluster = (args: Partial<eks.ClusterArgs>, mode: Mode = 'preview') =>
  plan({
    stack: 'staging',
    mode,
    invokes,
    program: async () => {
      const made = new eks.Cluster('main', { ...base, ...args })
      const method = made.getKubeconfig({ profileName: 'laptop' }).result
      return { json: made.kubeconfigJson, method, group: made.clusterSecurityGroupId, node: made.autoModeNodeRoleName }
    },
  })

const kinds = (graph: Graph): string[] =>
  graph.resources
    .filter((resource) => resource.modelled)
    .map(({ type }) => type.split(':').at(-1) ?? '')
    .sort()

const one = (graph: Graph, type: string) => graph.resources.find((resource) => resource.type === type)

t.test('the smallest cluster', async (t) => {
  const graph = await cluster(small)
  t.strictSame(kinds(graph), ['Cluster', 'Role', 'RolePolicyAttachment', 'ServiceRole', 'kubernetes'])
  const made = one(graph, 'aws:eks/cluster:Cluster')
  t.match(made?.inputs.accessConfig, { bootstrapClusterCreatorAdminPermissions: true })
  t.strictSame(made?.ignoreChanges, [
    'accessConfig.bootstrapClusterCreatorAdminPermissions',
    'bootstrapSelfManagedAddons',
  ])
  t.match(made?.dependencies, [/iam\/role:Role::main-eksRole-role$/, /RolePolicyAttachment::main-eksRole-/])
})

t.test('what Auto Mode brings along unless it is told not to', async (t) => {
  const loose = kinds(await cluster({ autoMode: { enabled: true } }))
  const tight = kinds(await cluster({ ...small, autoMode: { enabled: true, createNodeRole: false } }))
  const count = (rows: string[], kind: string) => rows.filter((row) => row === kind).length
  t.equal(loose.length, 21)
  for (const kind of ['InstanceProfile', 'AccessEntry', 'Addon']) {
    t.equal(count(loose, kind), 1, kind)
    t.equal(count(tight, kind), 0, kind)
  }
  t.strictSame([count(loose, 'ServiceRole'), count(tight, 'ServiceRole')], [3, 1])
  t.equal(count(tight, 'RolePolicyAttachment'), 5)
})

t.test('default security groups let everything out', async (t) => {
  const graph = await cluster({ ...small, skipDefaultSecurityGroups: false })
  const rules = graph.resources.filter(({ type }) => type === 'aws:ec2/securityGroupRule:SecurityGroupRule')
  t.equal(rules.length, 6)
  t.equal(rules.filter(({ inputs }) => inputs.type === 'egress').length, 2)
})

t.test('the kubeconfig is unknown before the cluster stands, and whole after', async (t) => {
  const credentials = {
    providerCredentialOpts: { roleArn: 'arn:aws:iam::111111111111:role/deployer', profileName: 'mine' },
  }
  const preview = await cluster({ ...small, ...credentials })
  t.strictSame([preview.outputs.json, preview.outputs.method], [{ $unknown: true }, { $unknown: true }])
  const applied = await cluster({ ...small, ...credentials }, 'applied')
  const { json, method } = applied.outputs
  if (typeof json !== 'string' || typeof method !== 'string') throw new Error('A kubeconfig is not text')
  const argsOf = (text: string): string[] => JSON.parse(text).users[0].user.exec.args
  t.strictSame(argsOf(json).slice(-2), ['--role', 'arn:aws:iam::111111111111:role/deployer'])
  t.strictSame(argsOf(method).slice(-2), ['--profile', 'laptop'])
  t.strictSame(argsOf(json).slice(0, 2), ['--region', 'ap-southeast-1'])
  const own = String(one(applied, 'pulumi:providers:kubernetes')?.inputs.kubeconfig)
  t.strictSame(argsOf(own).slice(-2), ['--profile', 'mine'], "the component's own provider uses the profile as well")
})

t.test('an open endpoint needs the public one', async (t) => {
  await t.rejects(cluster({ ...small, endpointPublicAccess: false, publicAccessCidrs: ['203.0.113.7/32'] }), {
    message: /publicAccessCidrs needs endpointPublicAccess/,
  })
})

t.test('both ways of translating addresses at once', async (t) => {
  const vpcCniOptions = { addonVersion: 'v1', externalSnat: true, cniExternalSnat: true }
  await t.rejects(cluster({ ...small, useDefaultVpcCni: false, vpcCniOptions }), {
    message: /externalSnat cannot stand/,
  })
})

/** What the model refuses, and the words that name it. */
const wrong: [string, Record<string, unknown>][] = [
  ["authenticationMode is 'CONFIG_MAP'", { authenticationMode: 'CONFIG_MAP' }],
  ["authenticationMode is 'undefined'", { authenticationMode: undefined }],
  ['skipDefaultNodeGroup must be true', { skipDefaultNodeGroup: undefined }],
  ['skipDefaultSecurityGroups must be a plain value', { skipDefaultSecurityGroups: pulumi.output(true) }],
  ['fargate is beyond the model', { fargate: true }],
  ['createOidcProvider is beyond the model', { createOidcProvider: true }],
  ['roleMappings must be empty', { roleMappings: [{}] }],
  ['vpcId must be given', { vpcId: undefined }],
  ['subnetIds cannot stand beside', { subnetIds: ['subnet-2'] }],
  ['vpcCniOptions.securityContextPrivileged is beyond', { vpcCniOptions: { securityContextPrivileged: true } }],
  ['storageClasses is an argument that the model does not know', { storageClasses: 'gp3' }],
  ['instanceRole is an argument that the model does not know', { instanceRole: {} }],
]

for (const [sentence, args] of wrong)
  t.test(`refused by name: ${sentence}`, async (t) => {
    const run = () => readClusterArgs({ ...base, ...small, ...args })
    t.throws(run, ModelError)
    t.throws(run, { message: new RegExp(`^eks:index:Cluster: ${sentence}`) })
  })
