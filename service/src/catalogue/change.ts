import type { JSONValue } from 'postgres'
import type { Actor } from '../audit/audit-store.ts'
import { ShopError } from '../errors.ts'

/** Who changes the catalogue, and why: for the audit trail. */
export interface ChangeContext {
  actor: Actor
  requestId: string
  reason?: string
}

export interface Difference {
  before: Record<string, JSONValue>
  after: Record<string, JSONValue>
}

/** What differs between two states of a thing, of these fields; undefined when nothing does. */
export function differenceOf<T extends object, K extends keyof T & string>(
  before: T,
  after: T,
  fields: readonly K[],
): Difference | undefined {
  const changed = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
  if (changed.length === 0) return undefined
  const pick = (state: T) => Object.fromEntries(changed.map((field) => [field, state[field] as JSONValue]))
  return { before: pick(before), after: pick(after) }
}

/** The fields of a change that were given. */
export function given<T extends object>(change: T): Partial<T> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<T>
}

/** @throws changed_meanwhile when the locked row is not of the version that the change was made for. */
export function checkVersion(found: number, expected: number): void {
  if (found === expected) return
  throw new ShopError('changed_meanwhile', {
    field: 'version',
    message: `This is at version ${found} by now, not ${expected}: look at it again.`,
  })
}
