import type { Settings } from '../../settings/schema.ts'

/** A change of the right settings; `on` is the day, where one matters. */
export type Change = Partial<Settings> & { on?: string }

/** The cases of one rule. */
export interface Cases {
  /** A change, and all that must be said about it. */
  fails: [Change, ...string[]][]
  passes: Change[]
}

/** The cases of a rule for production: too little fails there and only there. */
export function inProduction<K extends keyof Settings>(
  key: K,
  little: Settings[K],
  enough: Settings[K],
  right: string,
) {
  const said = `dhakacart:${key}: ${JSON.stringify(little)} is too little for production; ${right}`
  const entry: Cases = {
    fails: [[{ [key]: little }, said]],
    passes: [{ [key]: enough }, { production: false, [key]: little }],
  }
  return { [`${key} is that of a production stack`]: entry }
}
