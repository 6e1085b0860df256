import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { test } from 'tap'
import { createKeyRing, type KeyRing } from '../../src/tokens/keys.ts'
import { type TestAccounts, useAccounts } from './accounts-app.ts'

interface Forgery {
  header?: Record<string, unknown>
  claims?: Record<string, unknown>
  key?: string | Buffer
  hash?: string
}

/** Takes a real token apart and puts it together again with what a forger would change. */
function forge(keys: KeyRing, token: string, { header, claims, key, hash = 'sha256' }: Forgery): string {
  const [headerPart = '', claimsPart = ''] = token.split('.')
  const part = (text: string, changes: Record<string, unknown> = {}) =>
    Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(text, 'base64url').toString()), ...changes })).toString(
      'base64url',
    )
  const input = `${part(headerPart, header)}.${part(claimsPart, claims)}`
  const secret = key ?? keys.active('access-token').key.toString('base64url')
  return `${input}.${createHmac(hash, secret).update(input).digest('base64url')}`
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

async function withToken(accounts: TestAccounts) {
  const { accessToken } = await accounts.join('rahima')
  const { keys } = accounts.shop
  const statusOf = (forgery: Forgery) => accounts.statusOfMe(forge(keys, accessToken, forgery))
  return { accessToken, keys, statusOf }
}

test('an access token names account, session and version under the active key, and never a role', async (t) => {
  const accounts = await useAccounts(t)
  const { accessToken, account } = await accounts.join('rahima')
  const header = JSON.parse(Buffer.from(accessToken.split('.')[0] ?? '', 'base64url').toString())
  t.same(header, { alg: 'HS256', typ: 'JWT', kid: 'test' })
  const claims = claimsOf(accessToken)
  t.same(Object.keys(claims).sort(), ['aud', 'exp', 'iat', 'iss', 'jti', 'sid', 'sub', 'ver'])
  t.match(claims, { sub: account.id, ver: 1, iss: 'dhakacart', aud: 'dhakacart-shop' })
  t.equal(Number(claims.exp) - Number(claims.iat), 86_400)
})

test('the forger of these tests can make a token that is accepted: what follows is refused for its one change', async (t) => {
  const { statusOf } = await withToken(await useAccounts(t))
  t.equal(await statusOf({}), 200)
})

test('a token of algorithm none is refused, with and without its signature', async (t) => {
  const accounts = await useAccounts(t)
  const { accessToken, keys } = await withToken(accounts)
  for (const alg of ['none', 'None', 'NONE', '']) {
    const signed = forge(keys, accessToken, { header: { alg } })
    t.equal(await accounts.statusOfMe(signed), 401)
    t.equal(await accounts.statusOfMe(signed.replace(/[^.]*$/, '')), 401)
  }
  t.equal(await accounts.statusOfMe(accessToken.replace(/[^.]*$/, '')), 401)
})

test('a token signed with the other algorithm, and our own key, is refused', async (t) => {
  const { statusOf } = await withToken(await useAccounts(t))
  t.equal(await statusOf({ header: { alg: 'HS512' }, hash: 'sha512' }), 401)
  t.equal(await statusOf({ header: { alg: 'HS384' }, hash: 'sha384' }), 401)
  t.equal(await statusOf({ header: { alg: 'RS256' } }), 401)
})

test('a token signed with another key, or with the key of another purpose, is refused', async (t) => {
  const { statusOf, keys } = await withToken(await useAccounts(t))
  t.equal(await statusOf({ key: randomBytes(32).toString('base64url') }), 401)
  t.equal(await statusOf({ key: keys.active('cart-token').key.toString('base64url') }), 401)
  t.equal(await statusOf({ key: '' }), 401)
})

test('a token that names an unknown key, a path, or no key at all is refused', async (t) => {
  const { statusOf } = await withToken(await useAccounts(t))
  for (const kid of ['other', '../../dev/null', '__proto__', 'constructor', '', 7, null, ['test'], undefined]) {
    t.equal(await statusOf({ header: { kid } }), 401, String(kid))
  }
})

