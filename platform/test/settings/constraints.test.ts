import t, { type Test } from 'tap'
import { examine } from '../../settings/check.ts'
import { fullKey, line, type SettingSchema } from '../../settings/problems.ts'
import { schema } from '../../settings/schema.ts'
import { sentences } from '../../settings/sentences.ts'
import { findBroken } from '../../settings/values.ts'
import { asConfig, rightSettings, today } from './cases.ts'

/*
 * Generated from the schema: every constraint of every setting, of its items and of their properties, has a value that breaks it and
 * nothing else, and a value at its very bound that does not. A keyword for which no such values are known here fails.
 */

/** A place in a setting where constraints are: the setting itself, its items, a property of those. */
interface Place {
  path: string
  node: SettingSchema
  right: unknown
  /** The whole setting with another value in this place. */
  put(value: unknown): unknown
}

interface Values {
  /** Breaks the constraint. */
  bad: unknown
  /** As near to the bound as is right. */
  good?: unknown
}

/** The n-th right item of each list; a list setting that is not here fails. */
const items: Record<string, (n: number) => unknown> = {
  availabilityZones: (n) => `ap-southeast-1${String.fromCharCode(97 + n)}`,
  clusterPublicAccessCidrs: (n) => `203.0.113.${n}/32`,
  deployerPrincipals: (n) => `arn:aws:iam::222222222222:role/deployer-${n}`,
  operatorPrincipals: (n) => `arn:aws:iam::222222222222:role/operator-${n}`,
  viewerPrincipals: (n) => `arn:aws:iam::222222222222:user/viewer-${n}`,
  breakGlassPrincipals: (n) => `arn:aws:iam::222222222222:role/break-glass-${n}`,
  secretKeeperPrincipals: (n) => `arn:aws:iam::222222222222:role/keeper-${n}`,
  githubActorIds: (n) => String(1000 + n),
  databaseInstances: (n) => ({ name: n === 0 ? 'main' : `restored${n}`, snapshot: `snapshot-${n}` }),
  imageLogins: (n) => ['docker-hub', 'github'][n],
  alarmEmails: (n) => `alarms-${n}@dhakacart.example`,
  saleWindows: (n) => ({
    name: `sale-${n}`,
    start: '2027-03-15T20:00',
    end: '2027-03-16T02:00',
    expectedVisitors: 100_000,
  }),
}

const wrongTypes: Record<string, unknown> = { string: 12, integer: 'many', boolean: 'yes', array: 'one', object: 'one' }

/** Values for each constraint that a schema may have here. */
const constraints: Record<string, (place: Place, list: (length: number) => unknown[]) => Values> = {
  type: ({ node, right }) => ({ bad: wrongTypes[node.type ?? ''], good: right }),
  enum: ({ node }) => ({ bad: typeof node.enum?.[0] === 'number' ? 2 : 'none of them', good: node.enum?.at(-1) }),
  pattern: ({ right }) => ({ bad: '\n?', good: right }),
  minimum: ({ node: { minimum = 0 } }) => ({ bad: minimum - 1, good: minimum }),
  maximum: ({ node: { maximum = 0 } }) => ({ bad: maximum + 1, good: maximum }),
  minLength: ({ node: { minLength = 0 } }) => ({ bad: 'a'.repeat(minLength - 1), good: 'a'.repeat(minLength) }),
  maxLength: ({ node: { maxLength = 0 } }) => ({ bad: 'a'.repeat(maxLength + 1), good: 'a'.repeat(maxLength) }),
  minItems: ({ node: { minItems = 0 } }, list) => ({ bad: list(minItems - 1), good: list(minItems) }),
  maxItems: ({ node: { maxItems = 0 } }, list) => ({ bad: list(maxItems + 1), good: list(maxItems) }),
  uniqueItems: (_, list) => ({ bad: [...list(2), ...list(1)], good: list(2) }),
  required: ({ node, right }) => ({ bad: without(right, node.required?.[0]), good: right }),
  additionalProperties: ({ right }) => ({ bad: { ...(right as object), expectedVisitor: 1 }, good: right }),
}

/** Words of a schema that say something and forbid nothing; `items` and `properties` are walked into. */
const notes = ['default', 'description', 'part', 'wanted', 'secret', 'items', 'properties']

function* placesOf(key: string, node: SettingSchema): Generator<Place> {
  const right =
    node.type === 'array' ? [items[key]?.(0), items[key]?.(1)] : (rightSettings as Record<string, unknown>)[key]
  yield { path: key, node, right, put: (value) => value }
  if (!node.items) return
  const second = items[key]?.(1)
  const inItem = (value: unknown) => [items[key]?.(0), value]
  yield { path: `${key}[1]`, node: node.items, right: second, put: inItem }
  for (const [name, property] of Object.entries(node.items.properties ?? {})) {
    const put = (value: unknown) => inItem({ ...(second as object), [name]: value })
    yield { path: `${key}[1].${name}`, node: property, right: (second as Record<string, unknown>)[name], put }
  }
}

function without(value: unknown, name = ''): unknown {
  const { [name]: _, ...rest } = value as Record<string, unknown>
  return rest
}

/** The findings of one constraint alone: those that go when its keyword goes. */
function alone(node: SettingSchema, keyword: string): SettingSchema {
  const { [keyword]: constraint, items: _, properties: __, ...rest } = node as unknown as Record<string, unknown>
  return {
    ...(rest.type === 'object' && keyword === 'additionalProperties' ? { properties: node.properties } : {}),
    [keyword]: constraint,
  }
}

const settings = Object.entries(schema.properties as Record<string, SettingSchema>)
let seen = 0

for (const [key, setting] of settings) {
  t.test(key, async (t) => {
    if (setting.type === 'array') t.ok(items[key], 'a list has right items to build cases of')
    for (const place of placesOf(key, setting)) {
      for (const keyword of Object.keys(place.node).filter((word) => !notes.includes(word))) {
        seen++
        const values = constraints[keyword]?.(place, (length) => Array.from({ length }, (_, n) => items[key]?.(n)))
        t.ok(values, `${place.path}: a case is known for the constraint ${keyword}`)
        if (values) breaks(t, { key, setting, place, keyword, values })
      }
    }
  })
}

interface Case {
  key: string
  setting: SettingSchema
  place: Place
  keyword: string
  values: Values
}

function breaks(t: Test, { key, setting, place, keyword, values }: Case): void {
  const { node, path, put } = place
  const what = `${path}, ${keyword}`
  const wanted = node === setting.items ? { wanted: setting.wanted, ...node } : node
  const expected = line({ path, text: sentences[keyword]?.(wanted, values.bad) ?? 'no sentence' })
  t.ok(
    findBroken(key, alone(node, keyword), values.bad).length > 0,
    `${what}: it is this constraint that the value breaks`,
  )
  t.match(findBroken(key, setting, put(values.bad)).map(line), [expected], `${what}: the sentence comes`)
  t.match(
    expected,
    /; (use|name|write|did you mean|known are) | lacks /,
    `${what}: the sentence says what would be right`,
  )
  t.strictSame(findBroken(key, setting, put(values.good)), [], `${what}: the value at the bound is right`)
  const texts = { ...asConfig(rightSettings), ...asConfig({ [key]: put(values.bad) }) }
  // At the top everything is a text, so no text has a wrong type.
  if (keyword === 'type' && node === setting && node.type === 'string') return
  const { problems } = examine(texts, [], today)
  t.ok(problems.includes(expected), `${what}: the program says so: ${expected}`)
}

t.test('a setting that must be set and is not', async (t) => {
  const required = (schema as SettingSchema).required ?? []
  const must = settings.filter(([, { default: value }]) => value === undefined).map(([key]) => key)
  t.ok(must.length >= 6, 'there are such settings')
  t.strictSame(
    settings.map(([key]) => key).filter((key) => !required.includes(key)),
    [],
    'the schema requires every key: what has a default is always there',
  )
  for (const key of must) {
    const { [fullKey(key)]: _, ...config } = asConfig(rightSettings)
    const { problems } = examine(config, [], today)
    t.match(problems, [new RegExp(`^${fullKey(key)} is not set; use .+`)], key)
    t.equal(problems.length, 1, `${key}: nothing else is said`)
  }
})

t.test('the walk', async (t) => {
  t.equal(settings.length, Object.keys(schema.properties).length)
  t.ok(seen > 90, `it saw ${seen} constraints`)
  t.strictSame(Object.keys(constraints).sort(), Object.keys(sentences).sort(), 'every sentence has a case')
  t.equal((schema as SettingSchema).additionalProperties, false, 'the schema itself admits no other key')
  t.notOk(constraints.format, 'a keyword without a case is not known, and fails above as soon as a setting uses it')
  t.throws(
    () => findBroken('owner', { type: 'string', const: 'a' } as SettingSchema, 'b'),
    /No sentence is known for the constraint const/,
  )
})

t.test('every setting is described', async (t) => {
  for (const [key, { description = '', part = '', wanted, pattern, type, items }] of settings) {
    t.match(description, /^[A-Z].*\.$/, `${key} has a sentence`)
    t.ok(part, `${key} names the part that reads it`)
    if (pattern || type === 'array') t.ok(wanted, `${key} says in words what a pattern says to a machine`)
    for (const [name, property] of Object.entries(items?.properties ?? {})) {
      if (property.pattern) t.ok(property.wanted, `${key}[].${name} does too`)
    }
  }
})

t.test('the right settings are right', async (t) => {
  const { problems, warnings, settings: read } = examine(asConfig(rightSettings), [], today)
  t.strictSame([problems, warnings], [[], []])
  t.strictSame(read, rightSettings)
})
