import type { Test } from 'tap'
import type { Graph } from '../../../plan/graph.ts'
import { orderOf, type PlanOptions } from '../../../plan/index.ts'
import { type Comparison, compare, outputsOnWire } from './compare.ts'
import { callsOfRuntime } from './runtime.ts'

/** Runs the program of a plan the other way, and holds that nothing differs but by a rule. */
export async function bothWays(t: Test, options: PlanOptions, graph: Graph, entry: string): Promise<Comparison> {
  const calls = await callsOfRuntime(await orderOf(options), entry)
  const comparison = compare(graph, calls)
  const outputs = outputsOnWire(graph, calls)
  t.strictSame(comparison.differences, [])
  t.equal(outputs.plan, outputs.wire, 'the stack has the same outputs')
  return comparison
}
