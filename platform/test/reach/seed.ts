import * as pulumi from '@pulumi/pulumi'
import t from 'tap'
import type { Graph } from '../../plan/graph.ts'
import { plan } from '../../plan/index.ts'
import { describe, type Outcome, proofs, prove } from '../../plan/reach/proofs.ts'
import { settingsOf } from '../../plan/reach/settings.ts'

/** With a runner, so that its proof has something to look at. */
const overrides = {
  githubRepository: 'dhakacart/shop',
  githubConnectionArn:
    'arn:aws:codeconnections:ap-southeast-1:222222222222:connection/11111111-2222-4333-8444-555555555555',
  githubActorIds: ['1234567'],
}

type Props = Record<string, unknown>

/** What stands in the unchanged prod, by the ids that its plan makes up: the same in every run. */
export interface Prod {
  vpcId: string
  gatewayId: string
  clusterGroupId: string
  subnet(name: string): string
  table(name: string): string
  nat(name: string): string
  group(name: string): string
  role(name: string): string
  defaultGroupId: string
  /** The id of any other resource. */
  id(type: string, name: string): string
}

/** A way to make prod worse, the proof that has to fail for it, and what that proof has to say. */
export interface Hole {
  proof: string
  says: RegExp
  /** Resources that are added after our own program ran. */
  add?(prod: Prod): void
  /** Other inputs for a resource of ours, or nothing. */
  change?(type: string, name: string, props: Props, prod: Prod): Props | undefined
  /** A type that Pulumi protects no longer. */
  unprotect?: string
}

let runs = 0

/** Plans prod with a hole in it: our own program, changed or added to, never the graph. */
async function planWith(hole: Partial<Hole>, prod?: Prod): Promise<Graph> {
  const { add, change, unprotect } = hole
  const program = async () => {
    if (prod) {
      pulumi.runtime.registerResourceTransform(({ type, name, props, opts }) => {
        if (type === unprotect) return { props, opts: { ...opts, protect: false } }
        const changed = change?.(type, name, props, prod)
        return changed && { props: changed, opts }
      })
    }
    runs += 1
    const ours = (await import(`../../index.ts?hole=${runs}`)) as Record<string, unknown>
    if (prod) add?.(prod)
    return { ...ours }
  }
  return plan({ stack: 'prod', mode: 'applied', overrides, program })
}

const proveProd = async (graph: Graph): Promise<Outcome[]> => prove(graph, await settingsOf('prod', overrides))

function prodOf(graph: Graph): Prod {
  const id = (type: string) => (name: string) => {
    const found = graph.resources.find((one) => one.type === type && one.name === name)
    if (typeof found?.id !== 'string') throw new Error(`prod has no ${type} '${name}' whose id is known`)
    return found.id
  }
  const cluster = graph.resources.find((one) => one.type === 'aws:eks/cluster:Cluster')
  const config = cluster?.outputs.vpcConfig as { clusterSecurityGroupId: string } | undefined
  if (!config) throw new Error('prod has no cluster')
  return {
    vpcId: id('aws:ec2/vpc:Vpc')('dhakacart-prod'),
    gatewayId: id('aws:ec2/internetGateway:InternetGateway')('dhakacart-prod'),
    clusterGroupId: config.clusterSecurityGroupId,
    id: (type, name) => id(type)(name),
    defaultGroupId: id('aws:ec2/defaultSecurityGroup:DefaultSecurityGroup')('default'),
    subnet: id('aws:ec2/subnet:Subnet'),
    table: id('aws:ec2/routeTable:RouteTable'),
    nat: id('aws:ec2/natGateway:NatGateway'),
    group: id('aws:ec2/securityGroup:SecurityGroup'),
    role: id('aws:iam/role:Role'),
  }
}

/** Makes two tests of a table of holes: that prod keeps every promise without one, and that each is seen. */
export async function seed(holes: Record<string, Hole>): Promise<void> {
  // Each hole is a whole plan, about a second of one core.
  t.setTimeout(300_000)
  const unchanged = await planWith({})
  const prod = prodOf(unchanged)
  t.test('as it stands, prod keeps every promise', async (t) => {
    t.ok(unchanged.resources.length > 150, `${unchanged.resources.length} resources were planned`)
    const outcomes = await proveProd(unchanged)
    t.equal(outcomes.length, proofs.length)
    for (const outcome of outcomes) t.ok(outcome.holds, describe(outcome))
  })
  for (const [name, hole] of Object.entries(holes)) {
    t.test(name, async (t) => {
      const graph = await planWith(hole, prod)
      t.ok(graph.resources.length >= unchanged.resources.length, `${graph.resources.length} resources were planned`)
      const outcome = (await proveProd(graph)).find((one) => one.name === hole.proof)
      if (!outcome) throw new Error(`there is no proof ${hole.proof}`)
      t.notOk(outcome.holds, 'the proof fails')
      t.match(describe(outcome), hole.says)
    })
  }
}

/** The change that replaces some inputs of one resource. */
export const inputsOf =
  (type: string, name: string, inputs: Props): Hole['change'] =>
  (itsType, itsName, props) =>
    itsType === type && itsName === name ? { ...props, ...inputs } : undefined

/** A policy of one statement. */
export const policyOf = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }] })
