import { formatCidr, isPrivate, isPublic, overlap, parseCidr } from '../addresses.ts'
import { type Finding, shown } from '../problems.ts'
import { type Rule, when } from './rule.ts'

export const addressRules: readonly Rule[] = [
  {
    name: 'the VPC is private, a /16 and named by its first address',
    reads: ['vpcCidr'],
    // Subnets go by place inside of a /16: another size would move them all.
    find: ({ vpcCidr }) => checkBlock('vpcCidr', vpcCidr, 16, 16),
  },
  {
    name: 'the service network is private, /12 to /24 and named by its first address',
    reads: ['clusterServiceCidr'],
    // The bounds are EKS's own (CreateCluster, kubernetesNetworkConfig.serviceIpv4Cidr).
    find: ({ clusterServiceCidr }) => checkBlock('clusterServiceCidr', clusterServiceCidr, 12, 24),
  },
  {
    name: 'services and VPC do not overlap',
    reads: ['vpcCidr', 'clusterServiceCidr'],
    find({ vpcCidr, clusterServiceCidr }) {
      const [vpc, services] = [parseCidr(vpcCidr), parseCidr(clusterServiceCidr)]
      const wrong = vpc !== undefined && services !== undefined && overlap(vpc, services)
      return when(
        wrong,
        'clusterServiceCidr',
        `${shown(clusterServiceCidr)} overlaps vpcCidr ${vpcCidr}; use another network`,
      )
    },
  },
  {
    name: 'zones belong to the region',
    reads: ['region', 'availabilityZones'],
    find: ({ region, availabilityZones }) =>
      availabilityZones.flatMap((zone, at) =>
        when(
          zone.slice(0, -1) !== region,
          `availabilityZones[${at}]`,
          `${shown(zone)} is not a zone of ${region}; use ${region}a and so on`,
        ),
      ),
  },
  {
    name: 'open addresses are of the internet',
    reads: ['clusterPublicAccessCidrs'],
    find: ({ clusterPublicAccessCidrs }) =>
      clusterPublicAccessCidrs.flatMap((text, at) =>
        when(
          parseCidr(text) === undefined || !isPublic(text.slice(0, -3)),
          `clusterPublicAccessCidrs[${at}]`,
          `${shown(text)} is no address of the internet; use the one that https://checkip.amazonaws.com shows you, with /32`,
        ),
      ),
  },
  {
    name: 'an open endpoint is said',
    reads: ['clusterPublicAccessCidrs'],
    warns: true,
    find: ({ clusterPublicAccessCidrs }) =>
      when(
        clusterPublicAccessCidrs.length > 0,
        'clusterPublicAccessCidrs',
        `the Kubernetes API is open to ${clusterPublicAccessCidrs.join(', ')}; close it as soon as the first up is done (runbooks/closing-the-endpoint.md)`,
      ),
  },
]

/** A private block of a size from `widest` to `narrowest` (lengths of the prefix), named by its first address. */
function checkBlock(path: string, text: string, widest: number, narrowest: number): Finding[] {
  const block = parseCidr(text)
  if (!block) return [{ path, text: `${shown(text)} is no network; use one such as 10.20.0.0/${narrowest}` }]
  const { length, aligned } = block
  const sizes = widest === narrowest ? `a /${widest}` : `a /${widest} to /${narrowest}`
  return [
    ...when(
      !isPrivate(block),
      path,
      `${shown(text)} is not private; use a part of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16`,
    ),
    ...when(length < widest || length > narrowest, path, `${shown(text)} is a /${length}; use ${sizes}`),
    ...when(!aligned, path, `${shown(text)} does not begin where its network does; use ${formatCidr(block)}`),
  ]
}
