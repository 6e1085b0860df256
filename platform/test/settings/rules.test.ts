import t from 'tap'
import { rules } from '../../settings/checks.ts'
import { endOfSupport } from '../../settings/rules/cluster.ts'
import { schema } from '../../settings/schema.ts'
import { examined, today } from './cases.ts'
import { type Cases, inProduction } from './rule-cases.ts'
import { storageCases } from './rule-cases-storage.ts'

const zones = (...letters: string[]) => letters.map((letter) => `ap-southeast-1${letter}`)
const sale = (changes: object) => ({
  name: 'eid',
  start: '2027-03-15T20:00',
  end: '2027-03-16T02:00',
  expectedVisitors: 100_000,
  ...changes,
})
const connection = (region: string, account: string) =>
  `arn:aws:codeconnections:${region}:${account}:connection/01234567-89ab-cdef-0123-456789abcdef`
const runner = { githubConnectionArn: connection('ap-southeast-1', '222222222222'), githubActorIds: ['7'] }
const digest = `sha256:${'0a'.repeat(32)}`
const nobody = (kind: string) => `arn:aws:iam::000000000000:role/${kind}`

/** Cases of every rule, by its name; those of later subjects in files of their own. */
const cases: Record<string, Cases> = {
  ...storageCases,
  'the VPC is private, a /16 and named by its first address': {
    fails: [
      [
        { vpcCidr: '11.0.0.0/16' },
        'dhakacart:vpcCidr: "11.0.0.0/16" is not private; use a part of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
      ],
      [{ vpcCidr: '10.20.0.0/17' }, 'dhakacart:vpcCidr: "10.20.0.0/17" is a /17; use a /16'],
      [{ vpcCidr: '10.20.0.0/15' }, 'dhakacart:vpcCidr: "10.20.0.0/15" is a /15; use a /16'],
      [
        { vpcCidr: '10.20.3.0/16' },
        'dhakacart:vpcCidr: "10.20.3.0/16" does not begin where its network does; use 10.20.0.0/16',
      ],
      [{ vpcCidr: '10.999.0.0/16' }, 'dhakacart:vpcCidr: "10.999.0.0/16" is no network; use one such as 10.20.0.0/16'],
      [{ vpcCidr: '10.20.0.0/33' }, 'dhakacart:vpcCidr: "10.20.0.0/33" is no network; use one such as 10.20.0.0/16'],
    ],
    passes: [
      { vpcCidr: '10.0.0.0/16' },
      { vpcCidr: '172.31.0.0/16' },
      { vpcCidr: '192.168.0.0/16' },
      { vpcCidr: '10.255.0.0/16' },
    ],
  },
  'the service network is private, /12 to /24 and named by its first address': {
    fails: [
      [
        { clusterServiceCidr: '172.20.0.0/25' },
        'dhakacart:clusterServiceCidr: "172.20.0.0/25" is a /25; use a /12 to /24',
      ],
      [
        { clusterServiceCidr: '10.96.0.0/11' },
        'dhakacart:clusterServiceCidr: "10.96.0.0/11" is a /11; use a /12 to /24',
      ],
      [
        { clusterServiceCidr: '172.32.0.0/16' },
        'dhakacart:clusterServiceCidr: "172.32.0.0/16" is not private; use a part of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
      ],
    ],
    passes: [{ clusterServiceCidr: '172.20.0.0/24' }, { clusterServiceCidr: '172.16.0.0/12' }],
  },
  'services and VPC do not overlap': {
    fails: [
      [
        { clusterServiceCidr: '10.20.128.0/20' },
        'dhakacart:clusterServiceCidr: "10.20.128.0/20" overlaps vpcCidr 10.20.0.0/16; use another network',
      ],
      [
        { clusterServiceCidr: '10.16.0.0/12' },
        'dhakacart:clusterServiceCidr: "10.16.0.0/12" overlaps vpcCidr 10.20.0.0/16; use another network',
      ],
      [
        { vpcCidr: '172.20.0.0/16' },
        'dhakacart:clusterServiceCidr: "172.20.0.0/16" overlaps vpcCidr 172.20.0.0/16; use another network',
      ],
    ],
    passes: [{ clusterServiceCidr: '10.21.0.0/16' }, { clusterServiceCidr: '10.19.255.0/24' }],
  },
  'zones belong to the region': {
    fails: [
      [
        { availabilityZones: [...zones('a', 'b'), 'ap-southeast-2a'] },
        'dhakacart:availabilityZones[2]: "ap-southeast-2a" is not a zone of ap-southeast-1; use ap-southeast-1a and so on',
      ],
    ],
    passes: [{ availabilityZones: zones('c', 'a', 'b') }],
  },
  'open addresses are of the internet': {
    fails: ['10.0.0.7', '100.64.0.1', '169.254.169.254', '127.0.0.1', '224.0.0.1', '255.255.255.255', '1.2.3.999'].map(
      (address) => [
        { clusterPublicAccessCidrs: [`${address}/32`] },
        `dhakacart:clusterPublicAccessCidrs[0]: "${address}/32" is no address of the internet; use the one that https://checkip.amazonaws.com shows you, with /32`,
      ],
    ),
    passes: [{ clusterPublicAccessCidrs: ['103.4.145.7/32', '203.0.113.7/32'] }],
  },
  'an open endpoint is said': {
    fails: [
      [
        { clusterPublicAccessCidrs: ['103.4.145.7/32'] },
        'dhakacart:clusterPublicAccessCidrs: the Kubernetes API is open to 103.4.145.7/32; close it as soon as the first up is done (runbooks/closing-the-endpoint.md)',
      ],
    ],
    passes: [{ clusterPublicAccessCidrs: [] }],
  },
  'the Kubernetes version is said before it runs out': {
    fails: [
      [
        { clusterVersion: '1.35', on: '2026-12-27' },
        'dhakacart:clusterVersion: "1.35" leaves standard support in 90 days, on 2027-03-27; AWS then upgrades it by itself, so go up by one minor first',
      ],
      [
        { clusterVersion: '1.35', on: '2027-03-28' },
        'dhakacart:clusterVersion: "1.35" left standard support on 2027-03-27; AWS then upgrades it by itself, so go up by one minor first',
      ],
    ],
    passes: [
      { clusterVersion: '1.35', on: '2026-12-26' },
      { clusterVersion: '1.36', on: '2027-05-03' },
    ],
  },
  'the account can exist': {
    fails: [
      [
        { accountId: '000000000000' },
        `dhakacart:accountId: "000000000000" is nobody's; use the 12 digits of an account, in quotes`,
      ],
    ],
    passes: [{ accountId: '000000000001' }],
  },
  ...Object.fromEntries(
    (
      [
        'deployerPrincipals',
        'operatorPrincipals',
        'viewerPrincipals',
        'breakGlassPrincipals',
        'secretKeeperPrincipals',
      ] as const
    ).map((group): [string, Cases] => [
      `accounts of ${group} can exist`,
      {
        fails: [
          [
            { [group]: ['arn:aws:iam::333333333333:role/a', nobody('b')] },
            `dhakacart:${group}[1]: "${nobody('b')}" is of account 000000000000, which is nobody's; use the account of the role or user`,
          ],
        ],
        passes: [{ [group]: ['arn:aws:iam::333333333333:user/team/a'] }],
      },
    ]),
  ),
  'a runner has its connection and its actors': {
    fails: [
      [
        { githubRepository: 'dhakacart/dhakacart' },
        'dhakacart:githubConnectionArn is empty while githubRepository is "dhakacart/dhakacart"; use the ARN of a CodeConnections connection',
        'dhakacart:githubActorIds is empty while githubRepository is "dhakacart/dhakacart"; use at least one numeric id, or nobody can start the runner',
      ],
    ],
    passes: [{ githubRepository: 'dhakacart/dhakacart', ...runner }, { githubRepository: '' }],
  },
  'the connection is of this account and region': {
    fails: [
      [
        { githubConnectionArn: connection('us-east-1', '333333333333') },
        `dhakacart:githubConnectionArn: ${JSON.stringify(connection('us-east-1', '333333333333')).slice(0, 77)}... is of region us-east-1 and account 333333333333; use a connection of ap-southeast-1 in 222222222222`,
      ],
    ],
    passes: [runner],
  },
  'the fewest pods are not more than the most': {
    fails: [
      [
        { shopMinReplicas: 11, shopMaxReplicas: 10 },
        'dhakacart:shopMinReplicas: 11 is above shopMaxReplicas 10; use at most 10',
      ],
    ],
    passes: [{ shopMinReplicas: 10, shopMaxReplicas: 10 }],
  },
  'the times of a sale exist': {
    fails: [
      [
        { saleWindows: [sale({ start: '2027-02-29T20:00' })] },
        'dhakacart:saleWindows[0].start: "2027-02-29T20:00" is no time of any calendar; use one such as 2027-03-15T20:00',
      ],
      [
        { saleWindows: [sale({ end: '2027-03-16T24:00' })] },
        'dhakacart:saleWindows[0].end: "2027-03-16T24:00" is no time of any calendar; use one such as 2027-03-15T20:00',
      ],
    ],
    passes: [{ saleWindows: [sale({ start: '2028-02-29T00:00', end: '2028-02-29T23:59' })] }],
  },
  'a sale ends after its start': {
    fails: [
      [
        { saleWindows: [sale({ end: '2027-03-15T20:00' })] },
        'dhakacart:saleWindows[0].end: "2027-03-15T20:00" is not after its start 2027-03-15T20:00; use a later time',
      ],
    ],
    passes: [{ saleWindows: [sale({ end: '2027-03-15T20:01' })] }],
  },
  'sales have names of their own': {
    fails: [
      [
        { saleWindows: [sale({}), sale({ expectedVisitors: 1 })] },
        'dhakacart:saleWindows[1].name: "eid" names an earlier sale too; use a name of its own',
      ],
    ],
    passes: [{ saleWindows: [sale({}), sale({ name: 'eid-2' })] }],
  },
  'availabilityZones is that of a production stack': {
    fails: [
      [
        { availabilityZones: zones('a', 'b') },
        'dhakacart:availabilityZones: ["ap-southeast-1a","ap-southeast-1b"] is too little for production; name three zones, so that a lost one leaves two',
      ],
    ],
    passes: [{ production: false, availabilityZones: zones('a', 'b') }, {}],
  },
  ...inProduction('natGateways', 'one', 'onePerZone', 'use onePerZone, so that a lost zone takes no other with it'),
  ...inProduction(
    'interfaceEndpoints',
    'one',
    'onePerZone',
    'use onePerZone, so that a lost zone takes no other with it',
  ),
  ...inProduction('protect', false, true, 'use true, so that no typing error deletes an order'),
  ...inProduction('flowLogRetentionDays', 60, 90, 'use at least 90 days; break-ins are found late'),
  ...inProduction('clusterLogRetentionDays', 60, 90, 'use at least 90 days; break-ins are found late'),
  ...inProduction('databaseBackupRetentionDays', 29, 30, 'use at least 30 days'),
  ...inProduction('alarmEmails', [], ['a@b.c'], 'name at least one address, or alarms reach nobody'),
  ...inProduction(
    'breakGlassPrincipals',
    [],
    ['arn:aws:iam::222222222222:role/x'],
    'name who comes in when all else fails',
  ),
  ...inProduction(
    'secretKeeperPrincipals',
    [],
    ['arn:aws:iam::222222222222:role/x'],
    'name who rotates the keys of tokens',
  ),
  ...inProduction(
    'shopImage',
    'ghcr.io/dhakacart/shop:1',
    `ghcr.io/dhakacart/shop@${digest}`,
    'use registry/name@sha256:<64 hexadecimal digits>; a tag can be moved',
  ),
  'an image has a name and a tag or digest': {
    fails: [
      [
        { production: false, shopImage: 'the newest' },
        'dhakacart:shopImage: "the newest" is no image; use registry/name:tag or registry/name@sha256:<64 hexadecimal digits>',
      ],
    ],
    passes: [
      { production: false, shopImage: 'localhost:5000/shop:v1.2' },
      { production: false, shopImage: `ghcr.io/dhakacart/shop@${digest}` },
    ],
  },
}

