import { Type } from 'typebox'
import { facts } from '../facts.ts'
import type { ShopApp } from './app-type.ts'

/** On the public port: that the shop lives, and no more than that. */
export function healthRoute(app: ShopApp): void {
  app.route({
    method: 'GET',
    url: facts.paths.health,
    schema: {
      summary: 'Whether the shop lives',
      response: { 200: Type.Object({ status: Type.Literal('ok') }, { additionalProperties: false }) },
    },
    config: { limit: 'none' },
    handler: () => ({ status: 'ok' as const }),
  })
}
