import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { type FastifyBaseLogger, type FastifyHttpOptions, LogController } from 'fastify'
import { facts } from '../facts.ts'
import type { Shop } from '../shop.ts'
import { answerUnroutable } from './error-answers.ts'

// Of the request line and all headers together.
const maxHeaderBytes = 16 * 1024

/** The options of the HTTP server: what it believes, how much it takes, and how long it waits. */
export function serverOptions({
  settings,
  log,
}: Pick<Shop, 'settings' | 'log'>): FastifyHttpOptions<Server, FastifyBaseLogger> {
  return {
    loggerInstance: log,
    genReqId: () => randomUUID(),
    // One line of our own for each request, instead of two of Fastify's (half the price).
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    // A list of ranges, never a hop count: the client chooses how many hops it claims.
    trustProxy: settings.trustProxy.length > 0 ? settings.trustProxy : false,
    bodyLimit: 32 * 1024,
    keepAliveTimeout: facts.keepAliveTimeoutMs,
    requestTimeout: 10_000,
    handlerTimeout: facts.stop.requestsMs,
    // A request that arrives on an open connection while we close is served, not refused.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    // A longer path is for the schemas to refuse, after the limits and with a line in the log: the router answers on its own.
    routerOptions: { maxParamLength: maxHeaderBytes },
    frameworkErrors: answerUnroutable,
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000, maxHeaderSize: maxHeaderBytes },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: true, allErrors: false } },
  }
}
