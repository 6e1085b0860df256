import { fileURLToPath } from 'node:url'
import { plan } from '../../plan/index.ts'
import { plantedIn } from '../harness/planted.ts'
import { type Recorded, sides } from './compare.ts'
import { destroy } from './destroy.ts'
import { changesOf, doneOf, type Step, saidOf, stepsOf } from './events.ts'
import { assertUnchanged, nameOf, type Phase, set, stateOf, typeOf, up } from './phase.ts'
import { restore } from './restore.ts'
import { secrets } from './secrets.ts'

const pack = fileURLToPath(new URL('policy-pack', import.meta.url))

const preview: Phase = async (t, { engine, stack }) => {
  const { stdout } = await engine.must('preview', ['--json'])
  const { steps } = JSON.parse(stdout) as { steps: { op: string; newState: Recorded }[] }
  t.ok(steps.length > 100, `${steps.length} resources`)
  t.ok(
    steps.every(({ op }) => op === 'create'),
    'everything is to be created',
  )
  const both = sides(
    await plan({ stack, mode: 'preview' }),
    steps.map(({ newState }) => newState),
  )
  t.strictSame(both.engine, both.plan, 'the offline plan previews what the engine previews')
  t.strictSame(plantedIn(stdout), [], 'nothing of what is planted in the environment is in it')
}

const policies: Phase = async (t, { engine, stack }) => {
  const { code, events } = await engine.run('preview', ['--policy-pack', pack])
  const told = events.flatMap(({ policyEvent }) => (policyEvent ? [policyEvent] : []))
  const waiting = told.filter(({ policyName }) => policyName === 'keys-wait-30-days')
  const short = stack === 'staging'
  t.equal(code === 0, !short, 'a mandatory violation ends the preview, and nothing else does')
  const { resources } = await plan({ stack, mode: 'preview' })
  const keys = resources.filter(({ type }) => type === 'aws:kms/key:Key')
  t.ok(keys.length > 8, `${keys.length} keys`)
  t.equal(waiting.length, short ? keys.length : 0, 'every key with a short wait is named')
  t.ok(waiting.every(({ enforcementLevel }) => enforcementLevel === 'mandatory'))
  const logs = told.filter(({ policyName }) => policyName === 'logs-have-keys')
  t.ok(logs.length >= 2, 'the rule about logs speaks up')
  t.ok(
    logs.every(({ enforcementLevel }) => enforcementLevel === 'advisory'),
    'a mandatory rule that meets an unknown is advice',
  )
}

const firstUp: Phase = async (t, { engine, stack, cloud }) => {
  const { events } = await up(engine)
  const state = await stateOf(engine)
  t.ok(state.length > 100, `${state.length} resources`)
  t.ok(cloud.things.size > 80, `${cloud.things.size} things in the cloud`)
  t.equal(doneOf(events).filter(({ op }) => op === 'create').length >= state.length - 5, true)
  const both = sides(await plan({ stack, mode: 'applied' }), state)
  t.strictSame(both.engine, both.plan, 'the offline plan knows the state that the engine keeps')
}

const noChange: Phase = (t, { engine }) => assertUnchanged(t, engine, 'a second preview changes nothing')

const update: Phase = async (t, { engine }) => {
  await set(engine, 'flowLogRetentionDays', '120')
  const { events } = await up(engine)
  t.strictSame(changesOf(events), ['update aws:cloudwatch/logGroup:LogGroup flow-logs'])
  const [step] = stepsOf(events).filter(({ op }) => op === 'update')
  t.strictSame(Object.keys(step?.detailedDiff ?? {}), ['retentionInDays'], 'by the one property that the setting feeds')
  await assertUnchanged(t, engine, 'and then nothing changes')
}

/** Another range of service addresses replaces the cluster: who goes with it, and what forces it. */
const replacement: Phase = async (t, { engine, cloud, stack }) => {
  await set(engine, 'clusterServiceCidr', '172.21.0.0/16')
  const { code, events } = await engine.run('preview')
  const guarded = stack === 'prod'
  t.equal(code === 0, !guarded, 'a protected cluster cannot be replaced')
  if (guarded) t.match(saidOf(events, 'error').join(), /protect/)
  const replaced = stepsOf(events).filter(({ op }) => op === 'replace' || op === 'delete-replaced')
  const cluster = stepsOf(events).find(({ op, type }) => op === 'replace' && type === 'aws:eks/cluster:Cluster')
  if (!guarded) {
    t.match(cluster?.detailedDiff, { 'kubernetesNetworkConfig.serviceIpv4Cidr': { diffKind: 'update-replace' } })
    // The component brings a provider of its own along, which nothing uses.
    const ours = ({ type, urn }: Step) => type === 'pulumi:providers:kubernetes' && nameOf(urn) === 'kubernetes'
    const inside = replaced.filter((step) => step.type.startsWith('kubernetes:') || ours(step))
    t.strictSame(
      inside,
      [],
      'what stands inside the cluster is not swept along: the provider knows its cluster by name',
    )
    await up(engine)
    const clusters = [...cloud.things.values()].filter(({ type }) => type === 'aws:eks/cluster:Cluster')
    t.match(clusters, [{ inputs: { kubernetesNetworkConfig: { serviceIpv4Cidr: '172.21.0.0/16' } } }])
    t.equal(clusters.length, 1, 'the old cluster is gone before the new one takes its name')
  }
  await set(engine, 'clusterServiceCidr', '172.20.0.0/16')
  if (!guarded) await up(engine)
  await assertUnchanged(t, engine, 'the setting back, nothing changes')
}

