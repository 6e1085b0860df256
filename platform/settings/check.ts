import { rules } from './checks.ts'
import { type Finding, line, type SettingSchema, SettingsError } from './problems.ts'
import { type Settings, schema } from './schema.ts'
import { type Config, readValues } from './values.ts'

export { SettingsError } from './problems.ts'

/** What was found in a configuration: one line each. `settings` is there when nothing is wrong. */
export interface Examination {
  settings: Settings | undefined
  /** What has a right type and fits its bounds, wrong combinations included: for a table of settings. */
  values: Partial<Settings>
  problems: string[]
  warnings: string[]
}

/**
 * Examines a configuration: types and bounds of each setting, then what they are to each other. A rule is asked as soon as the settings
 * that it reads are right, so that one mistake hides as few others as possible.
 * @param config full keys and texts, as Pulumi hands them to a program
 * @param secretKeys full keys of the values that are encrypted
 * @param today when that is, for what runs out
 */
export function examine(config: Config, secretKeys: readonly string[], today: Date): Examination {
  const { values, problems, warnings } = readValues(schema as SettingSchema, config, secretKeys)
  for (const rule of rules) {
    if (!rule.reads.every((key) => key in values)) continue
    const findings: Finding[] = rule.find(values as Settings, today)
    const list = rule.warns ? warnings : problems
    list.push(...findings)
  }
  return {
    settings: problems.length === 0 ? (values as Settings) : undefined,
    values: values as Partial<Settings>,
    problems: problems.map(line),
    warnings: warnings.map(line),
  }
}

/**
 * The settings of a configuration.
 * @throws SettingsError naming every setting that is wrong, at once.
 */
export function checkSettings(config: Config, secretKeys: readonly string[], today: Date = new Date()): Settings {
  const { settings, problems } = examine(config, secretKeys, today)
  if (!settings) throw new SettingsError(problems)
  return settings
}
