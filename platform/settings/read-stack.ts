import { checkSettings } from './check.ts'
import type { Settings } from './schema.ts'
import { loadStack } from './stack-file.ts'

/**
 * The settings of a stack, for a command that runs without Pulumi.
 * @throws {StackFileError} no such stack, or a file that is no stack file
 * @throws {SettingsError} naming every setting that is wrong
 */
export async function readStackSettings(root: string, stack: string): Promise<Settings> {
  const { config, secretKeys } = await loadStack(stack, root)
  return checkSettings(config, secretKeys)
}
