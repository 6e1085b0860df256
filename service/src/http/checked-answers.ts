import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ShopApp } from './app-type.ts'

type Schema = { [property: string]: unknown }

/**
 * Holds every answer against the schema its route declares for its status, before the serializer would silently drop what is
 * not declared. A status or a field that the API document does not know becomes a 500 here: in development and in tests,
 * not in production, where it would cost a validation for each answer.
 */
export function checkAnswers(app: ShopApp): void {
  app.addHook('preSerialization', async (request, reply, payload) => {
    check(request, reply, payload)
    return payload
  })
  // Strings skip preSerialization: an answer that was serialised beforehand is read back here.
  app.addHook('onSend', async (request, reply, payload) => {
    const isJson = String(reply.getHeader('content-type')).startsWith('application/json')
    if (typeof payload === 'string' && payload !== '' && isJson) check(request, reply, JSON.parse(payload))
    return payload
  })
}

function check(request: FastifyRequest, reply: FastifyReply, payload: unknown): void {
  // Documents and pages of plugins have no schema; nor has a path that no route matched.
  if (request.is404 || request.routeOptions.schema?.hide) return
  const route = `${request.method} ${request.routeOptions.url}`
  const declared = request.routeOptions.schema?.response as Record<number, Schema> | undefined
  const schema = declared?.[reply.statusCode]
  if (!schema) throw undeclared(reply, `${route} answers ${reply.statusCode}, which its schema does not declare`)
  const validate = request.compileValidationSchema(schema)
  if (!validate(payload)) {
    const [first] = validate.errors ?? []
    throw undeclared(
      reply,
      `${route} answers ${reply.statusCode} with ${first?.instancePath || 'a value'} that ${first?.message} (${JSON.stringify(first?.params)})`,
    )
  }
}

function undeclared(reply: FastifyReply, message: string): Error {
  // The answer may be an error already, whose status Fastify would keep.
  reply.code(500)
  return new Error(message)
}
