import type { FastifyRequest, RouteOptions } from 'fastify'
import type { ShopApp } from './app-type.ts'

type Kind = 'integer' | 'number' | 'boolean'
type Parameters = Record<string, unknown>

const integer = /^(0|-?[1-9]\d{0,15})$/
const decimal = /^-?(0|[1-9]\d{0,15})(\.\d{1,15})?$/

/**
 * Query and path strings are read as the type that the schema declares, and only in its plain spelling: Ajv's own coercion
 * would take `1e1`, ` 10` and an empty string for numbers, and the first of two duplicates for the value.
 * What is not spelled plainly stays a string, and validation then refuses it.
 */
export function readStringsStrictly(app: ShopApp): void {
  app.addHook('onRoute', (route: RouteOptions) => {
    const query = kindsOf(route.schema?.querystring)
    const path = kindsOf(route.schema?.params)
    if (query.length === 0 && path.length === 0) return
    const read = async (request: FastifyRequest) => {
      parse(request.query as Parameters, query)
      parse(request.params as Parameters, path)
    }
    route.preValidation = [read, ...[route.preValidation ?? []].flat()]
  })
}

function kindsOf(schema: unknown): [name: string, kind: Kind][] {
  const properties = (schema as { properties?: Record<string, { type?: string }> } | undefined)?.properties ?? {}
  return Object.entries(properties).flatMap(([name, { type }]) =>
    type === 'integer' || type === 'number' || type === 'boolean' ? [[name, type]] : [],
  )
}

function parse(parameters: Parameters, kinds: [string, Kind][]): void {
  for (const [name, kind] of kinds) {
    const value = parameters[name]
    if (typeof value !== 'string') continue
    if (kind === 'boolean' && (value === 'true' || value === 'false')) parameters[name] = value === 'true'
    if (kind === 'integer' && integer.test(value)) parameters[name] = Number(value)
    if (kind === 'number' && decimal.test(value)) parameters[name] = Number(value)
  }
}
