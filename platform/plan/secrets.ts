import type { Graph, Value } from './graph.ts'

/** What is printed in place of a secret. */
const hidden = '[secret]'

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function textsIn(value: unknown, found: Set<string>): void {
  if (typeof value === 'string' && value.length >= 6) found.add(value)
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) textsIn(inner, found)
}

function secretTexts(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return
  if ('$secret' in value) textsIn(value.$secret, found)
  else for (const inner of Object.values(value)) secretTexts(inner, found)
}

function mask(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mask)
  if (!isMap(value)) return value
  if ('$secret' in value) return { $secret: hidden }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mask(inner)]))
}

function maskTexts(value: unknown, texts: readonly string[]): unknown {
  if (typeof value === 'string') return texts.reduce((text, secret) => text.replaceAll(secret, hidden), value)
  if (Array.isArray(value)) return value.map((inner) => maskTexts(inner, texts))
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskTexts(inner, texts)]))
}

/**
 * The graph as it may be printed. Secrets lose their values; and what the SDK itself sends in the clear, which is the arguments of
 * functions and what the program logs, loses every text that is a secret elsewhere.
 */
export function withoutSecrets(graph: Graph): Graph {
  const found = new Set<string>()
  secretTexts(graph.resources, found)
  secretTexts(graph.outputs, found)
  const texts = [...found].sort((a, b) => b.length - a.length)
  return {
    ...graph,
    resources: mask(graph.resources) as Graph['resources'],
    outputs: mask(graph.outputs) as Graph['outputs'],
    invokes: maskTexts(graph.invokes, texts) as Graph['invokes'],
    messages: maskTexts(graph.messages, texts) as Graph['messages'],
  }
}

/** Whether any part of a value is secret. */
export const hasSecret = (value: Value): boolean =>
  isMap(value)
    ? '$secret' in value || Object.values(value).some((inner) => hasSecret(inner as Value))
    : Array.isArray(value) && value.some(hasSecret)