test('a token for another audience or of another issuer is refused', async (t) => {
  const { statusOf } = await withToken(await useAccounts(t))
  t.equal(await statusOf({ claims: { aud: 'another-service' } }), 401)
  t.equal(await statusOf({ claims: { aud: undefined } }), 401)
  t.equal(await statusOf({ claims: { iss: 'https://evil.example' } }), 401)
  t.equal(await statusOf({ claims: { iss: undefined } }), 401)
})

test('a token that has expired, never expires, or is not valid yet is refused', async (t) => {
  const { statusOf } = await withToken(await useAccounts(t))
  const now = Math.floor(Date.now() / 1000)
  t.equal(await statusOf({ claims: { exp: now - 1 } }), 401)
  t.equal(await statusOf({ claims: { exp: undefined } }), 401)
  t.equal(await statusOf({ claims: { exp: 'never' } }), 401)
  t.equal(await statusOf({ claims: { nbf: now + 60 } }), 401)
})

test('a token whose claims are missing or of the wrong form is refused, however well it is signed', async (t) => {
  const { statusOf } = await withToken(await useAccounts(t))
  for (const claims of [
    { sub: undefined },
    { sid: undefined },
    { ver: undefined },
    { ver: '1' },
    { sub: "' or 1=1" },
  ]) {
    t.equal(await statusOf({ claims }), 401, JSON.stringify(claims))
  }
  t.equal(await statusOf({ claims: { ver: 0 } }), 401)
  t.equal(await statusOf({ claims: { ver: 2 } }), 401)
  t.equal(await statusOf({ claims: { sid: randomUUID() } }), 401)
})

test('a session of one account is no session of another', async (t) => {
  const accounts = await useAccounts(t)
  const { statusOf } = await withToken(accounts)
  const other = await accounts.join('karim')
  t.equal(await statusOf({ claims: { sub: other.account.id } }), 401)
})

test('claims that were edited without the key are refused', async (t) => {
  const accounts = await useAccounts(t)
  const { accessToken } = await accounts.join('rahima')
  const [header, , signature] = accessToken.split('.')
  const edited = Buffer.from(JSON.stringify({ ...claimsOf(accessToken), role: 'admin' })).toString('base64url')
  t.equal(await accounts.statusOfMe(`${header}.${edited}.${signature}`), 401)
})

test('a refresh token is no access token', async (t) => {
  const accounts = await useAccounts(t)
  const { refreshToken } = await accounts.join('rahima')
  t.equal(await accounts.statusOfMe(refreshToken), 401)
})

test('without a token, and with something else in the header, the answer is 401 with its code', async (t) => {
  const { call } = await useAccounts(t)
  for (const authorization of [
    '',
    'Bearer',
    'Bearer ',
    'Basic cmFoaW1hOng=',
    'Bearer a.b.c',
    `Bearer ${'x'.repeat(8_000)}`,
  ]) {
    const { status, body } = await call('GET', '/api/auth/me', { headers: { authorization } })
    t.equal(status, 401, authorization.slice(0, 20))
    t.match(body, { code: 'unauthenticated' })
  }
  t.equal((await call('GET', '/api/auth/me')).status, 401)
})

test('two keys live at once: a token of the older one is valid until its key is taken out', async (t) => {
  const secrets = { old: randomBytes(32).toString('base64'), young: randomBytes(32).toString('base64') }
  const ring = (active: string, ...kids: ('old' | 'young')[]) =>
    JSON.stringify({ active, keys: Object.fromEntries(kids.map((kid) => [kid, secrets[kid]])) })
  let text = ring('old', 'old')
  const accounts = await useAccounts(t, { keys: createKeyRing(() => text) })
  const before = (await accounts.join('rahima')).accessToken
  text = ring('young', 'old', 'young')
  const after = (await accounts.logIn('rahima')).body.accessToken
  t.equal(await accounts.statusOfMe(before), 200)
  t.equal(await accounts.statusOfMe(after), 200)
  text = ring('young', 'young')
  t.equal(await accounts.statusOfMe(before), 401)
  t.equal(await accounts.statusOfMe(after), 200)
})
