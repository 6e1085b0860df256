import { bucketStores, type Store, storeOf, stores } from '../../backup/stores.ts'
import type { Settings } from '../../settings/schema.ts'
import type { Resource } from '../graph.ts'
import { type Selection, selections, shortfalls } from './backups.ts'
import { bucketTypes } from './buckets.ts'
import { label, plain, type Undecided } from './facts.ts'
import { linesOf, type Proof } from './proof.ts'
import { keeps } from './state.ts'

/** Held for what stands in them, or in what AWS keeps for us: there is nothing in them to back up. */
const holdNoData = [
  'aws:ec2/vpc:Vpc',
  'aws:ec2/subnet:Subnet',
  'aws:cloudtrail/trail:Trail',
  // The backups themselves; what is copied is in a second one.
  'aws:backup/vault:Vault',
]

/** Stores that stand by a setting. A reason for any other that does not stand is out of date. */
const bySetting: Record<string, (settings: Settings) => boolean> = {
  audit: ({ cloudTrail, awsConfig }) => cloudTrail === 'build' || awsConfig === 'build',
}

const storesAreBackedUp: Proof = {
  name: 'stores-are-backed-up',
  says: 'Every store of data is in the plan of backups, for as long and as far away as the settings say, or the table of stores says why not.',
  prove: ({ graph, identities, settings }) => {
    const undecided: Undecided[] = []
    const known = selections(identities.index, undecided)
    const made = graph.resources.filter(({ custom, read }) => custom && !read)
    const kept = made.flatMap((resource) => {
      const store = storeOf(resource)
      const expected = resource.type in keeps && !holdNoData.includes(resource.type)
      return store || expected ? [{ resource, store }] : []
    })
    const findings = kept.flatMap(({ resource, store }) => wrongWith(resource, store, known, settings))
    const planned = kept.filter(({ store }) => store && 'how' in store).length
    return {
      looked: kept.length,
      at: `${kept.length} stores, ${planned} of them in the plan`,
      findings: [...findings, ...outOfDate(made, settings), ...strayed(made, known)],
      undecided: linesOf(graph, undecided),
    }
  },
}

function wrongWith(resource: Resource, store: Store | undefined, known: Selection[], settings: Settings): string[] {
  const mine = known.filter((selection) => selection.arns.includes(String(plain(resource.outputs.arn))))
  if (!store) return [`${label(resource)} is in no row of backup/stores.ts: nobody has said how to have it back`]
  if ('not' in store) {
    return mine.map(
      ({ says }) => `${label(resource)} has a reason not to be backed up, and ${says} backs it up: ${store.not}`,
    )
  }
  if (mine.length === 0) return [`${label(resource)} should be in the plan of backups, and no selection names its ARN`]
  const whole = mine.some((selection) => shortfalls(selection, settings).length === 0)
  return whole
    ? []
    : mine.flatMap((one) => shortfalls(one, settings).map((why) => `${label(resource)}: ${one.says}: ${why}`))
}

/** Rows of the table that speak of nothing which stands. */
function outOfDate(made: Resource[], settings: Settings): string[] {
  const types = Object.keys(stores).filter((type) => !made.some((one) => one.type === type))
  const buckets = Object.keys(bucketStores).filter(
    (name) =>
      (bySetting[name]?.(settings) ?? true) && !made.some((one) => bucketTypes.includes(one.type) && one.name === name),
  )
  return [...types, ...buckets.map((name) => `the bucket '${name}'`)].map(
    (what) => `backup/stores.ts has a row for ${what}, and there is none`,
  )
}

/** What is selected and is nothing of this plan: a pattern, or something that is gone. */
const strayed = (made: Resource[], known: Selection[]) =>
  known.flatMap(({ says, arns }) =>
    arns
      .filter((arn) => !made.some((one) => plain(one.outputs.arn) === arn))
      .map((arn) => `${says} names ${arn}, which is nothing of this plan`),
  )

/** Proofs about backups. */
export const backupProofs: Proof[] = [storesAreBackedUp]
