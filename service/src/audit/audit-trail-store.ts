import { type Static, Type } from 'typebox'
import type { Database } from '../database/database.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'

const Nothing = Type.Null()

/** One thing that was changed, by whom, from what to what. */
export const AuditRecord = Type.Object(
  {
    id: Type.Integer(),
    at: Type.String({ format: 'date-time' }),
    actorId: Type.Union([Type.String({ format: 'uuid' }), Nothing]),
    actorRole: Type.String(),
    action: Type.String(),
    subject: Type.String(),
    before: Type.Unknown({ description: 'What changed, as it was; null: there was nothing.' }),
    after: Type.Unknown({ description: 'What changed, as it is now.' }),
    reason: Type.Union([Type.String(), Nothing]),
    requestId: Type.Union([Type.String(), Nothing]),
  },
  { additionalProperties: false },
)
export type AuditRecord = Static<typeof AuditRecord>

export interface AuditQuery {
  /** Such as `sku:SAR-JAM84-RANI`. */
  subject?: string
  limit: number
  after?: string
}

const Place = Type.Tuple([Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })])

/** One page of the audit trail, the latest first. @throws invalid_request when `after` is not a place in it. */
export async function listAudit(
  database: Database,
  { subject, limit, after }: AuditQuery,
): Promise<{ entries: AuditRecord[]; next: string | null }> {
  const place = after === undefined ? undefined : decodeCursor(after, 'audit', Place)
  const rows = await database.query(
    (sql) => sql<(Omit<AuditRecord, 'at'> & { at: Date })[]>`
      select id, at, actor_id as "actorId", actor_role as "actorRole", action, subject, before, after, reason,
        request_id as "requestId"
      from audit_log
      where true
        ${subject === undefined ? sql`` : sql`and subject = ${subject}`}
        ${place === undefined ? sql`` : sql`and id < ${place[0]}`}
      order by id desc limit ${limit + 1}`,
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    entries: page.map((row) => ({ ...row, at: row.at.toISOString() })),
    next: last && rows.length > limit ? encodeCursor('audit', [last.id]) : null,
  }
}
