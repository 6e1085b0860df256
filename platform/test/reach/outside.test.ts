import t from 'tap'
import { printAddresses } from '../../plan/reach/addresses.ts'
import { describeExposure, internetEgress, reachableFromInternet } from '../../plan/reach/outside.ts'
import { prove } from '../../plan/reach/proofs.ts'
import { everybody, graphOf, group, machine, network, rule, type Short, worldOf } from './build.ts'

const open = { associatePublicIpAddress: true }
const ssh = group('ssh', [rule(22, everybody)])
const exposed = (...shorts: Short[]) =>
  reachableFromInternet(worldOf(...network(), ...shorts)).exposures.map(describeExposure)

t.test('what is reached needs an address, a route and a rule', async (t) => {
  const reached = exposed(ssh, machine('box', 'net-public', ['ssh'], open))
  t.equal(reached.length, 1)
  t.match(reached[0], /the internet reaches Instance 'box' \(tcp 22 from the internet\)/)
  t.match(reached[0], /RouteTable 'net-out' sends 0\.0\.0\.0\/0 to InternetGateway 'net-gateway'/)
  t.match(reached[0], /a rule of SecurityGroup 'ssh': tcp 22/)
  t.strictSame(exposed(ssh, machine('box', 'net-public', ['ssh'])), [], 'without an address')
  t.strictSame(exposed(ssh, machine('box', 'net-private', ['ssh'], open)), [], 'without a route')
  t.strictSame(exposed(group('ssh', []), machine('box', 'net-public', ['ssh'], open)), [], 'without a rule')
  t.strictSame(
    exposed(group('ssh', [rule(22, { cidrBlocks: ['10.0.0.0/8'] })]), machine('box', 'net-public', ['ssh'], open)),
    [],
  )
})

