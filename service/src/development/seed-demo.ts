import { findAccountByName } from '../accounts/account-store.ts'
import { createAccount } from '../accounts/create-account.ts'
import { seedDemo as seedDemoCatalogue } from '../catalogue/seed.ts'
import type { Database } from '../database/database.ts'
import type { DemoAccount } from './development.ts'

/** Fills a shop with the demo catalogue and these accounts; what is there already stays as it is. The accounts that were made. */
export async function seedDemo(
  database: Database,
  accounts: DemoAccount[],
  say: (sentence: string) => void,
): Promise<DemoAccount[]> {
  await seedDemoCatalogue({ database, log: { info: say } })
  const made: DemoAccount[] = []
  for (const account of accounts) {
    if (await findAccountByName(database, account.username)) continue
    await createAccount(database, account)
    made.push(account)
  }
  return made
}
