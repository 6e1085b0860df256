import { randomUUID } from 'node:crypto'
import { test } from 'tap'
import { createSessionCache } from '../../src/accounts/session-cache.ts'
import type { LiveSession } from '../../src/accounts/session-store.ts'
import { useAccounts } from './accounts-app.ts'

const claims = { accountId: randomUUID(), sessionId: randomUUID(), version: 1 }
const shopper: LiveSession = { role: 'shopper', version: 1 }

/** A cache whose questions a test answers when it likes. */
function useCache(clock = { ms: 0 }) {
  const questions: PromiseWithResolvers<LiveSession | undefined>[] = []
  const cache = createSessionCache({
    now: () => clock.ms,
    find() {
      const question = Promise.withResolvers<LiveSession | undefined>()
      questions.push(question)
      return question.promise
    },
  })
  return { cache, questions, clock }
}

test('many requests of one session ask the database once', async (t) => {
  const { cache, questions } = useCache()
  const looks = Array.from({ length: 50 }, () => cache.look(claims))
  t.equal(questions.length, 1)
  questions[0]?.resolve(shopper)
  t.same(await Promise.all(looks), Array(50).fill(shopper))
  t.equal(await cache.look(claims), shopper)
  t.equal(questions.length, 1)
})

test('an answer is as old as its question: a slow one is not believed for two seconds more', async (t) => {
  const { cache, questions, clock } = useCache()
  const slow = cache.look(claims)
  clock.ms = 1_900
  questions[0]?.resolve(shopper)
  await slow
  clock.ms = 2_000
  cache.look(claims).catch(t.fail)
  t.equal(questions.length, 2)
})

test('a revocation while the question is under way is not overlooked', async (t) => {
  const { cache, questions } = useCache()
  const early = cache.look(claims)
  cache.forget(claims.accountId)
  questions[0]?.resolve(shopper)
  await early
  const late = cache.look(claims)
  t.equal(questions.length, 2, 'what was asked before the revocation is not kept')
  questions[1]?.resolve(undefined)
  t.equal(await late, undefined)
})

test('a question that failed is asked again', async (t) => {
  const { cache, questions } = useCache()
  const failed = cache.look(claims)
  questions[0]?.reject(new Error('the database is away'))
  await t.rejects(failed, { message: 'the database is away' })
  const next = cache.look(claims)
  t.equal(questions.length, 2)
  questions[1]?.resolve(shopper)
  t.equal(await next, shopper)
})

test('an account with very many sessions is still answered from memory', async (t) => {
  const { cache, questions } = useCache()
  for (let n = 0; n < 100; n += 1) {
    const look = cache.look({ ...claims, sessionId: randomUUID() })
    questions.at(-1)?.resolve(shopper)
    await look
  }
  const look = cache.look(claims)
  questions.at(-1)?.resolve(shopper)
  await look
  await cache.look(claims)
  t.equal(questions.length, 101)
})

test('a role that may not is refused with 403, and the refusal is logged by account id', async (t) => {
  const logLines: string[] = []
  const { call, join, employ } = await useAccounts(t, { logLines })
  const shopper = await join('rahima')
  const staff = await employ('staff_1', 'staff')
  const answers = [
    await call('POST', '/api/admin/accounts/rahima/reset-code', { token: shopper.accessToken }),
    await call('PUT', '/api/admin/accounts/rahima/role', { token: shopper.accessToken, body: { role: 'staff' } }),
    await call('PUT', '/api/admin/accounts/rahima/role', { token: staff.accessToken, body: { role: 'staff' } }),
  ]
  for (const { status, body } of answers) {
    t.equal(status, 403)
    t.match(body, { code: 'forbidden' })
  }
  const refusals = logLines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'role refused')
  t.same(
    refusals.map(({ accountId, role }) => ({ accountId, role })),
    [
      { accountId: shopper.account.id, role: 'shopper' },
      { accountId: shopper.account.id, role: 'shopper' },
      { accountId: staff.account.id, role: 'staff' },
    ],
  )
})

test('a route that needs no account takes a request without a token, and refuses one with a bad token', async (t) => {
  const { app, join } = await useAccounts(t, {
    addRoutes: (app, guard) => {
      app.get('/open', { schema: { hide: true }, preHandler: guard.optional }, (request) => ({
        account: request.account,
      }))
    },
  })
  const { accessToken, account } = await join('rahima')
  const answer = async (headers: Record<string, string>) => (await app.inject({ url: '/open', headers })).json()
  t.same(await answer({}), { account: null })
  t.match(await answer({ authorization: `Bearer ${accessToken}` }), { account: { id: account.id, role: 'shopper' } })
  t.match(await answer({ authorization: 'Bearer nonsense' }), { code: 'unauthenticated' })
})
