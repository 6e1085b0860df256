import type { Finding } from '../problems.ts'
import type { Settings } from '../schema.ts'

/** A pure check of settings that are right each by itself. */
export interface Rule {
  name: string
  /** The settings that it looks at; while one of them is wrong, the rule is not asked. */
  reads: readonly (keyof Settings)[]
  /** True for what is said and stops nothing. */
  warns?: boolean
  /** What is wrong, one sentence each; nothing when all is well. */
  find(settings: Settings, today: Date): Finding[]
}

/** One finding when something is wrong, none otherwise. */
export function when(wrong: boolean, path: string, text: string): Finding[] {
  return wrong ? [{ path, text }] : []
}
