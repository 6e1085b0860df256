import { checkSettings } from '../../settings/check.ts'
import type { Settings } from '../../settings/schema.ts'
import { loadStack } from '../../settings/stack-file.ts'
import { asConfig } from '../index.ts'

/** The settings that a plan of a stack is made with. Throws, as the program would, where they are wrong. */
export async function settingsOf(stack: string, overrides: Record<string, unknown> = {}): Promise<Settings> {
  const { config, project, secretKeys } = await loadStack(stack)
  return checkSettings({ ...config, ...asConfig(overrides, project) }, secretKeys)
}
