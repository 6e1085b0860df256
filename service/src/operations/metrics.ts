import { performance } from 'node:perf_hooks'
import client from '@prometheus-io/client'
import fastifyMetrics from 'fastify-metrics'
import type { Database, PoolStats } from '../database/database.ts'
import { facts } from '../facts.ts'
import type { ShopApp } from '../http/app-type.ts'

/** What the shop counts, in a registry of its own, so that two shops in one process (tests) do not share figures. */
export interface ShopMetrics {
  registry: client.Registry
  /** Checkouts decided, by decision (`placed`, `sold_out` ...). */
  orders: client.Counter<'decision'>
  /** Checkouts answered from an earlier order with the same key. */
  idempotencyReplays: client.Counter
  /** Requests whose client went away: they never reach the histogram, so that it looks healthy under overload (fastify #6208). */
  requestsAborted: client.Counter<'route'>
  requestsInFlight: client.Gauge
}

export function createMetrics(): ShopMetrics {
  const registry = new client.Registry()
  const registers = [registry]
  return {
    registry,
    orders: new client.Counter({
      name: facts.metrics.orders,
      help: 'Checkouts by decision.',
      labelNames: ['decision'],
      registers,
    }),
    idempotencyReplays: new client.Counter({
      name: facts.metrics.idempotencyReplays,
      help: 'Checkouts answered from an earlier order.',
      registers,
    }),
    requestsAborted: new client.Counter({
      name: facts.metrics.requestsAborted,
      help: 'Requests whose client went away.',
      labelNames: ['route'],
      registers,
    }),
    requestsInFlight: new client.Gauge({
      name: facts.metrics.requestsInFlight,
      help: 'Requests under way.',
      registers,
    }),
  }
}

/** Registered before the rate limit, so that refusals are counted; the summary is off, because it costs CPU and cannot be aggregated. */
export async function measureRequests(app: ShopApp, metrics: ShopMetrics): Promise<void> {
  const { registry, requestsAborted, requestsInFlight } = metrics
  await app.register(fastifyMetrics.default, {
    endpoint: null,
    promClient: client,
    defaultMetrics: { enabled: true, register: registry },
    routeMetrics: {
      enabled: { histogram: true, summary: false },
      registeredRoutesOnly: false,
      overrides: {
        // Registered even while it is off, in the registry of the whole process unless it is told another.
        summary: { registers: [] },
        histogram: {
          name: facts.metrics.requestSeconds,
          buckets: [...facts.requestSecondsBuckets],
          registers: [registry],
        },
      },
    },
  })
  app.addHook('onRequest', async () => requestsInFlight.inc())
  app.addHook('onResponse', async () => requestsInFlight.dec())
  app.addHook('onRequestAbort', async (request) => {
    requestsInFlight.dec()
    requestsAborted.inc({ route: request.routeOptions.url ?? 'none' })
  })
}

/** Figures that are read when somebody asks for them: the database's pools and the event loop. */
export function measureProcess({ registry }: ShopMetrics, database: Database): void {
  const registers = [registry]
  const gauge = (name: string, help: string, read: (stats: PoolStats) => number) =>
    new client.Gauge({
      name,
      help,
      labelNames: ['pool'],
      registers,
      collect() {
        for (const [pool, stats] of Object.entries(database.stats())) this.set({ pool }, read(stats))
      },
    })
  const counter = (name: string, help: string, read: (stats: PoolStats) => number) =>
    new client.Counter({
      name,
      help,
      labelNames: ['pool'],
      registers,
      collect() {
        this.reset()
        for (const [pool, stats] of Object.entries(database.stats())) this.inc({ pool }, read(stats))
      },
    })
  gauge(facts.metrics.databaseInUse, 'Connections in use.', (stats) => stats.inUse)
  gauge(facts.metrics.databaseWaiting, 'Callers that wait for a connection.', (stats) => stats.waiting)
  counter(facts.metrics.databaseDeadlines, 'Calls that passed their deadline.', (stats) => stats.deadlines)
  counter(
    facts.metrics.databaseRefusals,
    'Calls refused because the queue was full or too old.',
    (stats) => stats.refusals,
  )
  counter(
    facts.metrics.databaseReplacements,
    'Pools thrown away because a connection stopped answering.',
    (stats) => stats.replacements,
  )

  let before = performance.eventLoopUtilization()
  new client.Gauge({
    name: facts.metrics.eventLoopUtilization,
    help: 'Share of the time since the last reading that the event loop was busy.',
    registers,
    collect() {
      const now = performance.eventLoopUtilization()
      this.set(performance.eventLoopUtilization(now, before).utilization)
      before = now
    },
  })
}
