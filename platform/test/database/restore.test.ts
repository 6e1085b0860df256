import t from 'tap'
import { one, planned } from '../harness/graphs.ts'
import { stepsBetween } from '../harness/steps.ts'

/*
 * A restore is three changes of settings: another database stands beside the old one, the shop uses it, the old one goes. None of them replaces
 * anything, and each does one kind of thing only.
 */

t.setTimeout(300_000)

const instance = 'aws:rds/instance:Instance'
const restoreTo = '2026-11-20T14:00:00Z'
const both = (how: object) => JSON.stringify([{ name: 'main' }, { name: 'restored', ...how }])
const production = (overrides: Record<string, string> = {}) => planned({ stack: 'prod', mode: 'applied', overrides })
const ofItsOwn = (name: string) =>
  [
    `rds ${name}`,
    `cloudwatch ${name}-postgresql`,
    `cloudwatch ${name}-upgrade`,
    `cloudwatch ${name}-iam-db-auth-error`,
    `secretsmanager ${name}`,
    `cloudwatch database-${name}-cpu`,
    `cloudwatch database-${name}-storage`,
    `cloudwatch database-${name}-connections`,
    `cloudwatch database-${name}-memory`,
    `rds database-${name}`,
    `backup database-${name}`,
  ].sort()

const ways = {
  'another database at a time': { restoreOf: 'main', restoreTo },
  'another database at its latest': { restoreOf: 'main', restoreTo: 'latest' },
  'a snapshot': { snapshot: 'rds:dhakacart-prod-main-2026-11-20-20-05' },
}

for (const [way, how] of Object.entries(ways)) {
  t.test(`restore ${way} in production: three changes, no replacement`, async (t) => {
    const before = await production()
    const added = await production({ 'dhakacart:databaseInstances': both(how) })
    const switched = await production({
      'dhakacart:databaseInstances': both(how),
      'dhakacart:databaseInUse': 'restored',
    })
    const removed = await production({
      'dhakacart:databaseInstances': JSON.stringify([{ name: 'restored', ...how }]),
      'dhakacart:databaseInUse': 'restored',
    })
    t.ok(before.resources.length > 150, `${before.resources.length} resources`)

    const first = stepsBetween(before, added)
    t.strictSame(first.created.sort(), ofItsOwn('restored'), 'the first change makes what belongs to one database')
    t.strictSame({ ...first, created: [] }, { created: [], deleted: [], updated: {}, replaced: {} }, 'and nothing else')
    t.strictSame(
      ['main', 'restored'].map((name) => one(added, instance, name)).map(({ protect }) => protect),
      [true, false],
      'the one in use is protected',
    )
    t.equal(added.outputs.databaseEndpoint, before.outputs.databaseEndpoint, 'the shop notices nothing')

    const second = stepsBetween(added, switched)
    t.strictSame([second.created, second.deleted, second.replaced], [[], [], {}], 'the second change only updates')
    t.strictSame(second.updated['rds main'], ['deletionProtection'])
    t.strictSame(second.updated['rds restored'], ['deletionProtection'])
    t.strictSame(
      ['main', 'restored'].map((name) => one(switched, instance, name)).map(({ protect }) => protect),
      [false, true],
      'protection goes along',
    )
    t.equal(switched.outputs.databaseEndpoint, one(switched, instance, 'restored').outputs.address)
    t.not(switched.outputs.databaseEndpoint, added.outputs.databaseEndpoint)

    const third = stepsBetween(switched, removed)
    t.strictSame(third.deleted.sort(), ofItsOwn('main'), 'the third change deletes what belonged to the old one')
    t.strictSame({ ...third, deleted: [] }, { created: [], deleted: [], updated: {}, replaced: {} }, 'and nothing else')
  })
}

t.test('how a database began can be edited or forgotten: nothing is made anew', async (t) => {
  const as = (how: object) =>
    production({ 'dhakacart:databaseInstances': both(how), 'dhakacart:databaseInUse': 'restored' })
  const restored = await as({ restoreOf: 'main', restoreTo })
  const edits = [{ restoreOf: 'main', restoreTo: 'latest' }, { snapshot: 'before-the-sale' }, {}]
  for (const edit of edits) {
    const { created, deleted, replaced, updated } = stepsBetween(restored, await as(edit))
    t.strictSame([created, deleted, replaced], [[], [], {}], JSON.stringify(edit))
    t.strictSame(
      updated,
      Object.keys(edit).length === 0 ? { 'rds restored': ['allocatedStorage'] } : {},
      'its disk is of the settings again once it is like any other',
    )
  }
})

t.test('the table of steps sees a replacement where there is one', async (t) => {
  const before = await production()
  const main = one(before, instance, 'main')
  for (const property of ['snapshotIdentifier', 'kmsKeyId']) {
    const after = structuredClone(before)
    const planted = one(after, instance, 'main')
    planted.inputs[property] = 'something-else'
    t.strictSame(stepsBetween(before, after).replaced, {}, `${property} is ignored`)
    planted.ignoreChanges = []
    t.strictSame(stepsBetween(before, after).replaced, { 'rds main': [property] }, `and replaces where it is not`)
  }
  t.ok(main.ignoreChanges.length > 0)
})

t.test('a restored database begins as its source was, and is otherwise like any other', async (t) => {
  const graph = await production({
    'dhakacart:databaseInstances': JSON.stringify([
      { name: 'main' },
      { name: 'restored', restoreOf: 'main', restoreTo },
      { name: 'gone', restoreOf: `db-${'A1'.repeat(13)}`, restoreTo: 'latest' },
    ]),
  })
  const [main, restored, gone] = ['main', 'restored', 'gone'].map((name) => one(graph, instance, name).inputs)
  t.strictSame(restored?.restoreToPointInTime, {
    sourceDbInstanceIdentifier: 'dhakacart-prod-main',
    restoreTime: restoreTo,
  })
  t.strictSame(gone?.restoreToPointInTime, {
    sourceDbiResourceId: `db-${'A1'.repeat(13)}`,
    useLatestRestorableTime: true,
  })
  const own = ['identifier', 'finalSnapshotIdentifier', 'tags', 'deletionProtection']
  const birth = ['restoreToPointInTime', 'dbName', 'username', 'allocatedStorage']
  const rest = (inputs: object = {}) =>
    Object.fromEntries(Object.entries(inputs).filter(([key]) => ![...own, ...birth].includes(key)))
  t.ok(Object.keys(rest(main)).length > 25, `${Object.keys(rest(main)).length} properties are compared`)
  t.strictSame(rest(restored), rest(main), 'the same groups, keys and parameters')
  t.strictSame(
    birth.filter((key) => key in (restored ?? {})),
    ['restoreToPointInTime'],
    'user, database and disk are those of the source',
  )
})
