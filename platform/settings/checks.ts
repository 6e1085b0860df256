import { accountRules } from './rules/account.ts'
import { addressRules } from './rules/addresses.ts'
import { backupRules } from './rules/backup.ts'
import { cacheRules } from './rules/cache.ts'
import { clusterRules } from './rules/cluster.ts'
import { databaseRules } from './rules/database.ts'
import { identityRules } from './rules/identity.ts'
import { peopleRules } from './rules/people.ts'
import { productionRules } from './rules/production.ts'
import type { Rule } from './rules/rule.ts'
import { shopRules } from './rules/shop.ts'

/** All that settings must be to each other, and to the world; each has cases in one of `platform/test/settings/rule-cases-*.ts`. */
export const rules: readonly Rule[] = [
  ...addressRules,
  ...backupRules,
  ...clusterRules,
  ...cacheRules,
  ...databaseRules,
  ...identityRules,
  ...peopleRules,
  ...shopRules,
  ...accountRules,
  ...productionRules,
]
