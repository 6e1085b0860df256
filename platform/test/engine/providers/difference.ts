import { type Change, effectOf } from '../../../plan/replacement.ts'
import { unknownValue, type Wire } from '../../../plan/values.ts'

/** What has changed between two sets of inputs, and whether the resource outlives it. */
export interface Difference {
  changes: { path: string; kind: 'add' | 'delete' | 'update'; replaces: boolean }[]
  deleteBeforeReplace: boolean
}

const isObject = (value: unknown): value is Wire => typeof value === 'object' && value !== null && !Array.isArray(value)

function* changed(path: string, old: unknown, now: unknown): Generator<Change & { kind: 'add' | 'delete' | 'update' }> {
  if (old === undefined && now === undefined) return
  if (old === undefined) yield { path, old, now, kind: 'add' }
  else if (now === undefined) yield { path, old, now, kind: 'delete' }
  else if (isObject(old) && isObject(now)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
      yield* changed(path === '' ? key : `${path}.${key}`, old[key], now[key])
    }
  } else if (Array.isArray(old) && Array.isArray(now) && old.length === now.length) {
    for (const [index, item] of old.entries()) yield* changed(`${path}[${index}]`, item, now[index])
  } else if (JSON.stringify(old) !== JSON.stringify(now) || now === unknownValue)
    yield { path, old, now, kind: 'update' }
}

/**
 * Compares inputs by the table of what replaces what. A property that the table lacks is an error: a stub that guessed would let a
 * missing row pass for an update.
 */
export function differenceOf(type: string, old: Wire, now: Wire, fixedName: boolean): Difference {
  const changes = [...changed('', old, now)].map(({ kind, ...change }) => {
    const { effect } = effectOf(type, { ...change, inputs: now })
    if (effect === 'unknown') {
      throw new Error(
        `platform/plan/replacement has no row for ${type} ${change.path}: say whether a change of it replaces`,
      )
    }
    return { path: change.path, kind, replaces: effect === 'replace' }
  })
  return { changes, deleteBeforeReplace: fixedName && changes.some(({ replaces }) => replaces) }
}
