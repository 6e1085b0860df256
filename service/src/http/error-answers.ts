import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { DatabaseUnavailableError } from '../database/database.ts'
import { type ErrorCode, errors, ShopError } from '../errors.ts'
import type { ShopApp } from './app-type.ts'

/** Makes every error, wherever it comes from, an answer of the one table in errors.ts. No stack ever leaves. */
export function answerErrors(app: ShopApp): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const shopError = toShopError(error)
    request.errorCode = shopError.code
    if (shopError.statusCode >= 500 && shopError.code !== 'unavailable')
      request.log.error({ err: error }, 'request failed')
    if (shopError.code === 'unavailable') request.log.warn({ err: error }, 'request refused')
    return sendError(request, reply, shopError)
  })
  app.decorateRequest('errorCode', undefined)
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The code that the request was answered with, when that was an error: for the log. */
    errorCode: ErrorCode | undefined
  }
}

/** Answers a path that the router cannot read, such as one with a broken percent sign: no hook and no error handler sees it. */
export function answerUnroutable(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  void sendError(request, reply, toShopError(error))
}

function sendError(request: FastifyRequest, reply: FastifyReply, error: ShopError): FastifyReply {
  const { field, details, retryAfterSeconds } = error.extras
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(Math.ceil(retryAfterSeconds)))
  // RFC 9110, section 11.6.1: a 401 says how to authenticate.
  if (error.statusCode === 401) reply.header('www-authenticate', 'Bearer realm="dhakacart"')
  // What a route was about to let caches keep must not keep its failure.
  reply.header('cache-control', 'no-store')
  return reply.code(error.statusCode).send({
    code: error.code,
    message: error.message,
    requestId: request.id,
    ...(field === undefined ? {} : { field }),
    ...(details === undefined ? {} : { details }),
  })
}

function toShopError(error: Error): ShopError {
  if (error instanceof ShopError) return error
  if (error instanceof DatabaseUnavailableError) {
    return new ShopError('unavailable', { retryAfterSeconds: error.retryAfterSeconds, cause: error })
  }
  return fromFastify(error as FastifyError)
}

function fromFastify(error: FastifyError): ShopError {
  if (error.validation) return invalidRequest(error)
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ShopError('body_too_large')
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ShopError('unsupported_media_type')
    case 'FST_ERR_HANDLER_TIMEOUT':
      return new ShopError('unavailable', { retryAfterSeconds: 2, cause: error })
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return new ShopError('invalid_request', { field: 'body', message: 'The body is not valid JSON.' })
  }
  // Fastify refuses some requests (an encoded path, a wrong Content-Length) before a schema sees them.
  if (error.statusCode === 400) return new ShopError('invalid_request', { message: 'The request is not well formed.' })
  if (error.statusCode === 404) return new ShopError('not_found')
  return new ShopError('internal_error', { cause: error })
}

function invalidRequest(error: FastifyError): ShopError {
  const first = error.validation?.[0]
  const params = (first?.params ?? {}) as { missingProperty?: string; additionalProperty?: string }
  const path = (first?.instancePath ?? '').split('/').slice(1)
  const name = params.missingProperty ?? params.additionalProperty
  if (name !== undefined) path.push(name)
  const field = path.join('.') || (error.validationContext ?? 'body')
  const problem =
    params.additionalProperty !== undefined
      ? 'is not known here'
      : name !== undefined
        ? 'is missing'
        : (first?.message ?? 'is not valid')
  return new ShopError('invalid_request', { field, message: `${field} ${problem}.` })
}

/** Answers what is not HTTP enough to become a request: headers that are too slow, too large or broken. */
export function answerBrokenConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const code: ErrorCode = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request_timeout' : 'invalid_request'
  const body = JSON.stringify({ code, message: errors[code].message, requestId: randomUUID() })
  const reason = code === 'request_timeout' ? 'Request Timeout' : 'Bad Request'
  socket.end(
    `HTTP/1.1 ${errors[code].status} ${reason}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}
