import type * as awsx from '@pulumi/awsx'
import t from 'tap'
import { formatBlock, parseBlock } from '../../plan/models/cidr.ts'
import { ModelError } from '../../plan/models/model.ts'
import { gapsBetween, planSubnets, zoneSuffix } from '../../plan/models/subnet-layout.ts'
import { checkElasticIps, readVpcArgs } from '../../plan/models/vpc-args.ts'

const zones = ['ap-southeast-1a', 'ap-southeast-1b', 'ap-southeast-1c']

/** The layout as lines `name block`, for so many zones. */
function layout(args: awsx.ec2.VpcArgs, count = 2, cidr = '10.0.0.0/16') {
  const { subnets } = planSubnets('net', { natGateways: { strategy: 'None' }, ...args }, cidr, zones.slice(0, count))
  return subnets.map(({ resourceName, block }) => `${resourceName} ${formatBlock(block)}`)
}

// The plugin's own answers, seen by npm run test:models.
t.test('without specs, a zone is half private and a quarter public', async (t) => {
  const halves = [
    'net-private-1 10.0.0.0/18',
    'net-public-1 10.0.64.0/19',
    'net-private-2 10.0.128.0/18',
    'net-public-2 10.0.192.0/19',
  ]
  t.strictSame(layout({ subnetStrategy: 'Auto' }), halves)
  t.strictSame(layout({ subnetStrategy: 'AutoMerge' }), halves)
  t.strictSame(layout({ subnetStrategy: 'Legacy' }).sort(), [...halves].sort())
})

t.test('Auto keeps the order of the specs and aligns each block to its size', async (t) => {
  const subnetSpecs: awsx.types.input.ec2.SubnetSpecArgs[] = [
    { type: 'Public', cidrMask: 24 },
    { type: 'Private', cidrMask: 20 },
    { type: 'Isolated', name: 'data', size: 256 },
  ]
  const first = ['net-public-1 10.0.0.0/24', 'net-private-1 10.0.16.0/20', 'net-data-1 10.0.32.0/24']
  t.strictSame(layout({ subnetStrategy: 'Auto', availabilityZoneCidrMask: 18, subnetSpecs }, 1), first)
  const two = layout({ subnetStrategy: 'Auto', availabilityZoneCidrMask: 18, subnetSpecs }, 2)
  const three = layout({ subnetStrategy: 'Auto', availabilityZoneCidrMask: 18, subnetSpecs }, 3)
  t.strictSame(three.slice(0, 6), two, 'with a mask for zones, a third zone moves nothing')
  t.not(layout({ subnetStrategy: 'Auto', subnetSpecs }, 2)[3], layout({ subnetStrategy: 'Auto', subnetSpecs }, 3)[3])
})

t.test('Legacy puts private before public before isolated, and pushes on what would overlap', async (t) => {
  const subnetSpecs: awsx.types.input.ec2.SubnetSpecArgs[] = [
    { type: 'Isolated', cidrMask: 24 },
    { type: 'Public', cidrMask: 20 },
    { type: 'Private', cidrMask: 24 },
    { type: 'Private', cidrMask: 22, name: 'pods' },
  ]
  t.strictSame(layout({ subnetSpecs }, 1), [
    'net-private-1 10.0.0.0/24',
    'net-pods-1 10.0.4.0/22',
    'net-public-1 10.0.16.0/20',
    'net-isolated-1 10.0.32.0/24',
  ])
  t.strictSame(layout({ subnetSpecs: [{ type: 'Isolated', cidrMask: 18 }] }, 1), ['net-isolated-1 10.0.0.0/18'])
  t.strictSame(layout({ subnetSpecs: [{ type: 'Private' }, { type: 'Public' }] }, 3), [
    'net-private-1 10.0.0.0/19',
    'net-public-1 10.0.32.0/20',
    'net-private-2 10.0.64.0/19',
    'net-public-2 10.0.96.0/20',
    'net-private-3 10.0.128.0/19',
    'net-public-3 10.0.160.0/20',
  ])
})

t.test('AutoMerge keeps the default specs that the program does not replace', async (t) => {
  t.strictSame(layout({ subnetStrategy: 'AutoMerge', subnetSpecs: [{ type: 'Isolated', cidrMask: 24 }] }, 1), [
    'net-private-1 10.0.0.0/17',
    'net-public-1 10.0.128.0/18',
    'net-isolated-1 10.0.192.0/24',
  ])
})

t.test('the layout that the component puts out', async (t) => {
  const of = (args: awsx.ec2.VpcArgs) =>
    planSubnets('net', { natGateways: { strategy: 'None' }, ...args }, '10.0.0.0/16', zones).layout
  const subnetSpecs: awsx.types.input.ec2.SubnetSpecArgs[] = [
    { type: 'Private', cidrMask: 24 },
    { type: 'Public', cidrMask: 20 },
  ]
  t.match(of({ subnetStrategy: 'Auto', subnetSpecs }), [
    { type: 'Private', cidrMask: 24, size: 256 },
    { type: 'Public', cidrMask: 20, size: 4096 },
  ])
  t.strictSame(of({ subnetSpecs }), [
    { type: 'Private', cidrMask: 24 },
    { type: 'Unused', cidrMask: 24 },
    { type: 'Unused', cidrMask: 23 },
    { type: 'Unused', cidrMask: 22 },
    { type: 'Unused', cidrMask: 21 },
    { type: 'Public', cidrMask: 20 },
  ])
})

