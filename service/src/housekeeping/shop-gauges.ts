import client from '@prometheus-io/client'
import type { Database } from '../database/database.ts'
import { facts } from '../facts.ts'
import type { ShopMetrics } from '../operations/metrics.ts'
import { readReservations } from '../orders/order-stock-store.ts'
import { readBacklog } from '../outbox/outbox-store.ts'

/** Figures that cost a query. */
export interface ShopGauges {
  refresh(database: Database): Promise<void>
}

/** They are read by housekeeping, not at each scrape: who scrapes often must not cost the database more. */
export function createShopGauges({ registry }: ShopMetrics): ShopGauges {
  const gauge = (name: string, help: string) => new client.Gauge({ name, help, registers: [registry] })
  const lag = gauge(facts.metrics.outboxLagSeconds, 'Age of the oldest event that still waits.')
  const dead = gauge(facts.metrics.outboxDead, 'Events that could not be delivered and wait for a person.')
  const active = gauge(facts.metrics.reservationsActive, 'Units that unpaid orders hold.')
  const drift = gauge(
    facts.metrics.stockDrift,
    'Units by which reservations and stock differ, over all SKUs; must be 0.',
  )
  return {
    async refresh(database) {
      const [backlog, reservations] = await Promise.all([readBacklog(database), readReservations(database)])
      lag.set(backlog.lagSeconds)
      dead.set(backlog.dead)
      active.set(reservations.units)
      drift.set(reservations.drift)
    },
  }
}
