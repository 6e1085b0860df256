import { parseCidrs } from './addresses.ts'
import { type Facts, factsOf, type Index, type Undecided } from './facts.ts'
import { nothing, type Range, type Ranges } from './ranges.ts'

/** A prefix list as a source or a destination. */
export interface PrefixList {
  label: string
  /** Its blocks one by one, because a route goes by the longest of them. */
  blocks: Range[]
  /** AWS keeps the list: nobody here knows what is in it. */
  unknown: boolean
}

/** Lists that AWS keeps, in ap-southeast-1 (ids as AWS documents and public templates have them, 2026-11-21). */
const kept: Record<string, string> = {
  'pl-31a34658': 'where CloudFront reaches origins from',
  'pl-6fa54006': 'S3',
  'pl-67a5400e': 'DynamoDB',
}

const listType = 'aws:ec2/managedPrefixList:ManagedPrefixList'
const entryType = 'aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry'

/** Resolves a prefix list by its id: our own by their entries, in the list or apart; all others are of unknown content. */
export function prefixLists(index: Index, undecided: Undecided[]): (id: string) => PrefixList {
  const entries = index.of(entryType).map((entry) => factsOf(entry, undecided))
  return (id) => {
    const own = index.find([listType], id)
    if (!own) return { label: `prefix list ${id} (${kept[id] ?? 'not in this plan'})`, blocks: [], unknown: true }
    const facts = factsOf(own, undecided)
    const apart = entries.filter((entry) => index.find([listType], entry.text('prefixListId')) === own)
    const blocks = [...facts.list('entries'), ...apart].flatMap((entry) => blocksOf(entry, 'cidr'))
    return { label: `prefix list '${own.name}'`, blocks, unknown: false }
  }
}

/** The blocks at `path`; what is no block is noted, because a rule with it would open who knows what. */
export function blocksOf(facts: Facts, path: string): Range[] {
  return facts.texts(path).flatMap((block) => {
    const { addresses, wrong } = parseCidrs([block])
    if (wrong.length > 0) facts.note(path, `'${block}' is no CIDR block`)
    return [...addresses]
  })
}

/** The one block at `path`, as a set. */
export const blockOf = (facts: Facts, path: string): Ranges => blocksOf(facts, path).slice(0, 1) ?? nothing
