import type { ShopApp } from './app-type.ts'

const traceparent = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$/

/** One line for each request, when it has ended: what was asked (by route, never by URL: URLs carry people's words), and how it went. */
export function logRequests(app: ShopApp): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        code: request.errorCode,
        ...trace(request.headers.traceparent),
      },
      'request',
    )
  })
  app.addHook('onRequestAbort', async (request) => {
    request.log.info(
      { method: request.method, route: request.routeOptions.url ?? 'none' },
      'request aborted by the client',
    )
  })
}

/** The W3C trace context of whoever called us (https://www.w3.org/TR/trace-context/), if it is well formed. */
function trace(header: string | string[] | undefined): { traceId?: string; parentSpanId?: string } {
  const match = typeof header === 'string' ? traceparent.exec(header) : null
  return match ? { traceId: match[1], parentSpanId: match[2] } : {}
}
