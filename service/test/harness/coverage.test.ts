import { writeFile } from 'node:fs/promises'
import { test } from 'tap'
import { judgeCoverage, readCoverage, unseenFiles } from './coverage.ts'

const file = (lines: number, functions: number) => ({
  lines: { total: 100, covered: lines },
  functions: { total: 10, covered: functions },
})

test('files are added up before they are held against the bar', async (t) => {
  t.same(judgeCoverage([file(100, 10), file(82, 8)]), {
    sentence: 'The tests reach 91.0 % of the lines and 90.0 % of the functions of 2 files.',
    belowBar: undefined,
  })
})

test('each figure below the bar is named', async (t) => {
  t.equal(judgeCoverage([file(89, 9)]).belowBar, 'That is below the bar for lines (90 %).')
  t.equal(judgeCoverage([file(89, 8)]).belowBar, 'That is below the bar for lines (90 %) and functions (90 %).')
  t.ok(judgeCoverage([]).belowBar, 'no file at all is no coverage')
})

test('only files below the folder count, and none of its tests', async (t) => {
  const no = file(0, 0)
  const report = {
    total: file(1, 1),
    '/shop/src/a.ts': file(100, 10),
    '/shop/src/test/c.ts': no,
    '/shop/test/b.ts': no,
    '/shop/src-old/d.ts': no,
  }
  const directory = t.testdir({ 'summary.json': JSON.stringify(report) })
  t.match(await readCoverage(`${directory}/summary.json`, '/shop/src'), { sentence: /of 1 files/, belowBar: undefined })
  await t.rejects(readCoverage(`${directory}/none.json`, '/shop/src'), { code: 'ENOENT' })
})

test('files that no test loads are named, unless they hold only types', async (t) => {
  const directory = t.testdir({
    src: {
      shop: { 'seen.ts': 'export const a = 1', 'unseen.ts': 'export const b: number = 1' },
      'types.ts': "// Only types.\nimport type { A } from './a.ts'\nexport interface B { a: A }",
    },
  })
  await writeFile(`${directory}/summary.json`, JSON.stringify({ [`${directory}/src/shop/seen.ts`]: file(100, 10) }))
  t.same(await unseenFiles(`${directory}/summary.json`, `${directory}/src`), ['shop/unseen.ts'])
})
