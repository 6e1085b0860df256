import type { Graph, Properties, Resource, Value } from '../plan/graph.ts'
import table from './prices.json' with { type: 'json' }

type Price = keyof typeof table.prices

interface Charge {
  /** What a bill would call it, in words. */
  what: string
  /** `unsourced` where no price of this region was found that says where it comes from. */
  price: Price | 'unsourced'
  /** How many of it there are: gateways, gibibytes. */
  count: number
}

export interface Line {
  what: string
  count: number
  /** US dollars a month of 730 hours, for all of them; nothing where the price is not known. */
  usd?: number
}

export interface CostAtRest {
  lines: Line[]
  /** Of the lines whose price is known. */
  totalUsd: number
  /** Types of resources whose price this table does not know: the total lacks them. */
  unpriced: string[]
}

type Pricing = 'nothing' | 'by use' | ((resource: Resource, graph: Graph) => Charge[])

/** What a resource costs for standing there, by type. `by use`: something only when it is used (logs by the gigabyte, messages). */
const pricing: Record<string, Pricing> = {
  'aws:ec2/natGateway:NatGateway': () => [{ what: 'NAT gateway', price: 'natGatewayHour', count: 1 }],
  'aws:ec2/eip:Eip': () => [{ what: 'public IPv4 address', price: 'publicAddressHour', count: 1 }],
  'aws:ec2/vpcEndpoint:VpcEndpoint': ({ inputs }) =>
    inputs.vpcEndpointType === 'Interface'
      ? [{ what: 'interface endpoint, in one zone', price: 'interfaceEndpointHour', count: length(inputs.subnetIds) }]
      : [],
  'aws:kms/key:Key': () => [{ what: 'KMS key', price: 'keyMonth', count: 1 }],
  'aws:eks/cluster:Cluster': () => [{ what: 'EKS control plane', price: 'clusterHour', count: 1 }],
  'aws:autoscaling/group:Group': machines,
  'aws:cloudwatch/metricAlarm:MetricAlarm': () => [{ what: 'CloudWatch alarm', price: 'alarmMonth', count: 1 }],
  'aws:secretsmanager/secret:Secret': () => [{ what: 'secret', price: 'secretMonth', count: 1 }],
  'aws:rds/instance:Instance': database,
  'aws:elasticache/replicationGroup:ReplicationGroup': ({ inputs }) => [
    { what: `node of the cache, ${word(inputs.nodeType)}`, price: 'unsourced', count: number(inputs.numCacheClusters) },
  ],
  'aws:cloudwatch/logGroup:LogGroup': 'by use',
  'aws:codebuild/project:Project': 'by use',
  'aws:ec2/flowLog:FlowLog': 'by use',
  'aws:cfg/recorder:Recorder': 'by use',
  'aws:cloudtrail/trail:Trail': 'by use',
  'aws:ecr/repository:Repository': 'by use',
  'aws:guardduty/detector:Detector': 'by use',
  'aws:s3/bucket:Bucket': 'by use',
  'aws:sns/topic:Topic': 'by use',
  'aws:backup/vault:Vault': 'by use',
  'aws:backup/restoreTestingPlan:RestoreTestingPlan': 'by use',
  // Charged by the machines that Auto Mode starts for it, which no plan can know.
  'kubernetes:karpenter.sh/v1:NodePool': 'by use',
}

/** Services and parts of them that cost nothing by themselves. */
const free = [
  /^aws:(iam|budgets|costexplorer|ssm|codeconnections)\//,
  /^aws:kms\/(alias|keyPolicy|grant):/,
  /^aws:rds\/(subnetGroup|parameterGroup|eventSubscription):/,
  /^aws:cfg\/(deliveryChannel|recorderStatus):/,
  /^aws:guardduty\/detectorFeature:/,
  /^aws:ecr\/(lifecyclePolicy|pullThroughCacheRule|repositoryCreationTemplate):/,
  /^aws:s3\/bucket[A-Z]/,
  /^aws:secretsmanager\/secretPolicy:/,
  /^aws:secretsmanager\/secretRotation:/,
  /^aws:sns\/topic(Policy|Subscription):/,
  /^aws:cloudwatch\/event(Rule|Target):/,
  /^aws:backup\/(plan|selection|vaultPolicy|vaultLockConfiguration|restoreTestingSelection):/,
  /^aws:codebuild\/(webhook|sourceCredential):/,
  /^aws:elasticache\/(subnetGroup|parameterGroup|user|userGroup):/,
  /^aws:eks\/(accessEntry|accessPolicyAssociation|addon|podIdentityAssociation):/,
  /^aws:ec2\/(vpc|subnet|route|routeTable|routeTableAssociation|internetGateway|launchTemplate):/,
  /^aws:ec2\/(securityGroup|defaultSecurityGroup|securityGroupRule):/,
  /^aws:vpc\/securityGroup(Ingress|Egress)Rule:/,
  /^kubernetes:/,
  /^pulumi:/,
]

