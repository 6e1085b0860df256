import { everywhere } from './addresses.ts'
import type { Group, GroupRule } from './groups.ts'
import type { Subnet } from './network.ts'
import { intersect, isEmpty, overlaps, type Ranges, union } from './ranges.ts'
import { effective } from './routes.ts'
import type { Thing } from './things.ts'
import { allOf, anyPort, type Flows, intersectFlows, printFlows, printTraffic, tcp, withPeers } from './traffic.ts'
import type { World } from './world.ts'

/** Whoever sends: a thing, or somebody made up who stands in a subnet. */
export type Party = Pick<Thing, 'label' | 'subnets' | 'groups' | 'guarded' | 'addresses'>

/** One step of a way, and what lets it through. */
export interface Hop {
  at: string
  because: string
}

export interface Answer {
  /** What gets through; nothing where the way is closed. The far addresses are the sender's. */
  flows: Flows
  path: Hop[]
  /** Why it is closed, where it is. */
  closed: string
  /** Rules that admit somebody unknown: while there is one, "cannot reach" is not proved. */
  doubts: string[]
}

/** Somebody who stands in a subnet, wears no group that any rule names, and may send whatever it likes. */
export const strangerIn = (subnet: Subnet): Party => ({
  label: `anything put into ${subnet.label}`,
  subnets: [subnet],
  groups: [],
  guarded: false,
  addresses: subnet.addresses,
})

/** Whether `from` can open a connection to `to` inside the networks of the plan, on one TCP port or with anything at all. */
export function canReach(from: Party, to: Thing, port?: number): Answer {
  const wanted = port === undefined ? allOf(everywhere) : tcp(everywhere, port)
  const doubts = doubtsOf(to)
  if (to.deaf) return { flows: [], path: [], closed: `${to.label} takes no connections`, doubts: [] }
  let closed = 'they share no network, and no peering connection joins theirs'
  for (const source of from.subnets) {
    for (const target of to.subnets) {
      const joined = join(source, target)
      if (!joined) continue
      const tried = through(from, to, source, target, wanted)
      if (typeof tried === 'string') closed = tried
      else return { flows: tried.flows, path: [{ at: from.label, because: joined }, ...tried.path], closed: '', doubts }
    }
  }
  return { flows: [], path: [], closed, doubts }
}

/** Rules in front of a thing that admit prefix lists or groups of which nobody here knows who they are. */
export const doubtsOf = (to: Pick<Thing, 'groups' | 'guarded'>): string[] =>
  to.groups.flatMap((group) =>
    group.ingress.flatMap((rule) => rule.strangers.map((who) => `${rule.says} admits ${who}`)),
  )

function through(
  from: Party,
  to: Thing,
  source: Subnet,
  target: Subnet,
  wanted: Flows,
): { flows: Flows; path: Hop[] } | string {
  const egress = from.guarded ? opened(from.groups, 'egress', to.groups, target.addresses) : undefined
  const ingress = to.guarded ? opened(to.groups, 'ingress', from.groups, source.addresses) : undefined
  if (egress && egress.rules.length === 0) return `no group of ${from.label} lets anything out to ${to.label}`
  if (ingress && ingress.rules.length === 0) return `no group of ${to.label} admits ${from.label}`
  const sent = withPeers(egress?.flows ?? allOf(everywhere), source.addresses)
  const open = intersectFlows(intersectFlows(sent, ingress?.flows ?? allOf(source.addresses)), wanted)
  if (open.length === 0) return `what ${from.label} may send is not what ${to.label} admits`
  const passed = source === target ? open : passAcls(source, target, open)
  if (passed.length === 0) return `the network ACLs between ${source.label} and ${target.label} refuse it`
  const rules = [...new Set([...(egress?.rules ?? []), ...(ingress?.rules ?? [])].map(saysOf))]
  const because = rules.length > 0 ? rules.join('; ') : 'no security group stands in front of it'
  return { flows: passed, path: [{ at: to.label, because }] }
}

export const saysOf = (rule: GroupRule): string => `${rule.says}: ${printTraffic(rule)}`

