import type { Test } from 'tap'
import type { Recorded } from './compare.ts'
import type { Engine } from './engine.ts'
import { changesOf, stepsOf } from './events.ts'
import type { Cloud } from './providers/cloud.ts'
import type { Workspace } from './workspace.ts'

/** What a phase of the life needs. */
export interface Life {
  engine: Engine
  cloud: Cloud
  workspace: Workspace
  stack: string
}

/** One phase of the life: it begins where the one before has ended. */
export type Phase = (t: Test, life: Life) => Promise<void>

export const nameOf = (urn: string): string => urn.split('::').slice(3).join('::')
export const typeOf = (urn: string): string => urn.split('::')[2]?.split('$').at(-1) ?? ''

/** Sets a setting as `pulumi config set` takes it. */
export const set = (engine: Engine, key: string, value: string) =>
  engine.must('config set', [`dhakacart:${key}`, value], { events: false })

/**
 * Sets a list of objects, as a person's edit of the stack's file would: a text in its place is refused, for `Pulumi.yaml` says that it is a list.
 */
export async function setList(engine: Engine, key: string, items: Record<string, string>[]): Promise<void> {
  await engine.must('config rm', [`dhakacart:${key}`], { events: false })
  for (const [at, item] of items.entries()) {
    for (const [property, value] of Object.entries(item)) {
      await engine.must('config set', ['--path', `dhakacart:${key}[${at}].${property}`, value], { events: false })
    }
  }
}

export const up = (engine: Engine) => engine.must('up', ['--yes', '--skip-preview'])

/** The resources of the state, secrets in the clear. */
export async function stateOf(engine: Engine): Promise<Recorded[]> {
  const { stdout } = await engine.must('stack export', ['--show-secrets'], { events: false })
  return (JSON.parse(stdout) as { deployment: { resources?: Recorded[] } }).deployment.resources ?? []
}

/** A preview of the whole stack finds nothing to do. */
export async function assertUnchanged(t: Test, engine: Engine, message: string): Promise<void> {
  const { events } = await engine.must('preview')
  t.ok(stepsOf(events).length > 100, 'the preview sees the whole stack')
  t.strictSame(changesOf(events), [], message)
}