/** What a stack costs a month when nobody uses it: without traffic, and without the nodes that load would start. */
export function costAtRest(graph: Graph): CostAtRest {
  const sums = new Map<string, Line>()
  const unpriced = new Set<string>()
  for (const resource of graph.resources.filter(({ custom }) => custom)) {
    const how = pricingOf(resource.type)
    if (how === undefined) unpriced.add(resource.type)
    if (typeof how !== 'function') continue
    for (const { what, price, count } of how(resource, graph)) {
      const line = sums.get(what) ?? { what, count: 0, usd: price === 'unsourced' ? undefined : 0 }
      const more = price === 'unsourced' ? undefined : count * perMonth(price)
      const usd = more === undefined || line.usd === undefined ? undefined : line.usd + more
      sums.set(what, { what, count: line.count + count, usd })
    }
  }
  // What nobody can price comes first: it is the largest part of a stack.
  const dear = ({ usd = Number.POSITIVE_INFINITY }: Line) => usd
  const lines = [...sums.values()].sort((a, b) => (dear(a) === dear(b) ? 0 : dear(b) - dear(a)))
  return { lines, totalUsd: lines.reduce((sum, { usd = 0 }) => sum + usd, 0), unpriced: [...unpriced].sort() }
}

const pricingOf = (type: string): Pricing | undefined =>
  pricing[type] ?? (free.some((pattern) => pattern.test(type)) ? 'nothing' : undefined)

const perMonth = (price: Price) => table.prices[price].usd * (price.endsWith('Hour') ? table.hoursPerMonth : 1)

/** The machines of an Auto Scaling group, and their disks, as its launch template has them. */
function machines({ inputs, dependencies }: Resource, graph: Graph): Charge[] {
  const template = graph.resources.find(
    ({ urn, type }) => type === 'aws:ec2/launchTemplate:LaunchTemplate' && dependencies.includes(urn),
  )
  const instance = template?.inputs.instanceType
  if (instance !== 't4g.nano')
    throw new Error(`costs/prices.json has no price for a machine ${JSON.stringify(instance)}`)
  const count = Number(inputs.desiredCapacity ?? inputs.minSize)
  const disks = list(template?.inputs.blockDeviceMappings).map((mapping) =>
    Number(inner(inner(mapping).ebs).volumeSize),
  )
  return [
    { what: 't4g.nano (the door)', price: 't4gNanoHour', count },
    ...disks.map((gib): Charge => ({ what: 'GiB of gp3 disk (the door)', price: 'gp3GibMonth', count: gib * count })),
  ]
}

/** A machine and its disk; with a second machine in another zone RDS charges for both of each. */
function database({ inputs }: Resource): Charge[] {
  const both = inputs.multiAz === true
  const machine = `${word(inputs.instanceClass)}${both ? ', in two zones' : ''}`
  const hour = `${machine} Hour`
  const charges: Charge[] = [{ what: `database ${machine}`, price: isPrice(hour) ? hour : 'unsourced', count: 1 }]
  // A restored database, or a replica, has a disk of the size of the one that it comes from.
  if (inputs.allocatedStorage === undefined) return charges
  return [
    ...charges,
    {
      what: `GiB of the database's gp3 disk${both ? ', in two zones' : ''}`,
      price: both ? 'databaseDiskInTwoZonesGibMonth' : 'databaseDiskGibMonth',
      count: number(inputs.allocatedStorage),
    },
  ]
}

const isPrice = (name: string): name is Price => name in table.prices

const word = (value: Value | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value))

function number(value: Value | undefined): number {
  if (typeof value === 'number') return value
  throw new Error(`A number was expected where the plan has ${JSON.stringify(value)}: price an applied plan`)
}

const list = (value: Value | undefined): Value[] => (Array.isArray(value) ? value : [])
const inner = (value: Value | undefined): Properties =>
  value && typeof value === 'object' ? (value as Properties) : {}

function length(value: Value | undefined): number {
  if (Array.isArray(value)) return value.length
  throw new Error(
    `A list was expected where the plan has ${JSON.stringify(value)}: price an applied plan, not a preview`,
  )
}