for (const rule of rules) {
  t.test(rule.name, async (t) => {
    const { fails, passes } = cases[rule.name] ?? { fails: [], passes: [] }
    t.ok(fails.length > 0 && passes.length > 0, 'the rule has cases that fail and cases that pass')
    for (const [{ on, ...change }, ...said] of fails) {
      const { problems, warnings, settings } = examined(change, on ? new Date(on) : today)
      t.strictSame(rule.warns ? warnings : problems, said, 'this is said, and nothing else')
      t.equal(
        settings === undefined,
        !rule.warns,
        rule.warns ? 'a warning stops nothing' : 'there are no settings then',
      )
    }
    for (const { on, ...change } of passes) {
      const { problems, warnings } = examined(change, on ? new Date(on) : today)
      t.strictSame(problems, [], `nothing is wrong with ${JSON.stringify(change)}`)
      if (rule.warns) t.strictSame(warnings, [])
    }
  })
}

t.test('rules and cases belong together', async (t) => {
  const names = rules.map(({ name }) => name)
  t.ok(names.length >= 20, `there are ${names.length} rules`)
  t.strictSame(
    names.filter((name, at) => names.indexOf(name) < at),
    [],
    'each has a name of its own',
  )
  t.strictSame(
    Object.keys(cases).filter((name) => !names.includes(name)),
    [],
    'there are no cases of a rule that is gone',
  )
  const versions = (schema.properties.clusterVersion as unknown as { enum: string[] }).enum
  t.strictSame(Object.keys(endOfSupport), versions, 'the end of every version is known')
})

t.test('one mistake does not hide another', async (t) => {
  const { problems } = examined({
    vpcCidr: '10.20.0.0/17',
    shopMinReplicas: 20,
    natGateways: 'two' as 'one',
    owner: '',
  })
  for (const key of ['vpcCidr', 'shopMinReplicas', 'natGateways', 'owner']) {
    t.ok(
      problems.some((problem) => problem.startsWith(`dhakacart:${key}`)),
      `${key} is named`,
    )
  }
})
