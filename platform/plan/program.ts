import { AsyncLocalStorage } from 'node:async_hooks'
import * as pulumi from '@pulumi/pulumi'
import type { Graph } from './graph.ts'
import { EngineLog, Monitor } from './monitor.ts'
import { Observer } from './observe.ts'
import { organization, urnOfOutput } from './plugin.ts'
import { newRun, type Order, type Run } from './run.ts'
import { settings, state } from './sdk.ts'
import { closeClients } from './transforms.ts'

/** A Pulumi program: what it returns are the stack's outputs. */
export type Program = () => Promise<Record<string, unknown>>

/** How long a program may take, in milliseconds, when something else keeps the process awake. */
const patienceMs = 60_000

/** What registers and never comes to an end, in words. */
function pendingText(): string {
  const waiting = [...state.getPendingResourceRegistrations().values()]
  const lines = waiting.map(({ label, phase, inputProperty }) => {
    return `  ${label} waits for its ${inputProperty ? `input ${inputProperty}` : phase}`
  })
  const what =
    lines.length > 0 ? `these never had all they wait for:\n${lines.join('\n')}` : 'an output of it never resolves'
  return `The program does not end: ${what}`
}

/**
 * Listens for what would end an ordinary Pulumi program: an error that nobody catches. Other listeners are set aside meanwhile, so that
 * a test runner does not take the program's errors for its own.
 */
function catchStrays(failed: (error: unknown) => void): () => void {
  const events = ['unhandledRejection', 'uncaughtException'] as const
  const aside = events.map((event) => [event, process.listeners(event as 'uncaughtException')] as const)
  for (const event of events) {
    process.removeAllListeners(event)
    process.on(event, failed)
  }
  return () => {
    for (const [event, listeners] of aside) {
      process.removeListener(event, failed)
      for (const listener of listeners) process.on(event, listener)
    }
  }
}

/** Waits for the program and all its registrations. */
async function finish(run: Run, program: Program): Promise<void> {
  await settings.awaitFeatureSupport()
  const observer = new Observer(run)
  run.inModels.push(observer.inModel)
  await pulumi.runtime.runInPulumiStack(() => {
    pulumi.runtime.registerStackTransformation(observer.inProgram)
    return program()
  })
  await settings.waitForRPCs()
  await observer.report(({ urn }) => urnOfOutput(urn))
}

async function supervise(run: Run, program: Program, failure: Promise<never>): Promise<void> {
  const { promise: stuck, reject } = Promise.withResolvers<never>()
  // The process calls back outside of the run, whose state the SDK finds by its asynchronous context.
  const report = AsyncLocalStorage.bind(() => reject(new Error(pendingText())))
  const timer = setTimeout(report, patienceMs)
  timer.unref()
  process.once('beforeExit', report)
  try {
    await Promise.race([finish(run, program), failure, stuck])
    const errors = run.graph.messages.filter(({ severity }) => severity === 'error')
    if (errors.length > 0) throw new Error(errors.map(({ text }) => text).join('\n'))
  } finally {
    clearTimeout(timer)
    process.removeListener('beforeExit', report)
  }
}

/** Gives what a failed program left behind the time to fail as well: rejections are reported a turn of the event loop later. */
const settle = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)))

let last: Promise<unknown> = Promise.resolve()

/**
 * Runs a program under the monitor and returns its graph. Runs wait for one another: the SDK keeps its state in the process. To the SDK
 * every run is a preview, so that what is not known stays unknown; in an applied graph the monitor simply leaves nothing unknown that it
 * can make up.
 */
export function runProgram(order: Order, program: Program): Promise<Graph> {
  const result = last.then(() => runNow(order, program))
  last = result.catch(() => undefined)
  return result
}

/**
 * How many frames of a stack are kept during a run: the SDK takes one for every promise, and at V8's ten frames they were a third of the
 * time of a plan (750 ms against 500 ms for production, measured on 2026-11-21 on two cores).
 */
const stackFrames = 3

async function runNow(order: Order, program: Program): Promise<Graph> {
  const usualFrames = Error.stackTraceLimit
  Error.stackTraceLimit = Math.min(usualFrames, stackFrames)
  const run = newRun(order)
  const { promise: failure, reject } = Promise.withResolvers<never>()
  failure.catch(() => undefined)
  const restore = catchStrays(reject)
  const monitor = new Monitor(run, reject)
  try {
    await state.withLocalStorage(async () => {
      settings.setMockOptions(monitor, order.project, order.stack, true, organization)
      state.getStore().settings.engine = new EngineLog(run)
      pulumi.runtime.setAllConfig(order.config, order.secretKeys)
      try {
        await supervise(run, program, failure)
      } finally {
        settings.disconnectSync()
      }
    })
    return run.graph
  } finally {
    await settle()
    closeClients(run)
    restore()
    Error.stackTraceLimit = usualFrames
  }
}
