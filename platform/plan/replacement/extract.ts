/*
 * Writes cloudformation.json: which properties of our types CloudFormation can set only when it creates, the second source of the table.
 * Its schemas come with cfn-lint, from PyPI:
 *
 *   pip download --no-deps -d /tmp/cfn cfn-lint==1.58.0 && python3 -m zipfile -e /tmp/cfn/cfn_lint-1.58.0-py3-none-any.whl /tmp/cfn/all
 *   node platform/plan/replacement/extract.ts /tmp/cfn/all/cfnlint/data/schemas
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { replacement } from '../replacement.ts'

interface Schema {
  createOnlyProperties?: string[]
  conditionalCreateOnlyProperties?: string[]
}

const [schemas = ''] = process.argv.slice(2)
const json = async <T>(...path: string[]) => JSON.parse(await readFile(join(schemas, ...path), 'utf8')) as T
const files = await json<Record<string, string>>('providers', 'ap-southeast-1.json')
const { schema_date } = await json<{ schema_date: string }>('version.json')
const bare = (paths: string[] = []) => paths.map((path) => path.replace('/properties/', '')).sort()

const types: Record<string, { createOnly: string[]; conditional: string[] }> = {}
const wanted = Object.values(replacement).flatMap(({ cloudFormation }) => (cloudFormation ? [cloudFormation.type] : []))
for (const type of [...new Set(wanted)].sort()) {
  const schema = await json<Schema>('resources', `${files[type]}.json`)
  types[type] = {
    createOnly: bare(schema.createOnlyProperties),
    conditional: bare(schema.conditionalCreateOnlyProperties),
  }
}
const source = `CloudFormation's resource schemas of ap-southeast-1, dated ${schema_date}, as shipped with cfn-lint 1.58.0 (MIT-0)`
await writeFile(new URL('cloudformation.json', import.meta.url), `${JSON.stringify({ source, types }, null, 2)}\n`)
