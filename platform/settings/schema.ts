import { type Static, Type } from 'typebox'
import { accessSettings } from './schema/access.ts'
import { accountSettings } from './schema/account.ts'
import { alarmsSettings } from './schema/alarms.ts'
import { backupSettings } from './schema/backup.ts'
import { cacheSettings } from './schema/cache.ts'
import { clusterSettings } from './schema/cluster.ts'
import { databaseSettings } from './schema/database.ts'
import { generalSettings } from './schema/general.ts'
import { identitySettings } from './schema/identity.ts'
import { networkSettings } from './schema/network.ts'
import { shopSettings } from './schema/shop.ts'
import { storageSettings } from './schema/storage.ts'

export type { Part } from './rows.ts'

/**
 * Every choice that a stack has. A row without a default must be set; every default is safe in production.
 * Keys are `dhakacart:<key>` in `Pulumi.<stack>.yaml`, but `region`, which is Pulumi's own `aws:region`.
 */
export const schema = Type.Object(
  {
    ...generalSettings,
    ...networkSettings,
    ...clusterSettings,
    ...accessSettings,
    ...identitySettings,
    ...databaseSettings,
    ...cacheSettings,
    ...storageSettings,
    ...backupSettings,
    ...accountSettings,
    ...alarmsSettings,
    ...shopSettings,
  },
  { additionalProperties: false },
)

/** The settings of a stack, read and checked once. */
export type Settings = Static<typeof schema>
