import type { FastifyRequest } from 'fastify'
import { accountOf } from '../accounts/guard.ts'
import type { ChangeContext } from '../catalogue/change.ts'

/** Who changes something by this request, as the audit trail names them. */
export function contextOf(request: FastifyRequest, reason?: string): ChangeContext {
  const { id, role } = accountOf(request)
  return { actor: { id, role }, requestId: request.id, reason }
}
