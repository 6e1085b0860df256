import fastify, { type FastifyInstance } from 'fastify'
import { facts } from '../facts.ts'
import type { Shop } from '../shop.ts'

/**
 * The second port, for the cluster only. Liveness depends on nothing but the event loop that answers it; readiness on
 * booted and not draining, never on the database: if it were away, every pod would be unready and browsing would end too.
 */
export function buildOperationsServer({ lifecycle, metrics }: Pick<Shop, 'lifecycle' | 'metrics'>): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true })
  app.get(facts.paths.health, () => ({ status: 'ok' }))
  app.get(facts.paths.ready, async (_request, reply) => {
    if (lifecycle.phase !== 'ready') reply.code(503)
    return { status: lifecycle.phase }
  })
  app.get(facts.paths.metrics, async (_request, reply) => {
    reply.type(metrics.registry.contentType)
    return metrics.registry.metrics()
  })
  return app
}
