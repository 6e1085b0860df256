import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../app.ts'
import { createHousekeeping } from '../housekeeping/housekeeping.ts'
import type { ShopApp } from '../http/app-type.ts'
import { type SilentConnections, watchSilentConnections } from '../http/silent-connections.ts'
import { createMetrics, measureProcess } from '../operations/metrics.ts'
import { buildOperationsServer } from '../operations/server.ts'
import { createOutboxRelay } from '../outbox/outbox-relay.ts'
import { openSecrets } from '../settings/secrets.ts'
import type { Settings } from '../settings/settings.ts'
import type { Shop } from '../shop.ts'
import { createKeyRing } from '../tokens/keys.ts'
import { createLifecycle } from './lifecycle.ts'
import { openDatabase } from './open-database.ts'
import type { Worker } from './repeater.ts'

/** A shop with all its parts; it listens to nothing until `listen`. */
export interface RunningShop {
  shop: Shop
  app: ShopApp
  operations: FastifyInstance
  workers: Worker[]
  silentConnections: SilentConnections
  /** Closes what the shop opened: database, secrets. */
  close(): Promise<void>
}

export interface OpenShopOptions {
  settings: Settings
  log: Shop['log']
  /** Holds every answer against its schema. */
  checksAnswers?: boolean
}

/** Makes a shop from its settings. No connection is opened yet: a database that is away is no obstacle here. */
export async function openShop({ settings, log, checksAnswers = false }: OpenShopOptions): Promise<RunningShop> {
  const secrets = await openSecrets(settings, log)
  const database = await openDatabase(settings, log)
  const shop: Shop = {
    settings,
    database,
    keys: createKeyRing(() => secrets.current('jwtKeys') ?? ''),
    log,
    lifecycle: createLifecycle(),
    metrics: createMetrics(),
    secret: secrets.current,
    checksAnswers,
  }
  measureProcess(shop.metrics, database)
  const app = await buildApp(shop)
  return {
    shop,
    app,
    operations: buildOperationsServer(shop),
    workers: [createOutboxRelay(shop), createHousekeeping(shop)],
    silentConnections: watchSilentConnections(app.server),
    async close() {
      await database.end(5_000)
      secrets.close()
    },
  }
}

/** Where a listening server can be reached. */
export function addressOf(app: Pick<FastifyInstance, 'server'>): string {
  const { address, port, family } = app.server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}
