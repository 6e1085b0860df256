import type { Cases } from './rule-cases.ts'

const zones = (...letters: string[]) => letters.map((letter) => `ap-southeast-1${letter}`)

/** Cases of the rules about networks, zones and open addresses. */
export const addressesCases: Record<string, Cases> = {
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
}
