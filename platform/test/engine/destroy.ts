import { doneOf, type EngineEvent, stepsOf } from './events.ts'
import { nameOf, type Phase, stateOf, typeOf } from './phase.ts'

/** What must be gone before what: the first cannot be deleted without the second. */
const order: [string, (urn: string) => boolean, (urn: string) => boolean][] = [
  [
    'every object in the cluster before the deployer loses access',
    (urn) => typeOf(urn).startsWith('kubernetes:'),
    (urn) => /^aws:eks\/access(Entry|PolicyAssociation):/.test(typeOf(urn)) && /deployer/.test(nameOf(urn)),
  ],
  [
    'node pools before the role of their nodes and its policies',
    (urn) => typeOf(urn).startsWith('kubernetes:karpenter.sh'),
    (urn) => /^aws:iam\/(role|rolePolicyAttachment):/.test(typeOf(urn)) && /^node/.test(nameOf(urn)),
  ],
  [
    'node pools before routes and NAT gateways',
    (urn) => typeOf(urn).startsWith('kubernetes:karpenter.sh'),
    (urn) => /^aws:ec2\/(route|natGateway):/.test(typeOf(urn)),
  ],
  [
    "the cluster before its role's policies",
    (urn) => typeOf(urn) === 'aws:eks/cluster:Cluster',
    (urn) => typeOf(urn) === 'aws:iam/rolePolicyAttachment:RolePolicyAttachment' && /^cluster/.test(nameOf(urn)),
  ],
  [
    'the cluster before its log group and its key',
    (urn) => typeOf(urn) === 'aws:eks/cluster:Cluster',
    (urn) => ['control-plane'].includes(nameOf(urn)) && typeOf(urn) === 'aws:cloudwatch/logGroup:LogGroup',
  ],
  [
    'the database before its log groups, which it would make again',
    (urn) => typeOf(urn) === 'aws:rds/instance:Instance',
    (urn) => typeOf(urn) === 'aws:cloudwatch/logGroup:LogGroup' && /^(main|restored)-/.test(nameOf(urn)),
  ],
  [
    'the cache before its log groups',
    (urn) => typeOf(urn) === 'aws:elasticache/replicationGroup:ReplicationGroup',
    (urn) => typeOf(urn) === 'aws:cloudwatch/logGroup:LogGroup' && /^cache-/.test(nameOf(urn)),
  ],
  [
    'the database before the keys of its disk and its insights',
    (urn) => typeOf(urn) === 'aws:rds/instance:Instance',
    (urn) => typeOf(urn) === 'aws:kms/key:Key' && /^(database|insights)$/.test(nameOf(urn)),
  ],
  [
    'what is backed up by a plan before the vault',
    (urn) => typeOf(urn) === 'aws:backup/selection:Selection',
    (urn) => typeOf(urn) === 'aws:backup/vault:Vault',
  ],
  [
    'subnets before the network',
    (urn) => typeOf(urn) === 'aws:ec2/subnet:Subnet',
    (urn) => typeOf(urn) === 'aws:ec2/vpc:Vpc',
  ],
]

/** The URNs as their deletions began and ended, in order. */
const deletions = (events: EngineEvent[]) => ({
  begun: stepsOf(events)
    .filter(({ op }) => op === 'delete')
    .map(({ urn }) => urn),
  done: doneOf(events)
    .filter(({ op }) => op === 'delete')
    .map(({ urn }) => urn),
})

/** A destroy takes everything, each thing after what needs it. */
export const destroy: Phase = async (t, { engine, cloud }) => {
  // What is deleted with something else is the cloud's to delete: the engine does not ask for it.
  const withOthers = new Set((await stateOf(engine)).filter(({ deletedWith }) => deletedWith).map(({ urn }) => urn))
  const { events } = await engine.must('destroy', ['--yes', '--skip-preview'])
  const at = new Map(
    events.flatMap((event, index) => {
      const [begun, done] = [event.resourcePreEvent?.metadata, event.resOutputsEvent?.metadata]
      const step = begun ?? done
      return step?.op === 'delete' ? [[`${begun ? 'begun' : 'done'} ${step.urn}`, index] as const] : []
    }),
  )
  const { begun, done } = deletions(events)
  t.equal(done.length, begun.length, `${done.length} deletions`)
  for (const [sentence, first, second] of order) {
    const [early, late] = [done.filter(first), begun.filter(second)]
    t.ok(early.length > 0 && late.length > 0, `there are both: ${sentence}`)
    const wrong = early.flatMap((one) =>
      late
        .filter((other) => (at.get(`done ${one}`) ?? 0) > (at.get(`begun ${other}`) ?? 0))
        .map((other) => [one, other]),
    )
    t.strictSame(wrong, [], sentence)
  }
  const left = [...cloud.things.values()].map(({ urn }) => urn).filter((urn) => !withOthers.has(urn))
  t.strictSame(left, [], 'nothing is left in the cloud')
  t.strictSame(await stateOf(engine), [], 'nothing is left in the state')
}
