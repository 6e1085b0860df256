import { createHash } from 'node:crypto'

/** SHA-256 of a value's JSON with the keys of every object in order: equal for equal payloads, however they were written. */
export function hashRequest(payload: object): Buffer {
  return createHash('sha256').update(JSON.stringify(payload, inOrder)).digest()
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
