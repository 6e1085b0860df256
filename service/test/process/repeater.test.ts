import { mock } from 'node:test'
import { type Test, test } from 'tap'
import { DatabaseUnavailableError } from '../../src/database/database.ts'
import { createLogger } from '../../src/process/logger.ts'
import { createRepeater } from '../../src/process/repeater.ts'

/** A repeater on a clock that only the test moves. Each run waits until the test ends it. */
function useRepeater(t: Test) {
  mock.timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => mock.timers.reset())
  const lines: string[] = []
  const log = createLogger('info', { write: (line: string) => lines.push(line) })
  const runs: PromiseWithResolvers<'again' | 'wait'>[] = []
  const repeater = createRepeater({
    name: 'test',
    log,
    everyMs: 1_000,
    run: () => {
      const run = Promise.withResolvers<'again' | 'wait'>()
      runs.push(run)
      return run.promise
    },
  })
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return { repeater, runs, settled, lines, tick: (ms: number) => mock.timers.tick(ms) }
}

test('one run at a time, then a pause, or none when there is more to do', async (t) => {
  const { repeater, runs, settled, tick } = useRepeater(t)
  repeater.start()
  repeater.start()
  tick(1_000)
  t.equal(runs.length, 1, 'started twice, it runs once')
  tick(60_000)
  t.equal(runs.length, 1, 'no second run beside one under way')
  runs[0]?.resolve('again')
  await settled()
  tick(0)
  t.equal(runs.length, 2, 'there is more: no pause')
  runs[1]?.resolve('wait')
  await settled()
  tick(700)
  t.equal(runs.length, 2)
  tick(600)
  t.equal(runs.length, 3)
})

test('a run that fails is logged, and the next one comes all the same', async (t) => {
  const { repeater, runs, settled, tick, lines } = useRepeater(t)
  repeater.start()
  tick(1_000)
  runs[0]?.reject(new Error('broken'))
  await settled()
  tick(1_300)
  runs[1]?.reject(new DatabaseUnavailableError('connection'))
  await settled()
  tick(1_300)
  t.equal(runs.length, 3)
  t.match(
    lines.map((line) => JSON.parse(line)),
    [
      { level: 50, worker: 'test', err: { message: 'broken' } },
      { level: 40, worker: 'test' },
    ],
  )
})

test('a stop waits for the run under way, and no other begins', async (t) => {
  const { repeater, runs, settled, tick } = useRepeater(t)
  repeater.start()
  tick(1_000)
  let stopped = false
  const stop = repeater.stop().then(() => {
    stopped = true
  })
  await settled()
  t.equal(stopped, false)
  runs[0]?.resolve('again')
  await stop
  tick(60_000)
  t.equal(runs.length, 1)
})

test('stopped before its first run, it never runs', async (t) => {
  const { repeater, runs, tick } = useRepeater(t)
  repeater.start()
  await repeater.stop()
  tick(60_000)
  t.equal(runs.length, 0)
})
