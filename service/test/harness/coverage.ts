import { glob, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import typescript from 'typescript'

// Lines and functions only: tap's figure for branches varied between runs of the same code (50 % and 67 % were measured).
// 90 rather than 100: the rest is what only a broken machine reaches, and a test that mocks a broken disk to get there proves nothing.
const bar = { lines: 90, functions: 90 }

type Counted = keyof typeof bar
type FileCoverage = Record<Counted, { total: number; covered: number }>

/** What the tests reached, in percent, and what is wrong with it. */
export interface Coverage {
  sentence: string
  belowBar: string | undefined
}

const isTest = (folder: string, file: string) => file.startsWith(join(folder, 'test', sep))

/** Reads tap's json-summary and adds up the files below `folder`, an absolute path, but its tests. Throws when there is no report. */
export async function readCoverage(report: string, folder: string): Promise<Coverage> {
  const { total: _, ...files }: Record<string, FileCoverage> = JSON.parse(await readFile(report, 'utf8'))
  return judgeCoverage(
    Object.entries(files).flatMap(([file, coverage]) =>
      file.startsWith(join(folder, sep)) && !isTest(folder, file) ? coverage : [],
    ),
  )
}

/** Adds up files and holds the sum against the bar. */
export function judgeCoverage(files: FileCoverage[]): Coverage {
  const percent = (what: Counted) => {
    const total = files.reduce((sum, file) => sum + file[what].total, 0)
    return total === 0 ? 0 : (100 * files.reduce((sum, file) => sum + file[what].covered, 0)) / total
  }
  const reached = { lines: percent('lines'), functions: percent('functions') }
  const below = (['lines', 'functions'] as const).filter((what) => reached[what] < bar[what])
  return {
    sentence: `The tests reach ${reached.lines.toFixed(1)} % of the lines and ${reached.functions.toFixed(1)} % of the functions of ${files.length} files.`,
    belowBar:
      below.length === 0
        ? undefined
        : `That is below the bar for ${below.map((what) => `${what} (${bar[what]} %)`).join(' and ')}.`,
  }
}

/**
 * The source files that no test loaded: the report knows nothing of them, so the figures above leave them out.
 * Files of types alone are never loaded and have nothing to cover.
 */
export async function unseenFiles(report: string, folder: string): Promise<string[]> {
  const seen = JSON.parse(await readFile(report, 'utf8'))
  const unseen: string[] = []
  for await (const name of glob('**/*.ts', { cwd: folder })) {
    const file = join(folder, name)
    if (!isTest(folder, file) && !(file in seen) && (await hasCode(file))) unseen.push(name)
  }
  return unseen.sort()
}

async function hasCode(file: string): Promise<boolean> {
  const options = { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ESNext, removeComments: true }
  const { outputText } = typescript.transpileModule(await readFile(file, 'utf8'), { compilerOptions: options })
  return outputText.replace('export {};', '').trim() !== ''
}
