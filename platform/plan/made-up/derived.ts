import { hash } from '../hash.ts'
import { unknownValue, type Wire } from '../values.ts'
import type { Subject } from './template.ts'

/** The network that subnets lie in, or unknown where none of them is the program's. */
function networkOf(subject: Subject, subnets: unknown): unknown {
  const first = Array.isArray(subnets) ? subnets[0] : undefined
  return subject.find(first)?.vpcId ?? unknownValue
}

function endpoint({ inputs, urn, region, find }: Subject): Wire {
  if ((inputs.vpcEndpointType ?? 'Gateway') === 'Gateway') {
    return { prefixListId: `pl-${hash(urn, 8)}`, cidrBlocks: unknownValue, networkInterfaceIds: [], dnsEntries: [] }
  }
  const subnets = Array.isArray(inputs.subnetIds) ? inputs.subnetIds : []
  const dnsName = `vpce-0${hash(urn, 16)}-${hash(`${urn}dns`, 8)}.vpce.${region}.vpce.amazonaws.com`
  return {
    networkInterfaceIds: subnets.map((subnet) => `eni-0${hash(`${urn}${String(find(subnet)?.arn ?? subnet)}`, 16)}`),
    dnsEntries: [{ dnsName, hostedZoneId: `Z${hash(urn, 12).toUpperCase()}` }],
  }
}

/** Outputs that follow from other resources, or that hold an input with more in it: these stand above the inputs. */
export const derived: Record<string, (subject: Subject) => Wire> = {
  // AWS answers with an empty text where a network has no IPv6 block.
  'aws:ec2/vpc:Vpc': ({ inputs, urn }) => {
    const given =
      inputs.assignGeneratedIpv6CidrBlock === true ? `2406:da18:${hash(urn, 4)}:${hash(`${urn}56`, 2)}00::/56` : ''
    return { ipv6CidrBlock: inputs.ipv6CidrBlock ?? given }
  },
  'aws:ec2/vpcEndpoint:VpcEndpoint': endpoint,
  'aws:kms/alias:Alias': ({ inputs, account, region }) => {
    const key = inputs.targetKeyId
    if (typeof key !== 'string' || key === unknownValue) return { targetKeyArn: unknownValue }
    return { targetKeyArn: key.startsWith('arn:') ? key : `arn:aws:kms:${region}:${account}:key/${key}` }
  },
  'aws:lb/loadBalancer:LoadBalancer': (subject) => ({ vpcId: networkOf(subject, subject.inputs.subnets) }),
  'aws:rds/subnetGroup:SubnetGroup': (subject) => ({ vpcId: networkOf(subject, subject.inputs.subnetIds) }),
  'aws:elasticache/subnetGroup:SubnetGroup': (subject) => ({ vpcId: networkOf(subject, subject.inputs.subnetIds) }),
  'aws:elasticache/replicationGroup:ReplicationGroup': ({ inputs }) => ({
    memberClusters: Array.from(
      { length: Number(inputs.numCacheClusters ?? 1) },
      (_, at) => `${inputs.replicationGroupId}-${String(at + 1).padStart(3, '0')}`,
    ),
  }),
  'aws:eks/cluster:Cluster': (subject) => {
    const own = (subject.inputs.vpcConfig ?? {}) as Wire
    const group = `sg-0${hash(`${subject.urn}cluster`, 16)}`
    return { vpcConfig: { clusterSecurityGroupId: group, vpcId: networkOf(subject, own.subnetIds), ...own } }
  },
}

/**
 * What a preview does not know inside of an output that is otherwise an input: a provider's preview fills in what the program gave and
 * leaves these unknown.
 */
export function computedInside(type: string, inputs: Wire): Wire {
  if (type !== 'aws:eks/cluster:Cluster') return {}
  const { vpcConfig } = inputs
  if (typeof vpcConfig !== 'object') return {}
  return { vpcConfig: { clusterSecurityGroupId: unknownValue, vpcId: unknownValue, ...vpcConfig } }
}

/** Ids that another resource already tells: what only manages a part that AWS made by itself has that part's id. */
export const adopted: Record<string, (subject: Subject) => unknown> = {
  'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup': ({ inputs, find }) => find(inputs.vpcId)?.defaultSecurityGroupId,
  'aws:ec2/defaultRouteTable:DefaultRouteTable': ({ inputs }) => inputs.defaultRouteTableId,
  'aws:ec2/defaultNetworkAcl:DefaultNetworkAcl': ({ inputs }) => inputs.defaultNetworkAclId,
}
