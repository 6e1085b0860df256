import type { JSONValue, TransactionSql } from 'postgres'

export type ActorRole = 'guest' | 'shopper' | 'staff' | 'admin' | 'system' | 'operator'

/** Who does something. A guest and the shop itself have no account. */
export interface Actor {
  id: string | null
  role: ActorRole
}

export interface AuditEntry {
  actor: Actor
  /** `<subject>.<what happened>`, such as `order.cancelled`. */
  action: string
  /** `<kind>:<id>`, such as `order:9f1c...`. */
  subject: string
  before?: JSONValue
  after?: JSONValue
  reason?: string
  requestId?: string
}

/** Writes down who changed money, stock or rights: in the transaction of the change itself, so that neither is there without the other. */
export async function writeAudit(sql: TransactionSql, entries: AuditEntry[]): Promise<void> {
  const rows = entries.map(({ actor, requestId, ...entry }) => ({
    actor_id: actor.id,
    actor_role: actor.role,
    request_id: requestId ?? null,
    ...entry,
  }))
  await sql`
    insert into audit_log (actor_id, actor_role, action, subject, before, after, reason, request_id)
    select actor_id, actor_role, action, subject, before, after, reason, request_id
    from jsonb_to_recordset(${sql.json(rows)}) as row (actor_id uuid, actor_role text, action text, subject text,
      before jsonb, after jsonb, reason text, request_id text)`
}
