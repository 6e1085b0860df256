import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type Document, isNode, isSeq, parseDocument } from 'yaml'
import { checkSettings } from './check.ts'
import { fullKey } from './problems.ts'
import type { Settings } from './schema.ts'
import { loadStack } from './stack-file.ts'

/** A stack's file before and after an edit. */
export interface Edit {
  /** `Pulumi.prod.yaml`. */
  file: string
  before: string
  after: string
}

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
  await setSettings(root, stack, { [key]: value } as Partial<Settings>)
}

/**
 * Sets several settings in a stack's file at once; comments and order stay as they are, also inside a list whose items stay.
 * @throws {StackFileError} no such stack
 * @throws {SettingsError} the settings would be wrong with them; the file is left as it was
 */
export async function setSettings(root: string, stack: string, changes: Partial<Settings>): Promise<Edit> {
  const { config, secretKeys } = await loadStack(stack, root)
  const changed = Object.entries(changes).map(([key, value]) => [fullKey(key), value] as const)
  const texts = changed.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)])
  checkSettings({ ...config, ...Object.fromEntries(texts) }, secretKeys)
  const file = `Pulumi.${stack}.yaml`
  const before = await readFile(join(root, file), 'utf8')
  const document = parseDocument(before)
  for (const [key, value] of changed) put(document, ['config', key], value)
  const after = document.toString({ lineWidth: 0, flowCollectionPadding: false })
  await writeFile(join(root, file), after)
  return { file, before, after }
}

/** A list that is there keeps its form and the items that stay, with their comments. */
function put(document: Document, path: string[], value: unknown): void {
  const list = document.getIn(path)
  if (!isSeq(list) || !Array.isArray(value)) {
    document.setIn(path, document.createNode(value, { flow: true }))
    return
  }
  const kept = list.items
  list.items = value.map((item) => {
    const found = kept.find((node) => isDeepStrictEqual(isNode(node) ? node.toJS(document) : node, item))
    return found ?? document.createNode(item, { flow: true })
  })
}

/** The lines that an edit takes away and puts in, as `diff` shows them. */
export function diffOf({ before, after }: Pick<Edit, 'before' | 'after'>): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1
  let end = 0
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1
  return [
    ...old.slice(start, old.length - end).map((line) => `- ${line}`),
    ...now.slice(start, now.length - end).map((line) => `+ ${line}`),
  ]
}
