import { changesOf, saidOf } from './events.ts'
import { assertUnchanged, nameOf, type Phase, set, setList, up } from './phase.ts'

const how = { restoreOf: 'main', restoreTo: 'latest' }
const instance = 'aws:rds/instance:Instance'
const rotation = 'aws:secretsmanager/secretRotation:SecretRotation'

/** What three changes of settings do to the cloud: another database beside the old one, the shop on it, the old one gone. */
export const restore: Phase = async (t, { engine, cloud, stack }) => {
  const guarded = stack === 'prod'
  const databases = () => [...cloud.things.values()].filter(({ type }) => type === instance)
  const kindsOf = (events: Parameters<typeof changesOf>[0]) => [
    ...new Set(changesOf(events).map((said) => said.split(' ')[0])),
  ]
  const [main] = databases()
  const mainRotation = [...cloud.things.values()].find(({ type, urn }) => type === rotation && nameOf(urn) === 'main')
  t.match(main?.outputs, { deletionProtection: guarded })

  await setList(engine, 'databaseInstances', [{ name: 'main' }, { name: 'restored', ...how }])
  const added = await up(engine)
  t.strictSame(kindsOf(added.events), ['create'], 'the first change only creates')
  t.ok(changesOf(added.events).includes(`create ${instance} restored`))
  t.match(databases(), [
    { outputs: { resourceId: main?.outputs.resourceId } },
    { outputs: { deletionProtection: false } },
  ])

  await set(engine, 'databaseInUse', 'restored')
  const switched = await up(engine)
  const updates = changesOf(switched.events)
  if (guarded) t.ok(updates.includes(`update ${instance} main`) && updates.includes(`update ${instance} restored`))
  t.strictSame(
    kindsOf(switched.events).filter((kind) => kind !== 'update'),
    [],
    'the second change only updates',
  )
  const { stdout } = await engine.must('stack output', ['--json'], { events: false })
  const restored = databases().find(({ urn }) => nameOf(urn) === 'restored')
  t.match(JSON.parse(stdout), { databaseEndpoint: restored?.outputs.address }, 'the shop is told of the restored one')

  await setList(engine, 'databaseInstances', [{ name: 'restored', ...how }])
  const removed = await up(engine)
  t.strictSame(kindsOf(removed.events), ['delete'], 'the third change only deletes')
  t.strictSame(
    databases().map(({ urn, id }) => [nameOf(urn), id]),
    [['restored', restored?.id]],
    'and the restored one is the one that was made at first',
  )
  const asked = cloud.deeds.filter(({ act, urn }) => act === 'delete' && urn === mainRotation?.urn)
  t.ok(
    mainRotation && asked.length === 0,
    'nobody asks for the end of the rotation: RDS takes it along with the secret',
  )
  if (mainRotation) cloud.remove(rotation, mainRotation.id)
  await assertUnchanged(t, engine, 'and then nothing changes')

  await setList(engine, 'databaseInstances', [
    { name: 'restored', restoreOf: 'main', restoreTo: '2026-11-20T14:00:00Z' },
  ])
  await assertUnchanged(t, engine, 'how it began can be edited, and is looked at no more')

  await setList(engine, 'databaseInstances', [{ name: 'main', restoreOf: 'restored', restoreTo: 'latest' }])
  await set(engine, 'databaseInUse', 'main')
  const { code, events } = await engine.run('preview')
  t.equal(code === 0, !guarded, 'the one in use cannot go in the change that takes it out of use')
  if (guarded) t.match(saidOf(events, 'error').join(), /protect/)
  await setList(engine, 'databaseInstances', [{ name: 'restored', ...how }])
  await set(engine, 'databaseInUse', 'restored')
}
