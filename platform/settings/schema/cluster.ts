import { Type } from 'typebox'
import { choice, choiceOfDays, cidr, list, text, whole } from '../rows.ts'

/** The Kubernetes cluster and its nodes. */
export const clusterSettings = {
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
    {
      part: 'nodes',
      default: 64,
      description:
        "The most vCPUs that all nodes together may have; at least 8 and a quarter are the platform's, the rest the shop's.",
    },
    12,
    1_000,
  ),
  nodeMemoryLimitGib: whole(
    {
      part: 'nodes',
      default: 256,
      description:
        "The most memory that all nodes together may have; at least 32 and a quarter are the platform's, the rest the shop's.",
    },
    48,
    8_000,
  ),
}
