import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { loadStack, repository } from '../settings/stack-file.ts'
import type { Graph, Mode } from './graph.ts'
import type { Method, Model } from './models/model.ts'
import { type Program, runProgram } from './program.ts'
import type { Answer, Order } from './run.ts'

/** What may be asked of a plan. */
export interface PlanOptions {
  /** The stack, as in `Pulumi.<stack>.yaml`. */
  stack: string
  mode: Mode
  /** Settings that stand in place of those in the file: values as in YAML. */
  overrides?: Record<string, unknown>
  /** Another program than `platform/index.ts`. */
  program?: Program
  /** What stands in for components that only a plugin can build; by default those of `plan/models/`. */
  models?: Record<string, Model>
  /** Answers of provider functions beyond those that follow from account and region: by token. */
  invokes?: Record<string, Answer>
  /** What answers methods of those components: by token. */
  methods?: Record<string, Method>
  /** Outputs of other stacks, by full name, for `StackReference`. */
  stackOutputs?: Record<string, Record<string, unknown>>
}

let runs = 0

/** Imports the program anew: a module is run once only, so each run has an address of its own. */
function importProgram(path: string): Program {
  return async () => {
    runs += 1
    const module = (await import(`${pathToFileURL(path).href}?run=${runs}`)) as Record<string, unknown>
    const exported = 'default' in module ? module.default : { ...module }
    return (typeof exported === 'function' ? await exported() : exported) as Record<string, unknown>
  }
}

/** What a run needs to know: the stack's configuration, and what answers in the place of plugins and of the cloud. */
export async function orderOf(options: PlanOptions): Promise<Order> {
  const { stack, mode, overrides = {}, invokes = {}, stackOutputs = {} } = options
  const file = await loadStack(stack)
  const { project, secretKeys } = file
  const config = { ...file.config, ...asConfig(overrides, project) }
  const ours = options.models && options.methods ? undefined : await import('./models/index.ts')
  const models = options.models ?? ours?.models ?? {}
  const methods = options.methods ?? ours?.methods ?? {}
  return { project, stack, mode, config, secretKeys, models, invokes, methods, stackOutputs }
}

/**
 * Plans a stack: runs the program in this process, with no CLI, no plugin and no credentials, and returns all that it registers. It
 * throws what would end a real preview: a wrong setting, an error of the program, two resources of one name.
 */
export async function plan(options: PlanOptions): Promise<Graph> {
  const program = options.program ?? importProgram(join(repository, 'platform', 'index.ts'))
  return runProgram(await orderOf(options), program)
}

/** Overrides as configuration: `region` is Pulumi's own key, every other short key is the project's. */
export function asConfig(overrides: Record<string, unknown>, project: string): Record<string, string> {
  const full = (key: string) => (key === 'region' ? 'aws:region' : key.includes(':') ? key : `${project}:${key}`)
  const text = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))
  return Object.fromEntries(Object.entries(overrides).map(([key, value]) => [full(key), text(value)]))
}
