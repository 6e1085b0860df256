import t from 'tap'
import type { Properties } from '../plan/graph.ts'
import { counts, madeBy, ofType, one, planned, statementsOf, text } from './harness/graphs.ts'

for (const { stack, account, people } of [
  { stack: 'staging', account: '111111111111', people: 1 },
  { stack: 'prod', account: '222222222222', people: 3 },
]) {
  const prefix = `dhakacart-${stack}`
  const door = () => planned({ stack, mode: 'applied' })

  t.test(`${stack}: the door is one host and what it needs`, async (t) => {
    t.strictSame(counts(madeBy(await door(), 'Door')), {
      'aws:autoscaling/group:Group': 1,
      'aws:ec2/launchTemplate:LaunchTemplate': 1,
      'aws:ec2/securityGroup:SecurityGroup': 1,
      'aws:iam/instanceProfile:InstanceProfile': 1,
      'aws:iam/policy:Policy': 1,
      'aws:iam/role:Role': 1,
      'aws:iam/rolePolicy:RolePolicy': 1,
      'aws:iam/rolePolicyAttachment:RolePolicyAttachment': people,
      'aws:ssm/document:Document': 1,
      'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule': 1,
    })
  })

  t.test(`${stack}: the host has no address, no key, no way in, and no old metadata service`, async (t) => {
    const graph = await door()
    const { inputs } = one(graph, 'aws:ec2/launchTemplate:LaunchTemplate', 'door')
    const groups = ['door', 'cluster-clients'].map((name) => one(graph, 'aws:ec2/securityGroup:SecurityGroup', name).id)
    t.match(inputs, {
      imageId: /^resolve:ssm:\/aws\/service\/ami-amazon-linux-latest\/al2023-.*-arm64$/,
      metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
      networkInterfaces: [{ associatePublicIpAddress: 'false', securityGroups: groups }],
      blockDeviceMappings: [
        { ebs: { encrypted: 'true', kmsKeyId: text(one(graph, 'aws:kms/key:Key', 'volumes').outputs, 'arn') } },
      ],
    })
    t.strictSame([inputs.keyName, inputs.userData, inputs.vpcSecurityGroupIds], [undefined, undefined, undefined])
    const group = one(graph, 'aws:autoscaling/group:Group', 'door')
    const nodes = ofType(graph, 'aws:ec2/subnet:Subnet').filter(({ name }) => name.includes('nodes'))
    t.match(group.inputs, { minSize: 1, maxSize: 1, maxInstanceLifetime: 604_800, name: graph.outputs.doorGroupName })
    t.strictSame(
      group.inputs.vpcZoneIdentifiers,
      nodes.map(({ id }) => id),
      'private subnets, one for each zone',
    )
    const rules = graph.resources.filter(
      ({ type, inputs }) => /[sS]ecurityGroup.*Rule/.test(type) && inputs.securityGroupId === groups[0],
    )
    t.strictSame(
      rules.map(({ type, inputs }) => [type.split(':').at(-1), inputs.ipProtocol, inputs.fromPort, inputs.toPort]),
      [['SecurityGroupEgressRule', 'tcp', 443, 443]],
    )
  })

  t.test(`${stack}: the host's role speaks to Session Manager and reads no parameter`, async (t) => {
    const graph = await door()
    const statements = statementsOf(one(graph, 'aws:iam/rolePolicy:RolePolicy', 'door'))
    t.strictSame(statements.flatMap(({ Action }) => Action).sort(), [
      'ssm:UpdateInstanceInformation',
      ...['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map(
        (name) => `ssmmessages:${name}`,
      ),
    ])
    const attached = ofType(graph, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment')
    t.notOk(
      attached.some(({ inputs }) => inputs.role === `${prefix}-door`),
      'no policy of AWS beside it',
    )
  })

  t.test(`${stack}: a session forwards a port to the Kubernetes API and to nothing else`, async (t) => {
    const graph = await door()
    const document = one(graph, 'aws:ssm/document:Document', 'to-cluster')
    const content = JSON.parse(text(document.inputs, 'content'))
    t.match(content, {
      sessionType: 'Port',
      properties: {
        type: 'LocalPortForwarding',
        host: new URL(text(graph.outputs, 'clusterEndpoint')).host,
        portNumber: '443',
        localPortNumber: '{{ localPortNumber }}',
      },
    })
    t.strictSame(Object.keys(content.parameters), ['localPortNumber'], 'the caller chooses neither host nor port')
  })

  t.test(`${stack}: people may start that session on that host, and end their own`, async (t) => {
    const graph = await door()
    const statements = statementsOf(one(graph, 'aws:iam/policy:Policy', 'connect'))
    t.equal(statements.length, 4)
    const start = statements.filter(({ Action }) => Action === 'ssm:StartSession')
    t.strictSame(
      start.map(({ Resource }) => Resource),
      [
        `arn:aws:ec2:ap-southeast-1:${account}:instance/*`,
        `arn:aws:ssm:ap-southeast-1:${account}:document/${graph.outputs.doorDocumentName}`,
      ],
    )
    t.strictSame(start[0]?.Condition, {
      StringEquals: { 'ssm:resourceTag/dhakacart:door': prefix },
      BoolIfExists: { 'ssm:SessionDocumentAccessCheck': 'true' },
    })
    const template = one(graph, 'aws:ec2/launchTemplate:LaunchTemplate', 'door')
    const tags = template.inputs.tagSpecifications as { resourceType: string; tags: Properties }[]
    t.equal(tags.find(({ resourceType }) => resourceType === 'instance')?.tags['dhakacart:door'], prefix)
    const own = statements.find(({ Sid }) => Sid === 'OwnSessions')
    t.strictSame(own?.Condition, { StringEquals: { 'ssm:resourceTag/aws:ssmmessages:session-id': `\${aws:userid}` } })
    const wide = statements.filter(({ Resource }) => Resource === '*')
    t.strictSame(
      wide.map(({ Action }) => Action),
      ['ec2:DescribeInstances'],
    )
  })
}

t.test('without the setting there is no door, and no way but the runner', async (t) => {
  const graph = await planned({ stack: 'prod', mode: 'applied', overrides: { door: false } })
  t.ok(graph.resources.length > 100)
  t.strictSame(madeBy(graph, 'Door'), [])
  t.strictSame([graph.outputs.doorGroupName, graph.outputs.doorConnectPolicyArn], [null, null])
})
