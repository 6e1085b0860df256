import type { Resource } from '../graph.ts'
import { everywhere } from './addresses.ts'
import { type Facts, factsOf, type Index, label, type Undecided } from './facts.ts'
import { blocksOf } from './prefix-lists.ts'
import { union } from './ranges.ts'
import {
  allOf,
  anyPort,
  anyProtocol,
  type Flows,
  intersectFlows,
  noTraffic,
  portsOf,
  protocolsOf,
  subtractFlows,
} from './traffic.ts'

/** What a subnet's network ACL lets through. It keeps no state: answers need a rule of their own. */
export interface Acl {
  label: string
  resource?: Resource
  ingress: Flows
  egress: Flows
}

interface Rule {
  number: number
  allow: boolean
  flows: Flows
}

/** What AWS gives a VPC that says nothing else: everything passes. */
export const openAcl: Acl = { label: 'the default network ACL', ingress: allOf(everywhere), egress: allOf(everywhere) }

export const aclTypes = ['aws:ec2/networkAcl:NetworkAcl', 'aws:ec2/defaultNetworkAcl:DefaultNetworkAcl']
const ruleType = 'aws:ec2/networkAclRule:NetworkAclRule'

/** The ACL that a resource declares, with rules in it and apart. */
export function aclOf(resource: Resource, index: Index, undecided: Undecided[]): Acl {
  const facts = factsOf(resource, undecided)
  const apart = index
    .of(ruleType)
    .map((rule) => factsOf(rule, undecided))
    .filter((rule) => index.find(aclTypes, rule.text('networkAclId')) === resource)
  const rules = (direction: 'ingress' | 'egress') => [
    ...facts.list(direction).map((rule) => ruleOf(rule, 'ruleNo', 'action')),
    ...apart
      .filter((rule) => (rule.flag('egress') === true) === (direction === 'egress'))
      .map((rule) => ruleOf(rule, 'ruleNumber', 'ruleAction')),
  ]
  return { label: label(resource), resource, ingress: passed(rules('ingress')), egress: passed(rules('egress')) }
}

/** What rules let through in their order: the first that fits decides, and what none fits is refused. */
export function passed(rules: readonly Rule[]): Flows {
  let open = allOf(everywhere)
  let through = noTraffic
  for (const rule of [...rules].sort((a, b) => a.number - b.number)) {
    if (rule.allow) through = [...through, ...intersectFlows(rule.flows, open)]
    open = subtractFlows(open, rule.flows)
  }
  return through
}

function ruleOf(facts: Facts, numberAt: string, actionAt: string): Rule {
  const allow = facts.text(actionAt)?.toLowerCase() !== 'deny'
  const number = facts.number(numberAt) ?? 0
  const wrote = facts.value('protocol')
  const protocols = typeof wrote === 'string' || typeof wrote === 'number' ? protocolsOf(wrote) : undefined
  const blocks = [...blocksOf(facts, 'cidrBlock'), ...blocksOf(facts, 'ipv6CidrBlock')].map((block) => [block])
  const peers = union(...blocks)
  // A rule that cannot be read lets everything through, or holds nothing back.
  if (protocols === undefined || peers.length === 0) {
    facts.note(protocols === undefined ? 'protocol' : 'cidrBlock', 'cannot be read')
    return { number, allow, flows: allow ? allOf(everywhere) : noTraffic }
  }
  const type = facts.number('icmpType')
  const icmp = protocols.length === 1 && [1n, 58n].includes(protocols[0]?.from ?? 0n) && protocols !== anyProtocol
  const ports = icmp
    ? type === undefined || type < 0
      ? anyPort
      : portsOf(protocols, type, type)
    : portsOf(protocols, facts.number('fromPort'), facts.number('toPort'))
  // A refusal of one ICMP code leaves the others of its type, and codes are not followed here.
  if (icmp && !allow && (facts.number('icmpCode') ?? -1) >= 0) return { number, allow, flows: noTraffic }
  // For an ACL, unlike a group, the ports 0 to 0 of TCP are the port 0.
  return { number, allow, flows: [{ peers, protocols, ports }] }
}
