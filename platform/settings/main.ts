/* `npm run settings`: every setting, with the value that each stack has. */
import { parseArgs } from 'node:util'
import { examine } from './check.ts'
import { listStacks, loadStack, type StackConfig, StackFileError } from './stack-file.ts'
import { formatRows, settingRows } from './table.ts'

const help = `Usage: npm run settings [-- [stack ...] [--json]]

Prints every setting of the platform: what it may be, its default, which part reads it, and its value in each stack
or in those that are named. Where stacks differ is marked. Nothing is changed, and no credentials are needed.

  --json        the same as JSON: {settings, problems, warnings}
  --directory   where Pulumi.yaml and the stack files are, instead of this repository
  --help        this text

Exits with 1, and says all that is wrong on stderr, when a stack's settings are not right.`

process.exitCode = await main(process.argv.slice(2))

async function main(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, help: { type: 'boolean' }, directory: { type: 'string' } },
    })
    if (values.help) return say(help)
    const names = positionals.length > 0 ? positionals : await listStacks(values.directory)
    if (names.length === 0) throw new StackFileError('There is no stack: no Pulumi.<stack>.yaml is here.')
    const stacks = []
    for (const name of names) stacks.push(await loadStack(name, values.directory))
    return print(stacks, values.json === true)
  } catch (error) {
    const wrongUse = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')
    if (!wrongUse && !(error instanceof StackFileError)) throw error
    console.error((error as Error).message)
    return 1
  }
}

function print(stacks: StackConfig[], json: boolean): number {
  const rows = settingRows(stacks)
  const examined = stacks.map(({ stack, config, secretKeys }) => ({
    stack,
    ...examine(config, secretKeys, new Date()),
  }))
  const problems = Object.fromEntries(examined.map(({ stack, problems }) => [stack, problems]))
  const warnings = Object.fromEntries(examined.map(({ stack, warnings }) => [stack, warnings]))
  if (json) {
    say(JSON.stringify({ settings: rows, problems, warnings }, undefined, 2))
  } else {
    const colour = process.stdout.isTTY === true && process.stdout.hasColors()
    const width = process.stdout.columns ?? 100
    say(
      formatRows(
        rows,
        stacks.map(({ stack }) => stack),
        { width, colour },
      ),
    )
    for (const { stack, problems, warnings } of examined) {
      for (const problem of problems) console.error(`Pulumi.${stack}.yaml: ${problem}`)
      for (const warning of warnings) console.error(`Pulumi.${stack}.yaml, a warning: ${warning}`)
    }
  }
  return examined.some(({ problems }) => problems.length > 0) ? 1 : 0
}

function say(text: string): number {
  console.log(text)
  return 0
}
