import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'

/**
 * A CDN holds an answer for five seconds, gives it stale for a minute while it asks again (which does not wait for an origin that
 * hangs, as stale-if-error does), and for ten minutes while we are away.
 */
const cacheControl = 'public, max-age=5, s-maxage=5, stale-while-revalidate=60, stale-if-error=600'

/** The 304 in a cacheable route's `response` schema. */
export const notModified = {
  304: Type.Null({ description: 'What the client holds (If-None-Match) is what there is.' }),
}

/** An answer that is the same for everybody, as the text that is sent and its entity tag. */
export interface CacheableAnswer {
  body: string
  etag: string
}

/** Serialises an answer by its route's schema, once: whoever keeps the result need not do it again. */
export function cacheable(reply: Pick<FastifyReply, 'serialize'>, value: unknown): CacheableAnswer {
  const body = String(reply.serialize(value))
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` }
}

/** Sends an answer that caches may keep, or 304 when the client holds it already. It carries nothing about who asks. */
export function sendCacheable(request: FastifyRequest, reply: FastifyReply, answer: CacheableAnswer): FastifyReply {
  reply.header('cache-control', cacheControl).header('etag', answer.etag)
  if (holds(request.headers['if-none-match'], answer.etag)) return reply.code(304).send()
  return reply.type('application/json; charset=utf-8').send(answer.body)
}

/** If-None-Match compares weakly (RFC 9110, 13.1.2): a proxy that compresses an answer makes its entity tag a weak one. */
function holds(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  return ifNoneMatch.match(/"[\x21\x23-\x7e]*"/g)?.includes(etag) ?? false
}
