import { releaseExpired } from '../orders/expire-orders.ts'
import { createRepeater, logFailure, type Worker } from '../process/repeater.ts'
import type { Shop } from '../shop.ts'
import { prune, retentionRules } from './retention.ts'
import { createShopGauges } from './shop-gauges.ts'

interface Task {
  name: string
  /** @returns how many rows it changed. */
  run(): Promise<number>
}

export interface Housekeeping extends Worker {
  /** Does every task once; one that fails does not keep the others from theirs. */
  runOnce(): Promise<void>
}

const ordersPerTransaction = 50
const transactionsPerRun = 100

/**
 * What has to be done now and then: lets unpaid orders expire, forgets what is old, reads the figures that cost a query.
 * Every process does it; rows that another one is at are passed over.
 */
export function createHousekeeping(shop: Pick<Shop, 'database' | 'log' | 'settings' | 'metrics'>): Housekeeping {
  const { database, log, settings, metrics } = shop
  const gauges = createShopGauges(metrics)
  const tasks: Task[] = [
    { name: 'release what unpaid orders reserved', run: () => expireAll(shop) },
    ...retentionRules.map((rule) => ({ name: `prune ${rule.name}`, run: () => prune(database, rule) })),
    {
      name: 'read the gauges',
      run: async () => {
        await gauges.refresh(database)
        return 0
      },
    },
  ]

  async function runOnce(): Promise<void> {
    for (const { name, run } of tasks) {
      try {
        const rows = await run()
        if (rows > 0) log.info({ task: name, rows }, 'housekeeping')
      } catch (error) {
        logFailure(log, error, `housekeeping: ${name}`)
      }
    }
  }

  const repeater = createRepeater({
    name: 'housekeeping',
    log,
    everyMs: settings.housekeepingMs,
    run: async () => {
      await runOnce()
      return 'wait'
    },
  })
  return { ...repeater, runOnce }
}

async function expireAll({ database }: Pick<Shop, 'database'>): Promise<number> {
  let expired = 0
  for (let transaction = 0; transaction < transactionsPerRun; transaction++) {
    const count = await releaseExpired(database, { limit: ordersPerTransaction })
    expired += count
    if (count < ordersPerTransaction) break
  }
  return expired
}