const drift: Phase = async (t, { engine, cloud }) => {
  const group = [...cloud.things.values()].find(({ urn }) => urn.endsWith('LogGroup::flow-logs'))
  const route = [...cloud.things.values()].find(({ type }) => type === 'aws:ec2/route:Route')
  if (!group || !route) throw new Error('The cloud holds neither flow logs nor routes')
  group.inputs.retentionInDays = 1
  group.outputs.retentionInDays = 1
  cloud.remove(route.type, route.id)
  await engine.must('refresh', ['--yes', '--skip-preview'])
  t.notOk(
    (await stateOf(engine)).some(({ urn }) => urn === route.urn),
    'a refresh forgets what is gone',
  )
  const { events } = await engine.must('preview')
  const wanted = [
    'update aws:cloudwatch/logGroup:LogGroup flow-logs',
    `create aws:ec2/route:Route ${nameOf(route.urn)}`,
  ]
  t.strictSame(changesOf(events), wanted.sort(), 'the preview shows the way back')
  await up(engine)
  t.equal(cloud.get(group.type, group.id)?.inputs.retentionInDays, 120)
  await assertUnchanged(t, engine, 'and then nothing changes')
}

/** The door is taken away and comes back, but the first time AWS refuses its group. */
const failure: Phase = async (t, { engine, cloud }) => {
  await set(engine, 'door', 'false')
  const gone = await up(engine)
  t.ok(changesOf(gone.events).length > 3, 'the door goes')
  t.ok(
    changesOf(gone.events).every((change) => change.startsWith('delete ')),
    'and nothing else changes',
  )
  await set(engine, 'door', 'true')
  const before = cloud.deeds.length
  cloud.failNext((urn) => typeOf(urn) === 'aws:autoscaling/group:Group', 'api error InsufficientInstanceCapacity')
  const failed = await engine.run('up', ['--yes', '--skip-preview'])
  t.not(failed.code, 0)
  t.match(saidOf(failed.events, 'error').join(), /InsufficientInstanceCapacity/)
  const stopped = cloud.deeds.length
  await up(engine)
  const created = (from: number, to?: number) =>
    cloud.deeds.slice(from, to).flatMap(({ act, urn }) => (act === 'create' ? [urn] : []))
  const creations = created(before)
  const wanted = 'aws:autoscaling/group:Group'
  t.notOk(
    created(before, stopped).some((urn) => typeOf(urn) === wanted),
    'the group is not there at first',
  )
  t.ok(
    created(stopped).some((urn) => typeOf(urn) === wanted),
    'the next up goes on where the first one stopped',
  )
  t.equal(creations.length, new Set(creations).size, 'nothing is made twice')
  await assertUnchanged(t, engine, 'and then nothing changes')
}

/** A destroy is not all or nothing: the engine deletes what is not protected before it comes to what is. */
const protection: Phase = async (t, { engine, cloud, stack }) => {
  const guarded = (await stateOf(engine)).filter(({ protect, custom }) => protect && custom).map(({ urn }) => urn)
  if (stack === 'staging') {
    t.strictSame(guarded, [], 'nothing in staging is protected')
    return
  }
  t.ok(
    guarded.some((urn) => typeOf(urn) === 'aws:eks/cluster:Cluster') && guarded.length > 20,
    `${guarded.length} are protected`,
  )
  const { code, events } = await engine.run('destroy', ['--yes', '--skip-preview'])
  t.not(code, 0)
  t.match(saidOf(events, 'error').join(), /protect/, 'a destroy is refused')
  const left = new Set((await stateOf(engine)).map(({ urn }) => urn))
  t.strictSame(
    guarded.filter((urn) => !left.has(urn)),
    [],
    'and nothing that is protected is gone',
  )
  await set(engine, 'production', 'false')
  await set(engine, 'protect', 'false')
  await up(engine)
  t.notOk(
    (await stateOf(engine)).some(({ protect }) => protect),
    'two settings take the protection away',
  )
  const clusters = [...cloud.things.values()].filter(({ type }) => type === 'aws:eks/cluster:Cluster')
  t.equal(clusters.length, 1, 'and no cluster is made anew')
}

/** The life of a stack, in order: each phase begins where the one before has ended. */
export const phases: [string, Phase][] = [
  ['preview', preview],
  ['policies', policies],
  ['up', firstUp],
  ['nothing changes', noChange],
  ['a setting that updates', update],
  ['a setting that replaces', replacement],
  ['a restore', restore],
  ['refresh with drift', drift],
  ['a failed create, and on', failure],
  ['secrets', secrets],
  ['protect', protection],
  ['destroy', destroy],
]
