import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import t from 'tap'

t.test('a program that never ends is told what it waits for', async (t) => {
  const script = new URL('./helpers/plan-endless.ts', import.meta.url).pathname
  const { stdout } = await promisify(execFile)(process.execPath, [script])
  t.match(stdout, /does not end.*stuck.*aws:sns\/topic:Topic.*waits for its input displayName/s)
})