t.test('network ACLs go by the order of their rules and keep no state', async (t) => {
  const acl = (ingress: object[], egress: object[]): Short =>
    ['aws:ec2/networkAcl:NetworkAcl', 'acl', { vpcId: 'net', subnetIds: ['net-public'], ingress, egress }] as Short
  const entry = (ruleNo: number, action: string, fromPort: number, toPort: number, cidrBlock = '0.0.0.0/0') => ({
    ruleNo,
    action,
    protocol: 'tcp',
    fromPort,
    toPort,
    cidrBlock,
  })
  const box = [ssh, machine('box', 'net-public', ['ssh'], open)]
  const answers = entry(100, 'allow', 1024, 65_535)
  t.equal(exposed(...box, acl([entry(100, 'allow', 22, 22)], [answers])).length, 1, 'there and back')
  t.strictSame(exposed(...box, acl([entry(100, 'allow', 22, 22)], [])), [], 'no answer comes back')
  t.strictSame(exposed(...box, acl([entry(100, 'allow', 80, 80)], [answers])), [], 'another port')
  t.strictSame(
    exposed(...box, acl([entry(90, 'deny', 0, 1023), entry(100, 'allow', 22, 22)], [answers])),
    [],
    'refused first',
  )
  t.equal(
    exposed(...box, acl([entry(110, 'deny', 0, 1023), entry(100, 'allow', 22, 22)], [answers])).length,
    1,
    'refused too late',
  )
  const half = exposed(...box, acl([entry(90, 'deny', 22, 22, '0.0.0.0/1'), entry(100, 'allow', 22, 22)], [answers]))
  t.match(half[0], /tcp 22 from 128\.0\.0\.0\//, 'only the other half')
})

t.test('addresses come by templates, interfaces and associations too', async (t) => {
  const nic = [{ associatePublicIpAddress: 'true', securityGroups: ['ssh'] }]
  const template: Short = ['aws:ec2/launchTemplate:LaunchTemplate', 'template', { networkInterfaces: nic }]
  const fleet: Short = [
    'aws:autoscaling/group:Group',
    'fleet',
    { vpcZoneIdentifiers: ['net-public'], launchTemplate: { id: 'template' } },
  ]
  t.match(exposed(ssh, template, fleet)[0], /Group 'fleet'/)
  const face: Short = [
    'aws:ec2/networkInterface:NetworkInterface',
    'face',
    { subnetId: 'net-public', securityGroups: ['ssh'] },
  ]
  const given: Short = ['aws:ec2/eipAssociation:EipAssociation', 'given', { networkInterfaceId: 'face' }]
  t.match(exposed(ssh, face, given)[0], /EipAssociation 'given' is its public address/)
  const bare: Short = ['aws:ec2/networkInterface:NetworkInterface', 'bare', { subnetId: 'net-public' }]
  const worn: Short = [
    'aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment',
    'worn',
    { networkInterfaceId: 'bare', securityGroupId: 'ssh' },
  ]
  t.match(
    exposed(ssh, bare, worn, ['aws:ec2/eip:Eip', 'eip', { networkInterface: 'bare' }])[0],
    /NetworkInterface 'bare'/,
  )
})

t.test('what names no group wears the default one, but a network load balancer wears none', async (t) => {
  const unnamed = machine('box', 'net-public', [], open)
  t.strictSame(exposed(unnamed), [], 'as AWS makes it, it admits itself only')
  const apart: Short = [
    'aws:ec2/securityGroupRule:SecurityGroupRule',
    'apart',
    { ...rule(22, everybody), type: 'ingress', securityGroupId: 'net-default' },
  ]
  t.match(exposed(unnamed, apart)[0], /the default group of Vpc 'net'/)
  const balancer: Short = [
    'aws:lb/loadBalancer:LoadBalancer',
    'balancer',
    { loadBalancerType: 'network', subnetMappings: [{ subnetId: 'net-public' }] },
  ]
  t.match(exposed(balancer)[0], /all traffic from[\s\S]*no security group stands in front of it/)
})

t.test('IPv6 is reached by IPv6', async (t) => {
  const v6: Short[] = [
    ['aws:ec2/subnet:Subnet', 'six', { vpcId: 'net', cidrBlock: '10.10.3.0/24', ipv6CidrBlock: '2406:da18:1:1::/64' }],
    [
      'aws:ec2/routeTable:RouteTable',
      'six',
      { vpcId: 'net', routes: [{ ipv6CidrBlock: '::/0', gatewayId: 'net-gateway' }] },
    ],
    ['aws:ec2/routeTableAssociation:RouteTableAssociation', 'six', { subnetId: 'six', routeTableId: 'six' }],
  ]
  const everySix = { ipv6CidrBlocks: ['::/1', '8000::/1'] }
  t.match(exposed(...v6, group('six', [rule(443, everySix)]), machine('box', 'six', ['six']))[0], /tcp 443 from/)
  t.strictSame(exposed(...v6, ssh, machine('box', 'six', ['ssh'])), [], 'a rule for IPv4 opens nothing')
  const out = [
    'aws:ec2/route:Route',
    'out',
    { routeTableId: 'six', destinationIpv6CidrBlock: '::/0', egressOnlyGatewayId: 'out' },
  ] as Short
  const half = worldOf(
    ...network(),
    ...v6.slice(0, 1),
    ['aws:ec2/routeTable:RouteTable', 'six', { vpcId: 'net' }],
    v6[2] as Short,
    out,
  )
  t.equal(reachableFromInternet(half).exposures.length, 0)
  t.equal(half.subnet('six') && internetEgress(half, half.subnet('six') as never)[0]?.leads, 'egressOnly')
})

t.test('CloudFront brings the internet to a balancer that has no public address', async (t) => {
  const inner: Short = [
    'aws:lb/loadBalancer:LoadBalancer',
    'inner',
    { internal: true, subnets: ['net-private'], securityGroups: ['ssh'] },
    { arn: 'arn:inner' },
  ]
  const origin: Short = [
    'aws:cloudfront/vpcOrigin:VpcOrigin',
    'origin',
    { vpcOriginEndpointConfig: { arn: 'arn:inner' } },
  ]
  t.strictSame(exposed(ssh, inner), [])
  t.match(exposed(ssh, inner, origin)[0], /VpcOrigin 'origin' brings the internet to it/)
})

t.test('the longest prefix decides where a packet goes', async (t) => {
  const nat: Short = ['aws:ec2/natGateway:NatGateway', 'nat', { subnetId: 'net-public' }]
  const own = (name: string, inputs: object): Short => [
    'aws:ec2/route:Route',
    name,
    { routeTableId: 'net-main', ...inputs },
  ]
  const world = worldOf(
    ...network(),
    nat,
    own('all', { destinationCidrBlock: '0.0.0.0/0', natGatewayId: 'nat' }),
    own('half', { destinationCidrBlock: '128.0.0.0/1', transitGatewayId: 'tgw-1' }),
    ['aws:ec2/managedPrefixList:ManagedPrefixList', 'list', { entries: [{ cidr: '198.51.100.0/24' }] }],
    own('listed', { destinationPrefixListId: 'list', gatewayId: 'net-gateway' }),
  )
  t.equal(world.undecided.length, 0)
  const ways = internetEgress(world, world.subnets.find((one) => one.resource.name === 'net-private') as never)
  const to = (leads: string) => ways.filter((way) => way.leads === leads).map((way) => printAddresses(way.destinations))
  t.strictSame(to('internet'), [['198.51.100.0/24']])
  t.notOk(
    to('nat')
      .flat()
      .some((block) => Number(block.split('.')[0]) >= 128),
  )
  t.ok(to('elsewhere').flat().includes('128.0.0.0/2'), 'an unknown way is told, not dropped')
})

t.test('routes of unknown destination may lead anywhere', async (t) => {
  const unknown: Short = [
    'aws:ec2/route:Route',
    'unknown',
    { routeTableId: 'net-main', destinationPrefixListId: 'pl-1', gatewayId: 'net-gateway' },
  ]
  const vpn: Short = [
    'aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation',
    'vpn',
    { routeTableId: 'net-main', vpnGatewayId: 'vgw-1' },
  ]
  const world = worldOf(...network(), unknown, vpn)
  const ways = internetEgress(world, world.subnets.find((one) => one.resource.name === 'net-private') as never)
  t.strictSame(ways.map((way) => way.leads).sort(), ['elsewhere', 'internet'])
})

t.test('nothing holds over nothing, over unknowns or over a preview', async (t) => {
  const settings = {
    availabilityZones: [],
    clusterPublicAccessCidrs: [],
    natGateways: 'one',
    accountId: '1',
    deployerPrincipals: [],
    githubRepository: '',
  } as never
  for (const outcome of prove(graphOf(), settings)) t.notOk(outcome.holds, outcome.name)
  const unknown = group('secret', [rule(22, { cidrBlocks: { $unknown: true } })])
  const outcomes = prove(graphOf(...network(), unknown, machine('box', 'net-public', ['secret'], open)), settings)
  const proof = outcomes.find((one) => one.name === 'nothing-from-internet')
  t.equal(proof?.holds, false)
  t.strictSame(proof?.findings, [])
  t.strictSame(proof?.undecided, ["SecurityGroup 'secret': ingress[0].cidrBlocks is not known before `up`"])
  t.throws(() => prove({ ...graphOf(), mode: 'preview' }, settings), /wants the applied graph/)
})
