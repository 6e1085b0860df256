import type { FastifyRequest } from 'fastify'

/** What counts failed logins, and with them failed attempts at a reset code or at the current password. */
export interface LoginLimits {
  /**
   * Before a password is verified; may wait a bounded time, to slow down an account under attack.
   * @throws ShopError `rate_limited`
   */
  check(request: FastifyRequest, username: string): Promise<void>
  /** After a wrong password or code, or an unknown username. */
  failed(request: FastifyRequest, username: string): Promise<void>
}
