import type { Test } from 'tap'
import type { DemoCategory } from '../../demo/types.ts'
import { createAccount } from '../../src/accounts/create-account.ts'
import type { Role } from '../../src/accounts/role.ts'
import { useStockedShop } from '../catalogue/support.ts'
import type { TestShop } from '../harness/shop.ts'

export interface Reply {
  status: number
  body: Record<string, unknown>
}

export type Call = (method: 'GET' | 'POST' | 'PATCH', url: string, body?: unknown) => Promise<Reply>

export interface StaffedShop extends TestShop {
  /** Calls with the token of somebody of that role, who logged in. */
  as: Record<Role, Call>
  guest: Call
  accountIds: Record<Role, string>
}

const password = 'boat-on-the-Padma'
const roles = ['shopper', 'staff', 'admin'] as const

/** A shop that sells this, and somebody of each role who has logged in. */
export async function useStaffedShop(t: Test, categories: readonly DemoCategory[]): Promise<StaffedShop> {
  const running = await useStockedShop(t, categories, { settings: { RATE_LIMIT_SHOPPER_MAX: '10000' } })
  const { app, shop } = running

  function caller(accessToken?: string): Call {
    const headers = accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }
    return async (method, url, body) => {
      const answer = await app.inject({
        method,
        url,
        headers,
        ...(body === undefined ? {} : { payload: body as object }),
      })
      return { status: answer.statusCode, body: answer.json() }
    }
  }

  const as = {} as Record<Role, Call>
  const accountIds = {} as Record<Role, string>
  for (const role of roles) {
    const username = `some_${role}`
    accountIds[role] = await createAccount(shop.database, { username, password, role })
    const login = await app.inject({ method: 'POST', url: '/api/auth/login', payload: { username, password } })
    as[role] = caller(login.json().accessToken)
  }
  return { ...running, as, guest: caller(), accountIds }
}

/** What the audit trail and the outbox say about a change, without ids and times. */
export async function traces({ sql }: StaffedShop, subject: string) {
  const audit = await sql`
    select actor_id, actor_role, action, before, after, reason, request_id is not null as has_request
    from audit_log where subject = ${subject} order by id`
  const events = await sql`select topic, payload from outbox order by id`
  return { audit: [...audit], events: [...events] }
}
