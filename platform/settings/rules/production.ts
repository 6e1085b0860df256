import { databaseClasses } from '../../database/classes.ts'
import { type Finding, shown } from '../problems.ts'
import type { Settings } from '../schema.ts'
import type { Rule } from './rule.ts'

const digest = /^[a-z0-9.:-]+(\/[a-z0-9._-]+)+@sha256:[0-9a-f]{64}$/
const tagged = /^[a-z0-9.:-]+(\/[a-z0-9._-]+)+(:[A-Za-z0-9_.-]{1,128}|@sha256:[0-9a-f]{64})$/

/** What must hold where `production` is true; each says why in `right`. */
export const productionRules: readonly Rule[] = [
  inProduction('availabilityZones', ({ length }) => length >= 3, 'name three zones, so that a lost one leaves two'),
  inProduction(
    'natGateways',
    (nat) => nat === 'onePerZone',
    'use onePerZone, so that a lost zone takes no other with it',
  ),
  inProduction(
    'interfaceEndpoints',
    (endpoints) => endpoints === 'onePerZone',
    'use onePerZone, so that a lost zone takes no other with it',
  ),
  inProduction('protect', (protect) => protect, 'use true, so that no typing error deletes an order'),
  inProduction('flowLogRetentionDays', (days) => days >= 90, 'use at least 90 days; break-ins are found late'),
  inProduction('clusterLogRetentionDays', (days) => days >= 90, 'use at least 90 days; break-ins are found late'),
  inProduction('accessLogRetentionDays', (days) => days >= 365, 'use at least 365 days; break-ins are found late'),
  inProduction(
    'databaseMultiAz',
    (multiAz) => multiAz,
    'use true, so that a lost zone takes a minute or two and no order',
  ),
  inProduction(
    'databaseClass',
    (name) => databaseClasses[name]?.burstable === false,
    'use a class that lives without CPU credits, such as db.m7g.large',
  ),
  inProduction('databaseLogRetentionDays', (days) => days >= 90, 'use at least 90 days; break-ins are found late'),
  inProduction('cloudTrail', (who) => who !== 'none', 'use build or exists, or nobody can say who did what'),
  inProduction('databaseBackupRetentionDays', (days) => days >= 30, 'use at least 30 days'),
  inProduction('cacheNodes', (nodes) => nodes >= 2, 'use at least 2, so that another one takes over when one fails'),
  // A tenth of one core and half a gibibyte: what a sale brings would use up its credits, and the cache would slow every request down.
  inProduction('cacheNodeType', (type) => type !== 'cache.t4g.micro', 'use cache.t4g.small or a bigger one'),
  inProduction('cacheSnapshotRetentionDays', (days) => days >= 1, 'use at least 1 day'),
  inProduction('backupRetentionDays', (days) => days >= 30, 'use at least 30 days'),
  inProduction('backupVaultLock', (lock) => lock !== 'none', 'use governance, so that no mistake empties the vault'),
  inProduction('backupCopyRegion', (region) => region !== '', 'name a second region; one can be lost'),
  inProduction('alarmEmails', ({ length }) => length >= 1, 'name at least one address, or alarms reach nobody'),
  // One may be a role that many can take, so one is enough to be asked for.
  inProduction('breakGlassPrincipals', ({ length }) => length >= 1, 'name who comes in when all else fails'),
  inProduction('secretKeeperPrincipals', ({ length }) => length >= 1, 'name who rotates the keys of tokens'),
  inProduction(
    'shopImage',
    (image) => image === '' || digest.test(image),
    'use registry/name@sha256:<64 hexadecimal digits>; a tag can be moved',
  ),
  {
    name: 'an image has a name and a tag or digest',
    reads: ['production', 'shopImage'],
    find: ({ production, shopImage }) =>
      production || shopImage === '' || tagged.test(shopImage)
        ? []
        : [
            {
              path: 'shopImage',
              text: `${shown(shopImage)} is no image; use registry/name:tag or registry/name@sha256:<64 hexadecimal digits>`,
            },
          ],
  },
]

function inProduction<K extends keyof Settings>(key: K, holds: (value: Settings[K]) => boolean, right: string): Rule {
  return {
    name: `${key} is that of a production stack`,
    reads: ['production', key],
    find(settings): Finding[] {
      if (!settings.production || holds(settings[key])) return []
      return [{ path: key, text: `${shown(settings[key])} is too little for production; ${right}` }]
    },
  }
}
