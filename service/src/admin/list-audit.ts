import { Type } from 'typebox'
import type { Guard } from '../accounts/guard.ts'
import { AuditRecord, listAudit as list } from '../audit/audit-trail-store.ts'
import { errorResponses } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import { Next } from '../http/cursor.ts'
import { storableText } from '../http/storable-text.ts'
import type { Shop } from '../shop.ts'
import { paging } from './paging.ts'

const closed = { additionalProperties: false }

/** Who changed what: for admins, because it also tells what staff do. */
export function listAudit(app: ShopApp, { database }: Shop, guard: Guard): void {
  app.route({
    method: 'GET',
    url: '/api/admin/audit',
    schema: {
      tags: ['admin'],
      summary: 'The audit trail, the latest first',
      security: [{ account: [] }],
      querystring: Type.Object(
        {
          subject: Type.Optional(
            Type.String({
              minLength: 1,
              maxLength: 200,
              pattern: storableText,
              description: 'Such as `sku:SAR-JAM84-RANI`, `product:white-addi-cotton-panjabi`, `order:<id>`.',
            }),
          ),
          ...paging,
        },
        closed,
      ),
      response: {
        200: Type.Object({ entries: Type.Array(AuditRecord), next: Next }, closed),
        ...errorResponses(['unauthenticated', 'forbidden']),
      },
    },
    preHandler: guard.require('admin'),
    handler: async ({ query }) => list(database, query),
  })
}
