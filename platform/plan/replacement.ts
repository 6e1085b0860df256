import { account } from './replacement/account.ts'
import { backups } from './replacement/backup.ts'
import { cache } from './replacement/cache.ts'
import { database } from './replacement/database.ts'
import { identity } from './replacement/identity.ts'
import { kubernetesRules } from './replacement/kubernetes.ts'
import { network } from './replacement/network.ts'
import { providers } from './replacement/providers.ts'
import { registry } from './replacement/registry.ts'
import type { Change, Rules } from './replacement/rules.ts'
import { services } from './replacement/services.ts'
import { storage } from './replacement/storage.ts'

export type { Change, Rules } from './replacement/rules.ts'

/** What a change does to a resource; `unknown` is a property, or a type, that nobody has looked up: treat it as dangerous. */
export type Effect = 'replace' | 'update' | 'unknown'

export interface Verdict {
  effect: Effect
  /** Where the row comes from; empty where there is none. */
  source: string
}

/** The table of which property replaces which resource, by type; types of Kubernetes' own follow rules of their own. */
export const replacement: Record<string, Rules> = {
  ...network,
  ...services,
  ...backups,
  ...storage,
  ...registry,
  ...account,
  ...cache,
  ...identity,
  ...database,
  ...providers,
}

/** What every resource of AWS has: read in the provider's `internal/provider` (forceNewIfRegionChanges), 2026-11-21. */
const everyAwsResource: Rules = {
  source:
    'hashicorp/terraform-provider-aws internal/provider/sdkv2 and internal/provider/framework: region and tags interceptors',
  replace: ['region'],
  update: ['tags', 'tagsAll'],
}

/** `a[0].b` as `a.b`: a row speaks of every item of a list. */
const plain = (path: string): string => path.replace(/\[[^\]]*\]/g, '').replace(/^\./, '')

const covers = (row: string, path: string): boolean => path === row || path.startsWith(`${row}.`)

/** The rows that speak of a path: the longest above it, or all below it where a whole object has come or gone. */
function effectIn(rules: Rules, path: string, change: Change): Effect | undefined {
  const conditional = rules.conditions?.find((condition) => covers(condition.path, path))
  if (conditional) return conditional.replaces(change) ? 'replace' : 'update'
  const rows = [
    ...rules.replace.map((row) => [row, 'replace'] as const),
    ...rules.update.map((row) => [row, 'update'] as const),
  ]
  const above = rows.filter(([row]) => covers(row, path)).sort(([a], [b]) => b.length - a.length)
  if (above[0]) return above[0][1]
  const below = rows.filter(([row]) => covers(path, row))
  if (below.length === 0) return rules.otherwise
  return below.some(([, effect]) => effect === 'replace') ? 'replace' : 'update'
}

/** The rules of a type, the special ones first. */
function rulesOf(type: string): Rules[] {
  if (type.startsWith('kubernetes:')) return [kubernetesRules(type)]
  const own = replacement[type]
  if (!own) return []
  return type.startsWith('aws:') ? [own, everyAwsResource] : [own]
}

/** Says what a change of a property does to a resource of this type: never "update" where nobody has looked. */
export function effectOf(type: string, change: Change): Verdict {
  const path = plain(change.path)
  for (const rules of rulesOf(type)) {
    const effect = effectIn(rules, path, change)
    if (effect) return { effect, source: rules.source }
  }
  return { effect: 'unknown', source: '' }
}
