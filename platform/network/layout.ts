import type * as awsx from '@pulumi/awsx'

/**
 * How a zone's addresses are cut: /18 to a zone, whatever the number of zones, so that a zone added later moves nothing. The order and the
 * sizes are for ever: a subnet whose block changes is replaced, with everything in it.
 *
 * | in the zone | block | for |
 * | --- | --- | --- |
 * | 0.0/24 | 251 addresses | public: NAT gateways only |
 * | 16.0/20 | 4,091 | nodes, load balancers, endpoints, the door |
 * | 32.0/20 | 4,091 | pods that have a security group of their own |
 * | 48.0/24 | 251 | data: database and cache; no way out |
 */
export const zoneCidrMask = 18

/** The subnets of one zone in the order in which awsx lists them: public first, isolated last, the order given within a type. */
export const tiers = ['public', 'nodes', 'pods', 'data'] as const

export type Tier = (typeof tiers)[number]

/** The tiers in `privateSubnetIds`, which goes zone by zone. */
export const privateTiers = ['nodes', 'pods'] as const

/** What awsx is told to build in every zone. `tier` is for people and for NodeClasses, which find their subnets by tag. */
export function subnetSpecs(): awsx.types.input.ec2.SubnetSpecArgs[] {
  const tags = (tier: Tier, more: Record<string, string> = {}) => ({ tier, ...more })
  return [
    { type: 'Public', name: 'public', cidrMask: 24, tags: tags('public', { 'kubernetes.io/role/elb': '1' }) },
    { type: 'Private', name: 'nodes', cidrMask: 20, tags: tags('nodes', { 'kubernetes.io/role/internal-elb': '1' }) },
    { type: 'Private', name: 'pods', cidrMask: 20, tags: tags('pods') },
    { type: 'Isolated', name: 'data', cidrMask: 24, tags: tags('data', { 'data-class': 'personal' }) },
  ]
}

/** The members of a list that goes zone by zone through `of`, which belong to one of them. */
export function everyTier<T, Name extends string>(list: readonly T[], of: readonly Name[], name: Name): T[] {
  return list.filter((_, place) => of[place % of.length] === name)
}
