import { diffOf, setSettings } from '../../platform/settings/edit.ts'
import type { Settings } from '../../platform/settings/schema.ts'
import { say } from '../../platform/terminal/terminal.ts'
import { type Ground, goOn } from '../database/ground.ts'

/** Writes a step into the stack's file and shows what it changed. */
export async function write(ground: Ground, changes: Partial<Settings>): Promise<void> {
  goOn(ground)
  const { context, stack } = ground
  const edit = await setSettings(context.root, stack, changes)
  say(context.terminal, `${edit.file}:`)
  for (const line of diffOf(edit)) say(context.terminal, line)
}
