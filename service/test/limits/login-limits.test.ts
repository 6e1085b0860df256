import { request } from 'node:http'
import { test } from 'tap'
import { until } from '../harness/poll.ts'
import { useLimitedApp } from './limited-app.ts'

const addresses = (count: number) => Array.from({ length: count }, (_, n) => `198.51.100.${n + 1}`)

test('five failed logins of an account from an address, then 429, also for the right password', async (t) => {
  const { login, verified } = await useLimitedApp(t)
  for (let n = 0; n < 5; n++) t.equal((await login('karim', 'wrong')).statusCode, 401)
  const refused = await login('karim', 'right')
  t.equal(refused.statusCode, 429)
  t.match(refused.headers['retry-after'], /^[1-9]\d*$/)
  t.equal((await login('KARIM', 'right')).statusCode, 429, 'another spelling of the name is the same account')
  t.equal(verified(), 5, 'nothing was verified after that')
  t.equal((await login('karim', 'right', '198.51.100.1')).statusCode, 200, 'the owner gets in from another address')
  t.equal((await login('rahim', 'right')).statusCode, 200, 'and another account from this one')
})

test('successful logins and failures of our own do not count', async (t) => {
  const { login } = await useLimitedApp(t)
  for (let n = 0; n < 4; n++) await login('karim', 'wrong')
  for (let n = 0; n < 10; n++) t.equal((await login('karim', 'right')).statusCode, 200)
  for (let n = 0; n < 10; n++) t.equal((await login('karim', 'broken')).statusCode, 503)
  t.equal((await login('karim', 'wrong')).statusCode, 401, 'the fifth')
  t.equal((await login('karim', 'right')).statusCode, 429)
})

test('fifty wrong passwords at once are at most five verifications', async (t) => {
  const answer = Promise.withResolvers<void>()
  const { login, verified } = await useLimitedApp(t, { verifying: () => answer.promise })
  const statuses: number[] = []
  const attempts = Array.from({ length: 50 }, async () => statuses.push((await login('karim', 'wrong')).statusCode))
  await until('all but those being verified are answered', () => statuses.length === 45)
  answer.resolve()
  await Promise.all(attempts)
  t.equal(statuses.filter((status) => status === 401).length, 5)
  t.equal(statuses.filter((status) => status === 429).length, 45)
  t.equal(verified(), 5)
})

test('a client that hangs up while its password is verified does not get the attempt back', async (t) => {
  const answer = Promise.withResolvers<void>()
  const { app, login, verified } = await useLimitedApp(t, { verifying: () => answer.promise })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const attempt = async () => {
    const before = verified()
    const asked = request(`${url}/login`, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json' },
    })
    const hungUp = new Promise((resolve) => asked.on('close', resolve))
    asked.on('error', (error) => t.match(error.message, 'socket hang up'))
    asked.end(JSON.stringify({ username: 'karim', password: 'wrong' }))
    await until('the password is being verified', () => verified() > before)
    asked.destroy()
    await hungUp
  }
  for (let n = 0; n < 5; n++) await attempt()
  t.equal((await login('karim', 'right', '127.0.0.1')).statusCode, 429)
  t.equal(verified(), 5)
  answer.resolve()
})

test('a wrong password that is found out after the request was answered counts', async (t) => {
  const { login } = await useLimitedApp(t)
  for (let n = 0; n < 5; n++) t.equal((await login('karim', 'late')).statusCode, 503)
  await until('the fifth is counted', async () => (await login('karim', 'right')).statusCode === 429)
})

test('twenty failures from all over slow an account down and do not lock it', async (t) => {
  let delays = 0
  const { login } = await useLimitedApp(t, {
    delay: async () => {
      delays += 1
    },
  })
  for (const address of addresses(4)) {
    for (let n = 0; n < 5; n++) t.equal((await login('karim', 'wrong', address)).statusCode, 401)
  }
  t.equal(delays, 0)
  t.equal((await login('karim', 'right', '203.0.113.200')).statusCode, 200, 'the owner gets in')
  t.equal(delays, 1, 'after a delay')
  t.equal((await login('karim', 'wrong', '203.0.113.201')).statusCode, 401)
  t.equal(delays, 2)
  t.equal((await login('rahim', 'right', '203.0.113.200')).statusCode, 200)
  t.equal(delays, 2, 'other accounts are not slowed down')
})

test('few may wait for a slowed account, the rest is refused at once', async (t) => {
  const delay = Promise.withResolvers<void>()
  const { login, verified } = await useLimitedApp(t, {
    settings: { LOGIN_FAILURES_ACCOUNT_MAX: '1' },
    delay: () => delay.promise,
  })
  await login('karim', 'wrong', '192.0.2.1')
  const answers: Awaited<ReturnType<typeof login>>[] = []
  const attempts = addresses(30).map(async (address) => answers.push(await login('karim', 'right', address)))
  await until('all but those who wait are answered', () => answers.length === 20)
  for (const refused of answers) {
    t.equal(refused.statusCode, 429)
    t.equal(refused.headers['retry-after'], '1')
  }
  delay.resolve()
  await Promise.all(attempts)
  t.equal(answers.filter((answer) => answer.statusCode === 200).length, 10)
  t.equal(verified(), 11)
  t.equal((await login('karim', 'right', '198.51.100.30')).statusCode, 200, 'places are free again')
})

test('fifty accounts behind one address are not locked out before 200 failures', async (t) => {
  const { login } = await useLimitedApp(t)
  for (let account = 0; account < 50; account++) {
    for (let n = 0; n < 4; n++) t.equal((await login(`user${account}`, 'wrong')).statusCode, 401)
  }
  t.equal((await login('user0', 'right')).statusCode, 429, 'after 200 the address is refused')
  t.equal((await login('user0', 'right', '198.51.100.1')).statusCode, 200, 'and only the address')
})

test('a window of failures ends', async (t) => {
  let time = 0
  const { login } = await useLimitedApp(t, { now: () => time })
  for (let n = 0; n < 5; n++) await login('karim', 'wrong')
  t.equal((await login('karim', 'right')).statusCode, 429)
  time = 900_000
  t.equal((await login('karim', 'right')).statusCode, 200)
})

test('order look-ups are limited by address and by number', async (t) => {
  const { get } = await useLimitedApp(t, { settings: { ORDER_LOOKUPS_MAX: '3' } })
  const lookUp = async (number: string, remoteAddress: string) =>
    (await get(`/lookup/${number}`, { remoteAddress })).statusCode
  for (const number of ['A1', 'A2', 'A3']) t.equal(await lookUp(number, '192.0.2.1'), 200)
  t.equal(await lookUp('A4', '192.0.2.1'), 429, 'the address guesses numbers')
  for (const address of addresses(3)) t.equal(await lookUp('B1', address), 200)
  t.equal(await lookUp('B1', '192.0.2.2'), 429, 'the number is guessed at from many addresses')
  t.equal(await lookUp('B2', '192.0.2.2'), 200)
})
