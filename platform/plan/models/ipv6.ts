import * as pulumi from '@pulumi/pulumi'

/** The /64 number `index` of a network's /56, as text; throws where the network's block is none. */
export function ipv6Subnet(network: string, index: number): string {
  const hextets = /^([0-9a-f]+:[0-9a-f]+:[0-9a-f]+):([0-9a-f]+)(?::.*)?\/56$/i.exec(network)
  if (!hextets || index > 0xff) throw new Error(`'${network}' has no IPv6 subnet number ${index}`)
  const [, prefix, last = '0'] = hextets
  return `${prefix}:${((Number.parseInt(last, 16) & 0xff00) | index).toString(16)}::/64`
}

/** Whether a subnet's interfaces get IPv6 addresses: as it says, else as the network says. */
export const assignsIpv6 = (
  subnet: pulumi.Input<boolean | undefined>,
  network: pulumi.Input<boolean | undefined>,
): pulumi.Output<boolean> => pulumi.all([subnet, network]).apply(([own, shared]) => own ?? shared ?? false)

/**
 * A subnet's IPv6 block. It waits for the network's even where there is none to be had: in a preview it is unknown, as the plugin has it.
 */
export function ipv6BlockOf(network: pulumi.Input<string>, assigned: pulumi.Input<boolean>, index: number) {
  return pulumi
    .all([network, assigned])
    .apply(([block, wanted]) => (wanted ? ipv6Subnet(block, index) : undefined)) as pulumi.Output<string>
}
