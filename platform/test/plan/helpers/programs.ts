import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import type { Graph, Mode, Resource } from '../../../plan/graph.ts'
import { type PlanOptions, plan } from '../../../plan/index.ts'
import type { Method, Model } from '../../../plan/models/model.ts'

/** A model with a child of a child, a secret, and an output that is a resource. */
const modelled: Model = async (name, inputs, options) => {
  const component = new pulumi.ComponentResource('test:index:Modelled', name, {}, options)
  const topic = new aws.sns.Topic(`${name}-topic`, { kmsMasterKeyId: inputs.key as string }, { parent: component })
  const queue = new aws.sqs.Queue(`${name}-queue`, { tags: { secret: inputs.secret as string } }, { parent: topic })
  return { urn: component.urn, state: { address: queue.url, topic } }
}

const greet: Method = async ({ whom }) => ({ outputs: { result: `Hello, ${String(whom)}` } })

/** What the test programs ask for beyond AWS's own. */
export const answers = {
  models: { 'test:index:Modelled': modelled },
  methods: { 'test:index:Modelled/greet': greet },
  invokes: { 'test:index:echo': (args: Record<string, unknown>) => args },
  stackOutputs: { 'organization/network/prod': { vpcId: 'vpc-shared' } },
} satisfies Partial<PlanOptions>

/** The programs of `test/plan/programs/`. */
export const names = [
  ...(['options', 'dependencies', 'secrets', 'kubernetes', 'transforms'] as const),
  ...(['reads', 'components', 'packages', 'hooks'] as const),
]

export const pathOf = (name: string): string => new URL(`../programs/${name}.ts`, import.meta.url).pathname

/** Plans one of the test programs. */
export const planOf = (name: (typeof names)[number], mode: Mode): Promise<Graph> =>
  plan({
    stack: 'staging',
    mode,
    ...answers,
    program: async () => (await import(pathOf(name))).default(),
  })

/** Finds a resource by its name in the program; throws where there is none, or more than one. */
export function named(graph: Graph, name: string): Resource {
  const [found, ...more] = graph.resources.filter((resource) => resource.name === name)
  if (!found || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} resources are named ${name}`)
  return found
}
