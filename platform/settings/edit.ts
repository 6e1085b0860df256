import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { checkSettings } from './check.ts'
import { fullKey } from './problems.ts'
import type { Settings } from './schema.ts'
import { loadStack } from './stack-file.ts'

/**
 * Sets one setting in a stack's file; comments and order stay as they are.
 * @throws {StackFileError} no such stack
 * @throws {SettingsError} the settings would be wrong with it; the file is left as it was
 */
export async function setSetting<K extends keyof Settings>(
  root: string,
  stack: string,
  key: K,
  value: Settings[K],
): Promise<void> {
  const { config, secretKeys } = await loadStack(stack, root)
  checkSettings({ ...config, [fullKey(key)]: typeof value === 'string' ? value : JSON.stringify(value) }, secretKeys)
  const path = join(root, `Pulumi.${stack}.yaml`)
  const document = parseDocument(await readFile(path, 'utf8'))
  document.setIn(['config', fullKey(key)], document.createNode(value, { flow: true }))
  await writeFile(path, document.toString({ lineWidth: 0, flowCollectionPadding: false }))
}
