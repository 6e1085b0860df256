import type { Properties, Value } from './graph.ts'

/** What the SDK and the engine say for a value that is not known yet. */
export const unknownValue = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'
/** The key by which the wire marks an object as something other than a map. */
export const signatureKey = '4dabf18193072939515e22adb298388d'

const signatures = {
  secret: '1b47061264138c4ac30d75fd1eb44270',
  resource: '5cf8f73096256a8f31e491e813e4eb8e',
  output: 'd0e6a833031e9bbcd3f4e8bde6ca49a4',
  asset: 'c44067f5952c0a294b673a41bacd8c17',
  archive: '0def7320c3a5731c473e5ecbe6d01bc7',
} as const

/** Properties as they stand in a request: plain JSON with signatures. */
export type Wire = Record<string, unknown>

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const signed = (value: unknown, signature: string): value is Record<string, unknown> =>
  isObject(value) && value[signatureKey] === signature

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

function assetOf(raw: Record<string, unknown>, kind: 'asset' | 'archive'): Value {
  const asset: { kind: 'asset' | 'archive'; path?: string; uri?: string; text?: string; hash?: string } = { kind }
  for (const key of ['path', 'uri', 'text', 'hash'] as const) {
    const part = text(raw[key])
    if (part !== undefined) asset[key] = part
  }
  return { $asset: asset }
}

/** A value of a request as a value of the graph. Output values lose their dependencies, which stand in `propertyDependencies`. */
export function fromWire(raw: unknown): Value {
  if (raw === unknownValue) return { $unknown: true }
  if (raw === null || raw === undefined) return null
  if (typeof raw === 'boolean' || typeof raw === 'number' || typeof raw === 'string') return raw
  if (Array.isArray(raw)) return raw.map(fromWire)
  if (!isObject(raw)) throw new Error(`A value of a request is of no known kind: ${typeof raw}`)
  switch (raw[signatureKey]) {
    case undefined:
      return propertiesFromWire(raw)
    case signatures.secret:
      return { $secret: fromWire(raw.value) }
    case signatures.output: {
      const inner: Value = 'value' in raw ? fromWire(raw.value) : { $unknown: true }
      return raw.secret === true ? { $secret: inner } : inner
    }
    case signatures.resource:
      return raw.id === undefined
        ? { $resource: String(raw.urn) }
        : { $resource: String(raw.urn), id: raw.id === '' ? { $unknown: true } : fromWire(raw.id) }
    case signatures.asset:
      return assetOf(raw, 'asset')
    case signatures.archive:
      return assetOf(raw, 'archive')
    default:
      throw new Error(`A value of a request has an unknown signature: ${String(raw[signatureKey])}`)
  }
}

export function propertiesFromWire(raw: Wire): Properties {
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, fromWire(value)]))
}

/** Takes off output values as the engine does before a provider sees them: to the value, a secret or the unknown. */
export function downgrade(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(downgrade)
  if (!isObject(raw)) return raw
  if (raw[signatureKey] === signatures.output) {
    const value = 'value' in raw ? downgrade(raw.value) : unknownValue
    return raw.secret === true ? secretOf(value) : value
  }
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, downgrade(value)]))
}

/** Unknowns and secrets as output values, which is how the engine hands values to transforms and to component providers. */
export function asOutputs(raw: unknown): unknown {
  if (raw === unknownValue) return { [signatureKey]: signatures.output }
  if (Array.isArray(raw)) return raw.map(asOutputs)
  if (!isObject(raw)) return raw
  if (raw[signatureKey] !== signatures.secret) {
    return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, asOutputs(value)]))
  }
  const inner = asOutputs(raw.value)
  return signed(inner, signatures.output)
    ? { ...inner, secret: true }
    : { [signatureKey]: signatures.output, value: inner, secret: true }
}

/** Makes each property an output value that names all that the property depends on, where it does not already. */
export function withDependencies(props: Wire, dependencies: ReadonlyMap<string, readonly string[]>): Wire {
  const wrap = ([key, value]: [string, unknown]): [string, unknown] => {
    const wanted = dependencies.get(key) ?? []
    const named = new Set(outputDependencies(value))
    if (wanted.every((urn) => named.has(urn))) return [key, value]
    const output = signed(value, signatures.output) ? value : { [signatureKey]: signatures.output, value }
    const own = Array.isArray(output.dependencies) ? output.dependencies : []
    return [key, { ...output, dependencies: [...new Set([...own, ...wanted])] }]
  }
  return Object.fromEntries(Object.entries(props).map(wrap))
}

/** The resources that the output values in it name. */
export function outputDependencies(raw: unknown): string[] {
  if (Array.isArray(raw)) return raw.flatMap(outputDependencies)
  if (!isObject(raw)) return []
  const own = raw[signatureKey] === signatures.output && Array.isArray(raw.dependencies) ? raw.dependencies : []
  return [...own.map(String), ...Object.values(raw).flatMap(outputDependencies)]
}

/** Marks a value of the wire as secret. */
export function secretOf(value: unknown): unknown {
  return signed(value, signatures.secret) ? value : { [signatureKey]: signatures.secret, value }
}

/** Whether any part of it is unknown. */
export function hasUnknown(raw: unknown): boolean {
  if (raw === unknownValue) return true
  if (Array.isArray(raw)) return raw.some(hasUnknown)
  if (!isObject(raw)) return false
  if (raw[signatureKey] === signatures.output && !('value' in raw)) return true
  return Object.values(raw).some(hasUnknown)
}

/** The value without secrets' wrapping: for reckoning with it, never for printing. */
export function bare(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(bare)
  if (!isObject(raw)) return raw
  if (raw[signatureKey] === signatures.secret) return bare(raw.value)
  if (raw[signatureKey] === signatures.output) return 'value' in raw ? bare(raw.value) : unknownValue
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, bare(value)]))
}

/** A reference to a resource as the wire has it. */
export function referenceOf(urn: string, id: string | undefined): Wire {
  return { [signatureKey]: signatures.resource, urn, ...(id === undefined ? {} : { id }) }
}

/** Works on what may be wrapped as a secret: the result is wrapped where the value was. */
export function withinSecret(raw: unknown, work: (value: unknown) => unknown): unknown {
  return signed(raw, signatures.secret) ? secretOf(work(bare(raw))) : work(raw)
}

function secretTexts(raw: unknown, inside: boolean): string[] {
  if (typeof raw === 'string') return inside && raw !== unknownValue ? [raw] : []
  if (typeof raw !== 'object' || raw === null) return []
  if (signed(raw, signatures.secret)) return secretTexts(raw.value, true)
  return Object.values(raw).flatMap((value) => secretTexts(value, inside))
}

/** What is made up from inputs is as secret as they are: marks every text that holds the text of a secret among `inputs`. */
export function hiding(inputs: Wire): (made: Wire) => Wire {
  const texts = secretTexts(inputs, false).filter((text) => text.length > 3)
  const hide = (raw: unknown): unknown => {
    if (typeof raw === 'string') return texts.some((text) => raw.includes(text)) ? secretOf(raw) : raw
    if (Array.isArray(raw)) return raw.map(hide)
    if (!isObject(raw) || signed(raw, signatures.secret)) return raw
    return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, hide(value)]))
  }
  return (made) => hide(made) as Wire
}
