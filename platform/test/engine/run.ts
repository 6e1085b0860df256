/*
 * The life of both stacks under a real engine: `npm run test:engine`, or `npm run test:engine -- staging`. It needs a `pulumi` on PATH, or
 * PULUMI_BIN; without one it says so and passes. No cloud, no account, no network: the providers are stubs of ours.
 */
import t from 'tap'
import { Engine, findEngine, seenWith } from './engine.ts'
import { phases } from './life.ts'
import { startStubs } from './stubs.ts'
import { makeWorkspace } from './workspace.ts'

// How long an engine takes is not ours to judge; what hangs is for a person to interrupt.
t.setTimeout(0)
const stacks = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['staging', 'prod']
const interruption = new AbortController()
// The engine is interrupted, everything is cleaned up, and the tests that are left fail.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interruption.abort())

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** One stack, from its first preview to its end. */
async function live(bin: string, stack: string): Promise<void> {
  await t.test(stack, async (t) => {
    t.setTimeout(0)
    const stubs = await startStubs()
    t.teardown(() => stubs.close())
    const workspace = await makeWorkspace(bin)
    t.teardown(() => workspace.remove())
    const { signal } = interruption
    const engine = new Engine({ bin, workspace, stubs: stubs.ports, stack, signal })
    await engine.must('stack init', [], { events: false })
    for (const [name, phase] of phases) {
      if (signal.aborted) return t.fail(`interrupted before '${name}'`)
      const started = performance.now()
      await t.test(name, (t) => {
        t.setTimeout(0)
        return phase(t, { engine, cloud: stubs.cloud, workspace, stack })
      })
      t.comment(`${stack}, ${name}: ${seconds(performance.now() - started)}`)
    }
  })
}

const found = await findEngine()
if (!found) {
  t.pass(`SKIPPED: there is no pulumi on PATH, and no PULUMI_BIN; seen to pass with ${seenWith.join(', ')}`, {
    skip: true,
  })
  console.error(
    `test:engine is SKIPPED: no pulumi on PATH, and no PULUMI_BIN. It was seen to pass with ${seenWith.join(', ')}.`,
  )
} else {
  const known = seenWith.includes(found.version)
    ? 'one that this was seen to pass with'
    : `this was seen to pass with ${seenWith.join(', ')}`
  console.error(`The engine is pulumi ${found.version} (${found.bin}): ${known}.`)
  for (const name of ['awsx', 'eks']) {
    const plugin = process.env[`${name.toUpperCase()}_PLUGIN`]
    console.error(`${name} is constructed by ${plugin ? `the plugin ${plugin}` : "the plan's own model of it"}.`)
  }
  for (const stack of stacks) await live(found.bin, stack)
}
