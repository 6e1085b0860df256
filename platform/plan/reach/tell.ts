import type { Graph } from '../graph.ts'
import { type Statement, where } from './documents.ts'
import { label } from './facts.ts'
import { canReach, describeAnswer } from './inside.ts'
import { describeExposure, describeWay, internetEgress, reachableFromInternet } from './outside.ts'
import { permissionsOf, readIdentities, whoCanAssume } from './roles.ts'
import { readWorld } from './world.ts'

/**
 * What one party reaches, in words: the things and subnets whose name holds `name`, or `internet` for strangers. Throws where there is
 * none, naming those that there are.
 */
export function tellReach(graph: Graph, name: string): string[] {
  const world = readWorld(graph)
  if (name === 'internet') {
    const { exposures, doubts } = reachableFromInternet(world)
    const nothing = exposures.length === 0 ? ['the internet reaches nothing'] : []
    return [...exposures.map(describeExposure), ...nothing, ...doubts.map((doubt) => `not known: ${doubt}`)]
  }
  const things = named(world.things, name)
  const subnets = named(world.subnets, name)
  if (things.length + subnets.length === 0) throw noSuch(name, [...world.things, ...world.subnets])
  return [
    ...things.flatMap((thing) =>
      world.things.filter((to) => to !== thing).map((to) => describeAnswer(thing, to, canReach(thing, to))),
    ),
    ...subnets.flatMap((subnet) => internetEgress(world, subnet).map(describeWay)),
  ]
}

/** Who takes the roles whose name holds `name`, and all that they may do. Throws where there is none, naming those that there are. */
export function tellRole(graph: Graph, name: string): string[] {
  const identities = readIdentities(graph)
  const roles = identities.roles.map((resource) => ({ resource, label: label(resource) }))
  const chosen = named(roles, name)
  if (chosen.length === 0) throw noSuch(name, roles)
  return chosen.flatMap(({ resource, label }) => {
    const { grants, denials, doubts } = permissionsOf(identities, resource)
    return [
      label,
      ...whoCanAssume(identities, resource).map(({ name, conditions }) => `  taken by ${name}${where(conditions)}`),
      ...grants.map((grant) => `  may ${describeGrant(grant.statement)} (${grant.says})`),
      ...denials.map((denial) => `  may not ${describeGrant(denial.statement)} (${denial.says})`),
      ...doubts.map((doubt) => `  not known: ${doubt}`),
    ]
  })
}

function describeGrant(statement: Statement): string {
  const { actions, notActions, resources, notResources, conditions } = statement
  const butFor = (list: string[], but: string[]) =>
    but.length > 0 ? `everything but ${but.join(', ')}` : list.join(', ')
  return `${butFor(actions, notActions)} on ${butFor(resources, notResources)}${where(conditions)}`
}

const named = <T extends { label: string }>(list: T[], name: string) => list.filter((one) => one.label.includes(name))

const noSuch = (name: string, list: { label: string }[]) =>
  new RangeError(`Nothing is called '${name}'; there are ${list.map((one) => one.label).join(', ')}`)
