/*
 * `npm run test:models`: builds every case by our models and by the real plugins, inside the same plan, and prints where they differ.
 * With `--record` it keeps what the plugins registered in platform/test/recorded/plugins, for those who have no plugin; any other word
 * picks the cases whose name holds it. A plugin is looked for in AWSX_PLUGIN or EKS_PLUGIN (the path of an executable), where Pulumi installs plugins, and on PATH.
 */
import { access, constants, readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Mode } from '../../plan/graph.ts'
import { plan } from '../../plan/index.ts'
import { methods, models } from '../../plan/models/index.ts'
import { pluginMethod, pluginModel } from '../harness/plugin-model.ts'
import { type Case, cases, invokes } from './cases.ts'
import { differences } from './difference.ts'
import { isRecorded, recordingOf, writeRecording } from './recording.ts'

const isExecutable = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )

async function findPlugin(name: string): Promise<string | undefined> {
  const given = process.env[`${name.toUpperCase()}_PLUGIN`]
  if (given) return given
  const file = `pulumi-resource-${name}`
  const installed = join(process.env.PULUMI_HOME ?? join(homedir(), '.pulumi'), 'plugins')
  const folders = await readdir(installed).catch(() => [])
  const versions = folders.filter((folder) => folder.startsWith(`resource-${name}-v`)).sort()
  const places = [
    ...versions.reverse().map((folder) => join(installed, folder)),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  for (const place of places) if (await isExecutable(join(place, file))) return join(place, file)
  return undefined
}

async function compare(row: Case, mode: Mode, command: string): Promise<boolean> {
  const { name, type, stack, program } = row
  const order = { stack, mode, program, invokes }
  const ours = await plan(order)
  const theirs = await plan({
    ...order,
    models: { ...models, [type]: pluginModel(type, [command]) },
    methods: mapOf(Object.keys(methods), (token) => pluginMethod(token, [command])),
  })
  const found = differences(ours, theirs)
  const inside = theirs.resources.filter((resource) => resource.urn.includes(`${type}$`)).length
  const failed = found.length > 0 || inside === 0
  console.log(`${failed ? 'differs' : 'equal  '}  ${type} ${mode}: ${name} (${inside} children)`)
  for (const line of found) console.log(`  ${line}`)
  if (recording && mode === 'preview' && isRecorded(row)) await writeRecording(row, recordingOf(theirs, row))
  return !failed
}

const mapOf = <T>(keys: string[], make: (key: string) => T): Record<string, T> =>
  Object.fromEntries(keys.map((key) => [key, make(key)]))

const words = process.argv.slice(2)
const recording = words.includes('--record')
const only = words.filter((word) => word !== '--record').join(' ')
const plugins = [
  ['awsx', 'awsx:ec2:Vpc'],
  ['eks', 'eks:index:Cluster'],
] as const
const results: boolean[] = []
for (const [name, type] of plugins) {
  const command = await findPlugin(name)
  if (!command) {
    console.log(`skipped  ${type}: no plugin ${name} in ${name.toUpperCase()}_PLUGIN, in Pulumi's plugins or on PATH`)
    continue
  }
  console.log(`${type} against ${command}`)
  for (const row of cases.filter((row) => row.type === type && row.name.includes(only)))
    for (const mode of ['preview', 'applied'] as const)
      results.push(
        await compare(row, mode, command).catch((error: Error) => {
          console.log(`fails    ${type} ${mode}: ${row.name}: ${error.message}`)
          return false
        }),
      )
}
const failures = results.filter((equal) => !equal).length
console.log(`${results.length} runs compared, ${failures} differ.`)
process.exitCode = failures === 0 ? 0 : 1
