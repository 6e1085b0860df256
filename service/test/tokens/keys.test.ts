import { randomBytes, randomUUID } from 'node:crypto'
import { test } from 'tap'
import { createKeyRing } from '../../src/tokens/keys.ts'
import { openSealedId, proveId, provesId, sealId } from '../../src/tokens/signed-id.ts'

const key = () => randomBytes(32).toString('base64')

function someRing() {
  const text = JSON.stringify({ active: 'a', keys: { a: key(), b: key() } })
  return createKeyRing(() => text)
}

test('a key ring derives a key of its own for each purpose', async (t) => {
  const ring = someRing()
  const { kid, key: access } = ring.active('access-token')
  t.equal(kid, 'a')
  t.equal(access.length, 32)
  t.notSame(access, ring.active('cart-token').key)
  t.notSame(access, ring.find('b', 'access-token')?.key)
  t.equal(ring.find('c', 'access-token'), undefined)
})

test('a key file that is replaced takes effect, and a broken one leaves the old keys', async (t) => {
  const first = key()
  let text = JSON.stringify({ active: 'a', keys: { a: first } })
  const ring = createKeyRing(() => text)
  const before = ring.active('cart-token')
  text = JSON.stringify({ active: 'b', keys: { a: first, b: key() } })
  t.equal(ring.active('cart-token').kid, 'b')
  t.same(ring.find('a', 'cart-token'), before, 'tokens of the old key still hold')
  text = '{ broken'
  t.equal(ring.active('cart-token').kid, 'b')
})

const wrong: [name: string, text: string, sentence: RegExp][] = [
  ['no JSON', 'planted-secret', /^JWT_KEYS is not of the form/],
  ['no keys', '{"active":"a"}', /^JWT_KEYS is not of the form/],
  [
    'a short key',
    `{"active":"a","keys":{"a":"${randomBytes(31).toString('base64')}"}}`,
    /the key "a" of 31 bytes: a key has at least 32/,
  ],
  [
    'an active key that is missing',
    `{"active":"z","keys":{"a":"${key()}"}}`,
    /names "z" as active, which is not among its keys \(a\)/,
  ],
  ['a key id with a path in it', `{"active":"../x","keys":{"../x":"${key()}"}}`, /the key id "\.\.\/x"/],
]
for (const [name, text, sentence] of wrong) {
  test(`a key ring with ${name} is refused`, async (t) => {
    t.throws(() => createKeyRing(() => text), { message: sentence })
  })
}

test('the text of a key file never becomes part of a message', async (t) => {
  for (const text of ['planted-secret', '{"active": planted-secret', '{"active":"planted-secret"}']) {
    t.throws(() => createKeyRing(() => text), { message: /^(?!.*planted).*$/ })
  }
})

test('a sealed id opens under its own purpose and keys only', async (t) => {
  const keys = someRing()
  const others = someRing()
  const id = randomUUID()
  const token = sealId(keys, 'cart-token', id)
  t.equal(openSealedId(keys, 'cart-token', token), id)
  t.equal(openSealedId(keys, 'order-token', token), undefined)
  t.equal(openSealedId(others, 'cart-token', token), undefined)
  for (const forged of [
    '',
    'a',
    'a.b.c',
    `${token}.x`,
    token.slice(0, -1),
    token.replace(/^a/, 'b'),
    token.replace(/\.[^.]+\./, '.AAAAAAAAAAAAAAAAAAAAAA.'),
  ]) {
    t.equal(openSealedId(keys, 'cart-token', forged), undefined, forged)
  }
})

test('a proof belongs to one id, and can be made again', async (t) => {
  const keys = someRing()
  const id = randomUUID()
  t.equal(proveId(keys, 'order-token', id), proveId(keys, 'order-token', id))
  t.ok(provesId(keys, 'order-token', id, proveId(keys, 'order-token', id)))
  t.notOk(provesId(keys, 'order-token', randomUUID(), proveId(keys, 'order-token', id)))
  t.notOk(provesId(keys, 'cart-token', id, proveId(keys, 'order-token', id)))
})
