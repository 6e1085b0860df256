import { test } from 'tap'
import { closingLine, readTotals } from './totals.ts'

test('totals are read from the line tap ends with', async (t) => {
  const output =
    'ok 1 - x\n    # { total: 1, pass: 1 }\n\n# { total: 8, pass: 5, fail: 1, skip: 1, todo: 1 }\n# time=7ms\n'
  t.same(readTotals(output), { passed: 5, failed: 1, skipped: 2 })
  t.equal(closingLine(readTotals(output)), '5 passed, 1 failed, 2 skipped')
})

test('a run that ends without totals counts as a failure', async (t) => {
  t.same(readTotals('TAP version 14\nok 1 - x\n'), { passed: 0, failed: 1, skipped: 0 })
})
