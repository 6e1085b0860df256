import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'

/** What the schemas of the shop are made of: the part of JSON Schema that its routes use, as plain data. */
export interface JsonSchema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null'
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: unknown
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  anyOf?: JsonSchema[]
  enum?: unknown[]
  const?: unknown
  not?: JsonSchema
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

/** A route as it was declared. */
export interface DeclaredRoute {
  /** Method and path, such as `GET /api/products/:slug`. */
  name: string
  method: string
  url: string
  schema: {
    hide?: boolean
    tags?: string[]
    summary?: string
    security?: Record<string, unknown>[]
    params?: JsonSchema
    querystring?: JsonSchema
    headers?: JsonSchema
    body?: JsonSchema
    response?: Record<string, JsonSchema>
  }
}

interface Built {
  app: FastifyInstance
}

/**
 * Builds an application, and lists the routes that are added to it meanwhile, its plugins' too. Fastify's diagnostics channel is the
 * only place to stand before the first of them without a change in what is built. The HEAD that Fastify adds to each GET is left out.
 */
export async function watchRoutes<T>(build: () => Promise<T & Built>): Promise<{ built: T; routes: DeclaredRoute[] }> {
  const added = new Map<unknown, DeclaredRoute[]>()
  const watch = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    const routes: DeclaredRoute[] = []
    added.set(fastify, routes)
    fastify.addHook('onRoute', ({ method, url, schema }) => {
      for (const each of [method].flat()) {
        if (each !== 'HEAD') routes.push({ name: `${each} ${url}`, method: each, url, schema: (schema ?? {}) as never })
      }
    })
  }
  subscribe('fastify.initialization', watch)
  try {
    const built = await build()
    return { built, routes: added.get(built.app) ?? [] }
  } finally {
    unsubscribe('fastify.initialization', watch)
  }
}
