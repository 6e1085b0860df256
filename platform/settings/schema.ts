import { type Static, Type } from 'typebox'
import { choice, choiceOfDays, cidr, flag, list, principals, text, whole } from './rows.ts'

export type { Part } from './rows.ts'

const time = Type.String({
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$',
  wanted: 'a time in Asia/Dhaka, such as 2027-03-15T20:00',
})

/**
 * Every choice that a stack has. A row without a default must be set; every default is safe in production.
 * Keys are `dhakacart:<key>` in `Pulumi.<stack>.yaml`, but `region`, which is Pulumi's own `aws:region`.
 */
export const schema = Type.Object(
  {
    region: text(
      {
        part: 'provider',
        description: 'The AWS region that everything stands in.',
        wanted: 'a region, such as ap-southeast-1',
      },
      { pattern: '^[a-z]{2}(-[a-z]+)+-[0-9]$' },
    ),
    accountId: text(
      {
        part: 'provider',
        description: 'The AWS account of the stack; with credentials of any other, nothing is done.',
        wanted: 'the 12 digits of an account, in quotes',
      },
      { pattern: '^[0-9]{12}$' },
    ),
    owner: text(
      {
        part: 'everything',
        description: 'Who answers for the stack; a tag on everything.',
        wanted: 'a team or an address, in letters, digits, spaces and _.:/=+@-',
      },
      { pattern: '^[A-Za-z0-9 _.:/=+@-]+$', minLength: 2, maxLength: 64 },
    ),
    costCentre: text(
      {
        part: 'everything',
        description: 'Who pays for the stack; a tag on everything.',
        wanted: 'a cost centre, in letters, digits, spaces and _.:/=+@-',
      },
      { pattern: '^[A-Za-z0-9 _.:/=+@-]+$', minLength: 2, maxLength: 64 },
    ),
    production: flag({
      part: 'everything',
      default: true,
      description: 'Whether the other settings must be those of a production stack; it builds nothing by itself.',
    }),
    protect: flag({
      part: 'everything',
      default: true,
      description: 'Whether Pulumi refuses to delete or replace what holds data, and AWS to delete the cluster.',
    }),

    vpcCidr: text(
      {
        part: 'network',
        default: '10.20.0.0/16',
        description: 'The addresses of the network; it can never be changed.',
        wanted: 'a private network of 65,536 addresses, such as 10.20.0.0/16',
      },
      { pattern: cidr },
    ),
    availabilityZones: list(
      {
        part: 'network',
        description: 'The zones, by name; append only, because addresses go by the place in this list.',
        wanted: 'names of zones of the region, such as ap-southeast-1a',
      },
      Type.String({ pattern: '^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$' }),
      { minItems: 2, maxItems: 4 },
    ),
    natGateways: choice(
      {
        part: 'network',
        default: 'onePerZone',
        description:
          'NAT gateways: one for all zones, or one in each, so that a lost zone takes no other with it; about 43 USD a month each, and 0.059 USD a GB.',
      },
      ['one', 'onePerZone'],
    ),
    interfaceEndpoints: choice(
      {
        part: 'network',
        default: 'onePerZone',
        description:
          'The six interface endpoints: in one zone, or in each, so that a lost zone takes no other with it; about 57 USD a month for each zone, and 0.01 USD a GB.',
      },
      ['one', 'onePerZone'],
    ),
    flowLogRetentionDays: choiceOfDays({
      part: 'network',
      default: 90,
      description: 'How long the network flow logs are kept.',
    }),

    kmsDeletionWindowDays: whole(
      { part: 'keys', default: 30, description: 'How long a deleted key can be brought back.' },
      7,
      30,
    ),

    clusterVersion: choice(
      {
        part: 'cluster',
        default: '1.35',
        description: 'The Kubernetes version, in standard support; up by one minor at a time, never down.',
      },
      ['1.35', '1.36'],
    ),
    clusterServiceCidr: text(
      {
        part: 'cluster',
        default: '172.20.0.0/16',
        description: 'The addresses of Kubernetes services; changing it replaces the cluster.',
        wanted: 'a private network between /24 and /12 outside of vpcCidr',
      },
      { pattern: cidr },
    ),
    clusterLogRetentionDays: choiceOfDays({
      part: 'cluster',
      default: 365,
      description: 'How long the five logs of the control plane are kept.',
    }),
    clusterPublicAccessCidrs: list(
      {
        part: 'cluster',
        default: [],
        description:
          'Single addresses from which the first `up` may reach the Kubernetes API over the internet; empty closes it.',
        wanted: 'single IPv4 addresses, such as 203.0.113.7/32',
      },
      Type.String({ pattern: '^([0-9]{1,3}\\.){3}[0-9]{1,3}/32$' }),
      { maxItems: 5 },
    ),
    nodeCpuLimit: whole(
      { part: 'nodes', default: 64, description: 'The most vCPUs that all nodes together may have.' },
      4,
      1_000,
    ),
    nodeMemoryLimitGib: whole(
      { part: 'nodes', default: 256, description: 'The most memory that all nodes together may have.' },
      8,
      8_000,
    ),

    deployerPrincipals: principals(
      {
        part: 'access',
        description: 'Who may take the role under which Pulumi talks to Kubernetes.',
        wanted: 'ARNs of IAM roles or users',
      },
      { minItems: 1 },
    ),
    operatorPrincipals: principals({
      part: 'access',
      default: [],
      description:
        'People who may come through the door and change what runs in the cluster, not its access or its nodes.',
      wanted: 'ARNs of IAM roles or users',
    }),
    viewerPrincipals: principals({
      part: 'access',
      default: [],
      description: 'People who may come through the door and look, at everything but secrets.',
      wanted: 'ARNs of IAM roles or users',
    }),
    breakGlassPrincipals: principals({
      part: 'access',
      default: [],
      description:
        'People who may take the break-glass role, with a second factor and an alarm; empty makes no such role.',
      wanted: 'ARNs of IAM roles or users',
    }),
    door: flag({
      part: 'access',
      default: true,
      description:
        'Whether the small host stands through which people reach the private endpoint; about 4 USD a month.',
    }),

    githubRepository: text(
      {
        part: 'runner',
        default: '',
        description: 'The repository whose deploy workflow the runner serves; empty makes no runner.',
        wanted: 'owner/name',
      },
      { pattern: '^$|^[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}$' },
    ),
    githubConnectionArn: text(
      {
        part: 'runner',
        default: '',
        description: "The connection to GitHub that was consented to by hand in AWS's console.",
        wanted: 'the ARN of a CodeConnections connection',
      },
      { pattern: '^$|^arn:aws:(codeconnections|codestar-connections):[a-z0-9-]+:[0-9]{12}:connection/[0-9a-f-]{36}$' },
    ),
    githubActorIds: list(
      {
        part: 'runner',
        default: [],
        description: 'Numeric ids of the GitHub accounts whose workflow runs the runner takes.',
        wanted: 'numbers in quotes, as https://api.github.com/users/<name> tells them',
      },
      Type.String({ pattern: '^[0-9]{1,12}$' }),
      { maxItems: 20 },
    ),
    githubDeployWorkflow: text(
      {
        part: 'runner',
        default: 'deploy',
        description: 'The name of the one workflow that the runner serves.',
        wanted: 'the name of a workflow, in letters, digits, spaces, _ and -',
      },
      { pattern: '^[A-Za-z0-9 _-]{1,64}$' },
    ),

    alarmEmails: list(
      {
        part: 'alarms',
        default: [],
        description: 'Addresses that alarms are sent to; each must confirm once.',
        wanted: 'e-mail addresses',
      },
      Type.String({ pattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$' }),
      { maxItems: 10 },
    ),
    monthlyBudgetUsd: whole(
      { part: 'budget', description: 'What the stack may cost a month; an alarm at 80 % spent and at 100 % forecast.' },
      1,
      1_000_000,
    ),
    anomalyThresholdUsd: whole(
      { part: 'budget', default: 50, description: 'The unexpected cost of a day that raises an alarm.' },
      1,
      100_000,
    ),

    databaseBackupRetentionDays: whole(
      {
        part: 'later: database',
        default: 35,
        description: 'How many days back the database can be restored to any second.',
      },
      1,
      35,
    ),
    shopImage: text(
      {
        part: 'later: shop',
        default: '',
        description: 'The image of the shop, by digest; empty deploys no shop.',
        wanted: 'registry/name@sha256:<64 hexadecimal digits>',
      },
      { maxLength: 512 },
    ),
    shopMinReplicas: whole({ part: 'later: shop', default: 3, description: 'The fewest pods of the shop.' }, 1, 500),
    shopMaxReplicas: whole(
      { part: 'later: shop', default: 10, description: 'The most pods of the shop outside a sale.' },
      1,
      500,
    ),
    saleWindows: list(
      {
        part: 'later: shop',
        default: [],
        description: 'Sales for which capacity stands ready before the crowd comes.',
        wanted: 'a list of {name, start, end, expectedVisitors}, times in Asia/Dhaka, such as 2027-03-15T20:00',
      },
      Type.Object(
        {
          name: Type.String({ pattern: '^[a-z0-9-]{1,40}$', wanted: 'lower-case letters, digits and -' }),
          start: time,
          end: time,
          expectedVisitors: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
        },
        { additionalProperties: false },
      ),
      { maxItems: 20 },
    ),
  },
  { additionalProperties: false },
)

/** The settings of a stack, read and checked once. */
export type Settings = Static<typeof schema>
