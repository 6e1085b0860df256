import { everyV4, internet, printAddresses } from './addresses.ts'
import { covers, intersect, isEmpty, nothing, type Ranges, range, subtract } from './ranges.ts'

/**
 * Traffic that a rule speaks of: all combinations of far addresses, protocols and ports. The ports of ICMP are its types, as in
 * security group rules; those of protocols without ports are all.
 */
export interface Flow {
  readonly peers: Ranges
  readonly protocols: Ranges
  readonly ports: Ranges
}

/** A set of traffic; its flows may overlap. */
export type Flows = readonly Flow[]

export const anyProtocol = range(0, 255)
export const anyPort = range(0, 65_535)
const names: Record<string, number> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58, 'icmp-v6': 58 }
const portless = (protocol: number) => ![1, 6, 17, 58].includes(protocol)

/** All traffic with these addresses. */
export const allOf = (peers: Ranges): Flows => [{ peers, protocols: anyProtocol, ports: anyPort }]

/** TCP to one port, or to some. */
export const tcp = (peers: Ranges, from = 0, to = from === 0 ? 65_535 : from): Flows => [
  { peers, protocols: range(6), ports: range(from, to) },
]

/**
 * The number of a protocol as AWS takes it: a name, a number in either type, `-1` and `all` for every one. Undefined for anything
 * else, for the caller to report.
 */
export function protocolsOf(value: string | number): Ranges | undefined {
  const text = String(value).trim().toLowerCase()
  if (text === '-1' || text === 'all') return anyProtocol
  const number = names[text] ?? (/^[0-9]{1,3}$/.test(text) ? Number(text) : -1)
  return number >= 0 && number <= 255 ? range(number) : undefined
}

/** The ports of a rule. AWS ignores the bounds of protocols that have none; for ICMP, `from` is the type, and -1 every one. */
export function portsOf(protocols: Ranges, from: number | undefined, to: number | undefined): Ranges {
  const only =
    protocols.length === 1 && protocols[0]?.from === protocols[0]?.to ? Number(protocols[0]?.from) : undefined
  if (only === undefined || portless(only)) return anyPort
  if (only === 1 || only === 58) return from === undefined || from < 0 ? anyPort : range(from)
  if (from === undefined || from < 0) return anyPort
  return range(from, to ?? from)
}

export function intersectFlows(a: Flows, b: Flows): Flows {
  return a.flatMap((x) =>
    b.flatMap((y) => {
      const flow = {
        peers: intersect(x.peers, y.peers),
        protocols: intersect(x.protocols, y.protocols),
        ports: intersect(x.ports, y.ports),
      }
      return isNone(flow) ? [] : [flow]
    }),
  )
}

export function subtractFlows(a: Flows, b: Flows): Flows {
  return b.reduce<Flows>((left, hole) => left.flatMap((flow) => without(flow, hole)), a)
}

function without(flow: Flow, hole: Flow): Flow[] {
  const peers = intersect(flow.peers, hole.peers)
  const protocols = intersect(flow.protocols, hole.protocols)
  if (isEmpty(peers) || isEmpty(protocols)) return [flow]
  return [
    { ...flow, peers: subtract(flow.peers, hole.peers) },
    { ...flow, peers, protocols: subtract(flow.protocols, hole.protocols) },
    { peers, protocols, ports: subtract(flow.ports, hole.ports) },
  ].filter((piece) => !isNone(piece))
}

const isNone = (flow: Flow) => isEmpty(flow.peers) || isEmpty(flow.protocols) || isEmpty(flow.ports)

/** All far addresses in the set. */
export const peersOf = (flows: Flows): Ranges[] => flows.map((flow) => flow.peers)

/** The set with other far addresses: traffic from a group is traffic from wherever its members are. */
export const withPeers = (flows: Flows, peers: Ranges): Flows =>
  isEmpty(peers) ? [] : flows.map((flow) => ({ ...flow, peers }))

/** What a person calls it: `tcp 443`, `all traffic`, `udp 53-60`. */
export function printTraffic({ protocols, ports }: Pick<Flow, 'protocols' | 'ports'>): string {
  const everyPort = isEmpty(subtract(anyPort, ports))
  if (isEmpty(subtract(anyProtocol, protocols)))
    return everyPort ? 'all traffic' : `any protocol, ports ${printNumbers(ports)}`
  const called = protocols
    .map(({ from, to }) => (from === to ? nameOf(Number(from)) : `protocols ${from}-${to}`))
    .join(', ')
  return everyPort ? called : `${called} ${printNumbers(ports)}`
}

/** One line for a set of traffic: `tcp 443 from 0.0.0.0/0`. */
export function printFlows(flows: Flows, word = 'from'): string {
  const lines = flows.map((flow) => `${printTraffic(flow)} ${word} ${called(flow.peers)}`)
  return [...new Set(lines)].join('; ')
}

const called = (peers: Ranges) =>
  covers(peers, intersect(internet, everyV4)) ? 'the internet' : short(printAddresses(peers))

/** Few blocks as they are; many only as some of them. */
const short = (blocks: string[]) =>
  blocks.length > 4 ? `${blocks.slice(0, 4).join(', ')} and ${blocks.length - 4} more` : blocks.join(', ')
const nameOf = (protocol: number) =>
  Object.entries(names).find(([, number]) => number === protocol)?.[0] ?? `protocol ${protocol}`
const printNumbers = (set: Ranges) => set.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(', ')

export const noTraffic: Flows = []
export const nobody: Ranges = nothing