t.test('gaps are filled with the widest blocks', async (t) => {
  const gaps = (one: string, other: string) => gapsBetween(parseBlock(one), parseBlock(other)).map(formatBlock)
  t.strictSame(gaps('10.0.0.0/24', '10.0.1.0/24'), [])
  t.strictSame(gaps('10.0.0.0/24', '10.0.4.0/24'), ['10.0.1.0/24', '10.0.2.0/23'])
})

t.test('names of zones', async (t) => {
  t.equal(zoneSuffix('ap-southeast-1a'), '1a')
  t.equal(zoneSuffix('us-gov-west-1b'), '1b')
  t.equal(zoneSuffix('us-west-2-lax-1a'), '2-lax-1a')
  t.equal(zoneSuffix('Zone'), 'Zone')
  const args = { subnetNameTagStrategy: 'AvailabilityZone', natGateways: { strategy: 'None' } } as const
  const { subnets } = planSubnets('net', args, '10.0.0.0/16', ['ap-southeast-1a'])
  t.strictSame([subnets[0]?.resourceName, subnets[0]?.nameTag], ['net-private-1', 'net-private-1a'])
})

const spec = (...subnetSpecs: unknown[]) => ({ subnetStrategy: 'Auto', subnetSpecs })

/** What is wrong, and the argument that the refusal must name. */
const wrong: [string, Record<string, unknown>][] = [
  ['subnetSpecs ask for 131072 addresses', spec({ type: 'Private', cidrMask: 15 })],
  ['subnetSpecs is empty', spec()],
  ['subnetSpecs has two specs of type Private with one name', spec({ type: 'Private' }, { type: 'Private' })],
  ['subnetSpecs[0].size is 300', spec({ type: 'Private', size: 300 })],
  ['subnetSpecs[0].size is 256, but a /20 has 4096', spec({ type: 'Private', size: 256, cidrMask: 20 })],
  ['subnetSpecs[0].type is', spec({ type: 'private' })],
  [
    'subnetSpecs[1].cidrBlocks must be given',
    spec({ type: 'Public', cidrBlocks: ['10.0.0.0/24', '10.0.1.0/24'] }, { type: 'Private' }),
  ],
  ['subnetSpecs[0].cidrBlocks has 1 blocks for 2 zones', spec({ type: 'Public', cidrBlocks: ['10.0.0.0/24'] })],
  ['subnetSpecs[0].cidrMask is 20', spec({ type: 'Public', cidrMask: 20, cidrBlocks: ['10.0.0.0/24', '10.0.1.0/24'] })],
  ['subnetSpecs[0].size is 512', spec({ type: 'Public', size: 512, cidrBlocks: ['10.0.0.0/24', '10.0.1.0/24'] })],
  ['overlap', spec({ type: 'Public', cidrBlocks: ['10.0.0.0/24', '10.0.0.0/25'] })],
  ['gap before net-private-2', { subnetStrategy: 'Exact', subnetSpecs: [{ type: 'Private', cidrMask: 18 }] }],
  [
    'gap before the end',
    { subnetStrategy: 'Exact', subnetSpecs: [{ type: 'Private', cidrBlocks: ['10.0.0.0/24', '10.0.1.0/24'] }] },
  ],
  [
    'subnetSpecs cannot have cidrBlocks',
    { subnetStrategy: 'AutoMerge', subnetSpecs: [{ type: 'Public', cidrBlocks: ['10.0.0.0/24', '10.0.1.0/24'] }] },
  ],
  ['subnetStrategy is', { subnetStrategy: 'Other' }],
  ['natGateways.strategy is', { natGateways: { strategy: 'Two' } }],
  ['natGateways.strategy needs a public subnet', { ...spec({ type: 'Private' }), natGateways: { strategy: 'Single' } }],
  [
    'natGateways.elasticIpAllocationIds has 1',
    { natGateways: { strategy: 'OnePerAz', elasticIpAllocationIds: ['a'] } },
  ],
  ['vpcEndpointStrategy is', { vpcEndpointStrategy: 'Other' }],
  ['numberOfAvailabilityZones cannot stand beside', { availabilityZoneNames: zones, numberOfAvailabilityZones: 3 }],
  ['ipv4IpamPoolId without a cidrBlock', { ipv4IpamPoolId: 'ipam-1' }],
  ['ipv4NetmaskLength is an argument that the model does not know', { ipv4NetmaskLength: 16 }],
  ['somethingNew is an argument that the model does not know', { somethingNew: 1 }],
]

for (const [sentence, args] of wrong)
  t.test(`refused by name: ${sentence}`, async (t) => {
    const run = () => {
      const read = readVpcArgs({ natGateways: { strategy: 'None' }, ...args })
      checkElasticIps(read, zones.slice(0, 2))
      return planSubnets('net', read, '10.0.0.0/16', zones.slice(0, 2))
    }
    t.throws(run, ModelError)
    t.throws(run, { message: new RegExp(sentence.replaceAll(/[.[\]/]/g, '\\$&')) })
  })

t.test('a network that is too small for default subnets', async (t) => {
  t.throws(() => layout({ subnetStrategy: 'Auto' }, 2, '10.0.0.0/26'), {
    message: /cidrBlock leaves a \/27 for each zone/,
  })
  t.throws(() => layout({ subnetSpecs: [{ type: 'Private', cidrMask: 33 }] }, 1), { message: /ask for a \/33/ })
})
