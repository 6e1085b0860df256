import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LoginLimits } from '../accounts/login-limits.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Settings } from '../settings/settings.ts'
import { addressKey } from './address-key.ts'
import type { CounterStore } from './counter-store.ts'
import { rateLimited } from './request-limit.ts'
import { createWaitingRoom } from './waiting-room.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The attempt to log in that this request has counted and may take back. */
    loginAttempt: LoginAttempt | null
  }
}

interface LoginAttempt {
  takeBack(): Promise<void>
}

export interface LoginLimitsOptions {
  /** What a login of an account with too many failures waits before it goes on. */
  delay?(): Promise<void>
}

const slowDownMs = 1_000
// Ten places let an attacker with ever new addresses try ten passwords a second at one account, and no more.
const placesPerAccount = 10
const places = 200

/**
 * Failed logins in a window: few for one account from one address, more from one address (a carrier puts hundreds of people behind
 * one), and for one account from anywhere as many as one likes, but slowly: its owner must still get in.
 *
 * `check` counts the attempt as failed at once, so that attempts in parallel cannot all be verified before the first of them is
 * counted. It is taken back when the request is answered and `failed` was not called. Call this before the routes are added.
 */
export function limitLogins(
  app: ShopApp,
  settings: Settings,
  counters: CounterStore,
  { delay = () => sleep(slowDownMs) }: LoginLimitsOptions = {},
): LoginLimits {
  const byAddress = counters.counter('login-address')
  const byBoth = counters.counter('login-account-address')
  const byAccount = counters.counter('login-account')
  const waitingRoom = createWaitingRoom({ placesPerKey: placesPerAccount, places, delay })

  app.decorateRequest('loginAttempt', null)
  // onSend, because it also runs when the client has gone; onResponse does not (fastify #6208), and onRequestAbort runs while the
  // password is still being verified.
  app.addHook('onSend', async (request, _reply, payload) => {
    const attempt = request.loginAttempt
    request.loginAttempt = null
    await attempt?.takeBack()
    return payload
  })

  async function count(address: string, account: string): Promise<LoginAttempt & { accountCount: number }> {
    const fromAddress = await byAddress.take(address, settings.loginFailuresAddressMax)
    if (!fromAddress.granted) throw rateLimited(fromAddress.resetMs)
    const both = `${account}:${address}`
    const fromBoth = await byBoth.take(both, settings.loginFailuresMax)
    if (!fromBoth.granted) {
      await byAddress.giveBack(address)
      throw rateLimited(fromBoth.resetMs)
    }
    const { count: accountCount } = await byAccount.take(account, Number.MAX_SAFE_INTEGER)
    return {
      accountCount,
      async takeBack() {
        await Promise.all([byAddress.giveBack(address), byBoth.giveBack(both), byAccount.giveBack(account)])
      },
    }
  }

  async function countAnyway(address: string, account: string): Promise<void> {
    const max = Number.MAX_SAFE_INTEGER
    await Promise.all([
      byAddress.take(address, max),
      byBoth.take(`${account}:${address}`, max),
      byAccount.take(account, max),
    ])
  }

  return {
    async check(request, username) {
      const account = hashed(username.toLowerCase())
      const attempt = await count(addressKey(request.ip), account)
      if (attempt.accountCount > settings.loginFailuresAccountMax && !(await waitingRoom.wait(account))) {
        await attempt.takeBack()
        throw rateLimited(slowDownMs)
      }
      request.loginAttempt = attempt
    },
    async failed(request, username) {
      // The request was answered before the password was verified (a time-out), and the attempt taken back with it.
      if (!request.loginAttempt) await countAnyway(addressKey(request.ip), hashed(username.toLowerCase()))
      request.loginAttempt = null
    },
  }
}

/** Usernames and order numbers do not stand in Redis, and a long one makes no long key. */
export function hashed(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
