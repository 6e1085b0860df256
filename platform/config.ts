import * as pulumi from '@pulumi/pulumi'
import { examine, SettingsError } from './settings/check.ts'
import type { Settings } from './settings/schema.ts'

/**
 * Reads the settings of the stack that Pulumi runs. Warnings go to Pulumi's log.
 * @throws pulumi.RunError naming every setting that is wrong, at once; Pulumi prints it without a stack trace.
 */
export function readSettings(today: Date = new Date()): Settings {
  const config = pulumi.runtime.allConfig()
  const { settings, problems, warnings } = examine(config, Object.keys(config).filter(isSecret), today)
  if (!settings) throw new pulumi.RunError(new SettingsError(problems).message)
  for (const warning of warnings) void pulumi.log.warn(warning)
  return settings
}

/** The SDK exports this beside `allConfig`, but not its type. */
const { isConfigSecret: isSecret } = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean }
