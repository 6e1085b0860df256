import t from 'tap'
import { fullKey } from '../../settings/problems.ts'
import {
  base,
  before,
  type Config,
  changedBy,
  connection,
  differing,
  effectOf,
  exceptions,
  masked,
  planned,
  prod,
  staging,
} from './plans.ts'

/*
 * Production and staging are one program: with the same settings they are the same graph, each setting makes differences of its own,
 * and they go when it is made equal. Plans are applied ones, so that what hangs on an id is compared too.
 */

// Some seventy plans, on a machine that may do other things besides.
t.setTimeout(600_000)

t.test('with the same settings the stacks are the same', async (t) => {
  t.ok(differing.length >= 10, `the stacks differ in ${differing.length} settings`)
  for (const config of [prod, staging]) {
    const [one, other] = [await planned('prod', config), await planned('staging', config)]
    t.equal(one.resources.length, other.resources.length, `${one.resources.length} resources`)
    t.equal(masked(one), masked(other), 'equal but for the name of the stack')
  }
  t.not(masked(await planned('prod', prod)), masked(await planned('prod', staging)), 'and the settings do differ')
})

const read = differing.filter((key) => !(key in exceptions))
const effects = new Map<string, Set<string>>()

/** The value that a configuration has of a setting; a connection of another account would be refused. */
function settingOf(key: string, config: Config): Config {
  const value = config[fullKey(key)] ?? ''
  const also: Config =
    key === 'accountId' ? { 'dhakacart:githubConnectionArn': connection('ap-southeast-1', value) } : {}
  return { [fullKey(key)]: value, ...also }
}

const asInStaging = (key: string): Config => settingOf(key, staging)

// The difference of one setting is what is left when all others are equal; with it equal too nothing is left, as was seen above.
t.test('every setting in which the stacks differ makes a difference in the part that reads it', async (t) => {
  t.ok(before.size > 1_000, `a plan has ${before.size} values`)
  for (const key of read) {
    const { all, inPart } = await effectOf(key, asInStaging(key))
    effects.set(key, all)
    t.ok(inPart > 0, `${key} changes ${all.size} values, ${inPart} of them in its part`)
    t.ok(all.size < before.size / 2, 'and most values are not of its making')
  }
})

t.test('equalise a setting and its own differences are gone', async (t) => {
  const all = Object.assign({}, ...read.map(asInStaging))
  const apart = await changedBy(all)
  t.ok(apart.size > 100, `the stacks differ in ${apart.size} values`)
  const made = [...effects.values()]
  t.strictSame(
    [...apart].filter((place) => !made.some((effect) => effect.has(place))),
    [],
    'each is of the making of some setting',
  )
  for (const key of read) {
    const own = [...(effects.get(key) ?? [])].filter(
      (place) => apart.has(place) && made.filter((effect) => effect.has(place)).length === 1,
    )
    const left = await changedBy({ ...all, ...settingOf(key, base) })
    t.ok(own.length > 0, `${key} makes ${own.length} differences that no other setting makes`)
    t.strictSame(
      own.filter((place) => left.has(place)),
      [],
      `${key}: they are gone when it is equal`,
    )
  }
})
