import t from 'tap'
import { canReach, describeAnswer, reaches, strangerIn } from '../../plan/reach/inside.ts'
import { everybody, group, machine, network, rule, type Short, thing, worldOf } from './build.ts'

const all = { protocol: '-1', fromPort: 0, toPort: 0 }
const toAll = [{ ...all, ...everybody }]

t.test('both groups have to agree, on the port that is asked', async (t) => {
  const world = worldOf(
    ...network(),
    group('app', [], [rule(5432, { securityGroups: ['db'] })]),
    group('db', [rule(5432, { securityGroups: ['app'] })]),
    group('mute', [], []),
    machine('shop', 'net-public', ['app']),
    machine('database', 'net-private', ['db']),
    machine('quiet', 'net-private', ['mute']),
  )
  const [shop, database, quiet] = ['shop', 'database', 'quiet'].map((name) => thing(world, name)) as [
    never,
    never,
    never,
  ]
  t.match(
    describeAnswer(shop, database, canReach(shop, database, 5432)),
    /reaches Instance 'database' \(tcp 5432[\s\S]*SecurityGroup 'db'/,
  )
  t.match(describeAnswer(shop, database, canReach(shop, database, 22)), /cannot reach .* may send is not what/)
  t.match(canReach(database, shop).closed, /no group of Instance 'database' lets anything out/)
  t.match(canReach(quiet, database).closed, /lets anything out/)
  t.match(canReach(shop, quiet).closed, /lets anything out to/)
})

t.test('a stranger is stopped by the other side only', async (t) => {
  const world = worldOf(
    ...network(),
    group('half', [rule(443, { cidrBlocks: ['10.10.1.128/25'] })]),
    machine('box', 'net-private', ['half']),
  )
  const [open, shut] = world.subnets.map((subnet) => canReach(strangerIn(subnet), thing(world, 'box'), 443))
  t.equal(open?.flows.length, 1)
  t.match(shut?.closed, /no group of Instance 'box' admits anything put into Subnet 'net-private'/)
})

t.test('a rule that admits somebody unknown leaves a doubt', async (t) => {
  const world = worldOf(
    ...network(),
    group('db', [rule(443, { prefixListIds: ['pl-1'] }), rule(443, { securityGroups: ['sg-of-others'] })]),
    machine('box', 'net-private', ['db']),
  )
  const subnet = world.subnets[0]
  if (!subnet) throw new Error('there is no subnet')
  const answer = canReach(strangerIn(subnet), thing(world, 'box'))
  t.strictSame(answer.flows, [])
  t.match(answer.doubts.join(), /prefix list pl-1 \(not in this plan\).*group sg-of-others, which is not in this plan/)
  t.match(describeAnswer(strangerIn(subnet), thing(world, 'box'), answer), /not known: /)
})

t.test('a chain of groups is followed to its end', async (t) => {
  const world = worldOf(
    ...network(),
    group('edge', [rule(443, everybody)], toAll),
    group('app', [rule(8080, { securityGroups: ['edge'] })], toAll),
    group('db', [rule(5432, { securityGroups: ['app'] })], []),
    machine('web', 'net-public', ['edge']),
    machine('shop', 'net-private', ['app']),
    machine('database', 'net-private', ['db']),
    machine('other', 'net-private', ['none']),
    group('none', [], []),
  )
  const found = reaches(world, thing(world, 'web'))
  t.strictSame(
    found.map(({ to }) => to.resource.name),
    ['shop', 'database'],
  )
  t.strictSame(
    found.at(-1)?.answer.path.map((hop) => hop.at),
    ["Instance 'web'", "Instance 'shop'", "Instance 'shop'", "Instance 'database'"],
  )
})

t.test('ACLs between subnets are asked both ways', async (t) => {
  const entry = (action: string, cidrBlock: string, more = {}) => ({ ...all, ruleNo: 100, action, cidrBlock, ...more })
  const acl = (ingress: object[], egress: object[]) =>
    ['aws:ec2/networkAcl:NetworkAcl', 'acl', { vpcId: 'net', subnetIds: ['net-private'], ingress, egress }] as Short
  const reached = (...more: Short[]) => {
    const open = group('open', toAll, toAll)
    const world = worldOf(
      ...network(),
      open,
      machine('a', 'net-public', ['open']),
      machine('b', 'net-private', ['open']),
      ...more,
    )
    return canReach(thing(world, 'a'), thing(world, 'b'), 443).flows.length > 0
  }
  const world = entry('allow', '0.0.0.0/0')
  t.ok(reached())
  t.ok(reached(acl([world], [world])))
  t.notOk(reached(acl([], [world])))
  t.notOk(reached(acl([world], [])), 'no answer comes back')
  t.notOk(reached(acl([entry('allow', '10.10.2.0/24')], [world])), 'for its own subnet only')
  const apart: Short = [
    'aws:ec2/networkAclRule:NetworkAclRule',
    'apart',
    {
      networkAclId: 'acl',
      ruleNumber: 50,
      ruleAction: 'deny',
      protocol: '6',
      cidrBlock: '10.10.1.0/24',
      fromPort: 443,
      toPort: 443,
    },
  ]
  t.notOk(reached(acl([world], [world]), apart))
  const closed: Short = [
    'aws:ec2/defaultNetworkAcl:DefaultNetworkAcl',
    'closed',
    { defaultNetworkAclId: 'x', vpcId: 'net' },
  ]
  t.notOk(reached(closed), 'a default ACL that was taken over has no rules')
})

t.test('a peering connection joins two networks where both have a route', async (t) => {
  const peer: Short = ['aws:ec2/vpcPeeringConnection:VpcPeeringConnection', 'peer', { vpcId: 'net', peerVpcId: 'far' }]
  const route = (name: string, routeTableId: string, destinationCidrBlock: string): Short => [
    'aws:ec2/route:Route',
    name,
    { routeTableId, destinationCidrBlock, vpcPeeringConnectionId: 'peer' },
  ]
  const reached = (...more: Short[]) => {
    const world = worldOf(
      ...[...network(), ...network('far', 20), peer, ...more],
      ...[group('open', toAll, toAll), group('there', toAll, toAll, 'far')],
      ...[machine('a', 'net-private', ['open']), machine('b', 'far-private', ['there'])],
    )
    return canReach(thing(world, 'a'), thing(world, 'b'))
  }
  const [there, back] = [route('there', 'net-main', '10.20.0.0/16'), route('back', 'far-main', '10.10.0.0/16')]
  t.match(reached().closed, /share no network/)
  t.equal(reached(there).flows.length, 0, 'no way back')
  t.match(reached(there, back).path[0]?.because, /peer joins Vpc 'net' and Vpc 'far'/)
})

t.test('nodes stand where their NodeClass says, and pods apart from them', async (t) => {
  const world = worldOf(
    ...network(),
    ['aws:ec2/subnet:Subnet', 'pods', { vpcId: 'net', cidrBlock: '10.10.9.0/24', tags: { tier: 'pods' } }],
    [
      'aws:ec2/securityGroup:SecurityGroup',
      'pods',
      { vpcId: 'net', tags: { app: 'shop' }, egress: [rule(443, { cidrBlocks: ['10.10.2.0/24'] })] },
    ],
    [
      'aws:eks/cluster:Cluster',
      'cluster',
      { name: 'kube', vpcConfig: { subnetIds: ['net-private'] } },
      { vpcConfig: { clusterSecurityGroupId: 'own' } },
    ],
    [
      'kubernetes:eks.amazonaws.com/v1:NodeClass',
      'class',
      {
        spec: {
          subnetSelectorTerms: [{ id: 'net-private' }],
          securityGroupSelectorTerms: [{ tags: { 'aws:eks:cluster-name': 'kube' } }],
          podSubnetSelectorTerms: [{ tags: { tier: '*' } }],
          podSecurityGroupSelectorTerms: [{ tags: { app: 'shop' } }],
        },
      },
    ],
  )
  t.strictSame(world.undecided, [])
  const [nodes, pods] = world.things.filter((one) => one.resource.name === 'class')
  const api = thing(world, 'cluster')
  t.strictSame([nodes?.label, pods?.label], ["nodes of NodeClass 'class'", "pods of NodeClass 'class'"])
  t.equal(nodes && canReach(nodes, api, 443).flows.length, 1, 'by the group that admits itself')
  t.match(pods && canReach(pods, api, 443).closed, /no group of Cluster 'cluster' admits pods/)
})

t.test('what cannot be placed is told', async (t) => {
  const world = worldOf(
    ...network(),
    machine('lost', 'subnet-elsewhere', ['sg-elsewhere']),
    ['aws:rds/instance:Instance', 'database', { dbSubnetGroupName: 'none' }],
    ['aws:autoscaling/group:Group', 'fleet', { vpcZoneIdentifiers: ['net-private'], launchTemplate: { id: 'none' } }],
    ['aws:ec2/route:Route', 'route', { routeTableId: 'rtb-elsewhere', destinationCidrBlock: '10.0.0.0/33' }],
    [
      'aws:ec2/routeTableAssociation:RouteTableAssociation',
      'pair',
      { subnetId: 'net-private', routeTableId: 'rtb-elsewhere' },
    ],
    [
      'aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation',
      'main',
      { vpcId: 'vpc-elsewhere', routeTableId: 'net-out' },
    ],
    [
      'aws:ec2/securityGroupRule:SecurityGroupRule',
      'rule',
      { ...rule(22, everybody), protocol: 'tpc', type: 'ingress', securityGroupId: 'sg-elsewhere' },
    ],
    group('odd', [{ protocol: 'tpc', cidrBlocks: ['anywhere'] }]),
    ['aws:mq/broker:Broker', 'broker', { subnetIds: ['net-private'] }],
  )
  t.strictSame(world.undecided.map(({ urn, property }) => `${urn.split('::').at(-1)}.${property}`).sort(), [
    'database.dbSubnetGroupName',
    'database.subnetGroup',
    'fleet.launchTemplate.id',
    'lost.subnetId',
    'lost.subnetId',
    'lost.vpcSecurityGroupIds',
    'main.routeTableId',
    'odd.ingress[0].cidrBlocks',
    'odd.ingress[0].protocol',
    'pair.routeTableId',
    'route.destinationCidrBlock',
    'route.routeTableId',
    'rule.securityGroupId',
  ])
  t.strictSame(
    world.strange.map((one) => one.name),
    ['broker'],
  )
})
