import { hash, number } from '../hash.ts'
import { unknownValue, type Wire } from '../values.ts'

/** What a made-up state is made from. */
export interface Subject {
  type: string
  urn: string
  /** The name of the resource in the program. */
  name: string
  /** Inputs without secrets' wrapping, with the names that the provider gave. */
  inputs: Wire
  account: string
  region: string
  /** The state of the resource that has this id, if the program made one. */
  find(id: unknown): Wire | undefined
}

/**
 * A row of the table: the id and the outputs of a type. Texts may hold
 * `{account}`, `{region}`, `{id}`, `{arn}`, `{in.<input>}`, `{hex:<digits>}` and `{digits:<digits>}` (with `:<salt>` for a second one),
 * `{uuid}` and `{ip:<first octet>}`. What rests on an input that is not there, or not known, is not known.
 */
export interface Row {
  id: string
  arn?: string
  [output: string]: unknown
}

const uuid = (text: string): string =>
  [hash(text, 8), hash(`${text}1`, 4), `4${hash(`${text}2`, 3)}`, `8${hash(`${text}3`, 3)}`, hash(`${text}4`, 12)].join(
    '-',
  )

function ip(text: string, first: string): string {
  const octets = [0, 2, 4].map((at) => (Number.parseInt(hash(text, 6).slice(at, at + 2), 16) % 254) + 1)
  return [first, ...octets].join('.')
}

/** The value of one placeholder, or undefined where it is not known. */
function placeholder(subject: Subject, known: Wire, expression: string): string | undefined {
  const [kind = '', size = '', salt = ''] = expression.split(':')
  const text = `${subject.urn}${salt}`
  if (kind === 'hex') return hash(text, Number(size))
  if (kind === 'digits') return number(text, Number(size))
  if (kind === 'uuid') return uuid(`${subject.urn}${size}`)
  if (kind === 'ip') return ip(text, size)
  const value = kind.startsWith('in.')
    ? subject.inputs[kind.slice(3)]
    : { account: subject.account, region: subject.region, name: subject.name, ...known }[kind]
  return typeof value === 'string' && value !== unknownValue ? value : undefined
}

function fillText(subject: Subject, known: Wire, text: string): string {
  let missing = false
  const filled = text.replace(/\{([^{}]+)\}/g, (_match, expression: string) => {
    const value = placeholder(subject, known, expression)
    missing ||= value === undefined
    return value ?? ''
  })
  return missing ? unknownValue : filled
}

/** Fills the placeholders of a value of the table, at any depth. */
export function fill(subject: Subject, known: Wire, value: unknown): unknown {
  if (typeof value === 'string') return fillText(subject, known, value)
  if (Array.isArray(value)) return value.map((item) => fill(subject, known, item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(subject, known, item)]))
}