/** What rules of these groups open towards somebody who stands there and wears those. */
function opened(
  groups: Group[],
  direction: 'ingress' | 'egress',
  worn: Group[],
  there: Ranges,
): { flows: Flows; rules: GroupRule[] } {
  const hits = groups
    .flatMap((group) => group[direction])
    .flatMap((rule) => {
      const byGroup = rule.groups.some((group) => worn.includes(group))
      const peers = byGroup ? there : intersect(rule.addresses, there)
      return isEmpty(peers) ? [] : [{ rule, flow: { peers, protocols: rule.protocols, ports: rule.ports } }]
    })
  return { flows: hits.map((hit) => hit.flow), rules: hits.map((hit) => hit.rule) }
}

/** What the ACLs of both subnets let through, there and back: they keep no state. */
function passAcls(source: Subnet, target: Subnet, flows: Flows): Flows {
  const toTarget = source.acls.flatMap((acl) => intersectFlows(acl.egress, allOf(target.addresses)))
  const fromSource = target.acls.flatMap((acl) => intersectFlows(acl.ingress, allOf(source.addresses)))
  const out = intersectFlows(flows, withPeers(toTarget, source.addresses))
  return answerable(
    target.acls.flatMap((acl) => acl.egress),
    answerable(
      source.acls.flatMap((acl) => acl.ingress),
      intersectFlows(out, fromSource),
      target.addresses,
    ),
    source.addresses,
  )
}

/**
 * The part of `flows` whose answers a second set of rules lets back to somebody in `to`. Answers of TCP and UDP go to ports that the
 * sender chose, so any of them will do.
 */
export function answerable(rules: Flows, flows: Flows, to: Ranges): Flows {
  return flows.flatMap((flow) => {
    const back = intersectFlows(rules, [{ peers: to, protocols: flow.protocols, ports: anyPort }])
    return back.length === 0 ? [] : [flow]
  })
}

/** How two subnets are joined, or undefined: one network, or a peering connection with a route at either end. */
function join(source: Subnet, target: Subnet): string | undefined {
  if (source === target) return `both stand in ${source.label}`
  if (source.vpc === target.vpc) return `${source.label} and ${target.label} are in one network`
  const there = peered(source, target)
  const back = peered(target, source)
  const same = there.find((one) => back.includes(one))
  return same ? `${same.name} joins ${source.vpc.label} and ${target.vpc.label}` : undefined
}

const peered = (source: Subnet, target: Subnet) =>
  source.tables.flatMap((table) =>
    effective(table).flatMap(({ route, destinations }) =>
      route.leads === 'peering' && route.target && overlaps(destinations, target.addresses) ? [route.target] : [],
    ),
  )

/** Everything that `from` can reach, also by going through others, each with the way to it. */
export function reaches(world: World, from: Party): { to: Thing; answer: Answer }[] {
  const found = new Map<Thing, Answer>()
  let front: { who: Party; path: Hop[] }[] = [{ who: from, path: [] }]
  while (front.length > 0) {
    const next: typeof front = []
    for (const { who, path } of front) {
      for (const to of world.things) {
        if (found.has(to) || (to as Party) === from) continue
        const answer = canReach(who, to)
        if (answer.flows.length === 0) continue
        const whole = { ...answer, path: [...path, ...answer.path] }
        found.set(to, whole)
        if (!to.silent) next.push({ who: to, path: whole.path })
      }
    }
    front = next
  }
  return [...found].map(([to, answer]) => ({ to, answer }))
}

/** A way in words: who, by what, with what traffic. */
export function describeAnswer(from: Party, to: Thing, answer: Answer): string {
  if (answer.flows.length === 0) {
    const doubts = answer.doubts.map((doubt) => `\n  not known: ${doubt}`).join('')
    return `${from.label} cannot reach ${to.label}: ${answer.closed}${doubts}`
  }
  const steps = answer.path.map((hop) => `\n  ${hop.at}: ${hop.because}`).join('')
  return `${from.label} reaches ${to.label} (${printFlows(answer.flows)})${steps}`
}

/** All addresses of several subnets. */
export const addressesOf = (subnets: Subnet[]): Ranges => union(...subnets.map((subnet) => subnet.addresses))
