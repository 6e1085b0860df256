import * as argon2 from '@node-rs/argon2'
import { test } from 'tap'
import { createPasswordHasher } from '../../src/accounts/password-hashing.ts'

/** Real hashing that waits for a word before it starts, and counts how many are under way. */
function useHeldHashing() {
  const start = Promise.withResolvers<void>()
  const seen = { now: 0, most: 0 }
  const hash = async (password: string | Uint8Array, options?: argon2.Options | null) => {
    seen.now += 1
    seen.most = Math.max(seen.most, seen.now)
    await start.promise
    try {
      return await argon2.hash(password, options)
    } finally {
      seen.now -= 1
    }
  }
  return { functions: { hash, verify: argon2.verify }, seen, go: start.resolve }
}

test('two passwords are hashed at once, however many ask', async (t) => {
  const { functions, seen, go } = useHeldHashing()
  const hasher = createPasswordHasher({ functions })
  const hashes = Array.from({ length: 12 }, (_, n) => hasher.hash(`password ${n}`))
  go()
  t.equal(new Set(await Promise.all(hashes)).size, 12)
  t.equal(seen.most, 2)
})

test('when the queue is full a login is refused with 503 and a time to come back, and later ones work again', async (t) => {
  const { functions, go } = useHeldHashing()
  const hasher = createPasswordHasher({ functions, queueMax: 3 })
  const accepted = Array.from({ length: 5 }, (_, n) => hasher.hash(`password ${n}`))
  await t.rejects(hasher.hash('one too many'), {
    code: 'unavailable',
    statusCode: 503,
    extras: { retryAfterSeconds: Number, cause: { message: 'passwords are being hashed: 2 now, 3 wait' } },
  })
  await t.rejects(hasher.verify(undefined, 'one too many'), { code: 'unavailable' })
  go()
  await Promise.all(accepted)
  t.equal(await hasher.verify(await hasher.hash('again'), 'again'), true)
})

test('whoever waits too long for a turn is refused', async (t) => {
  const { functions, go } = useHeldHashing()
  const hasher = createPasswordHasher({ functions, queueMaxAgeMs: 20 })
  const accepted = [hasher.hash('one'), hasher.hash('two')]
  await t.rejects(hasher.hash('three'), { code: 'unavailable' })
  go()
  await Promise.all(accepted)
})

test('a hash that fails gives its turn back', async (t) => {
  const hasher = createPasswordHasher({ queueMax: 0 })
  for (let n = 0; n < 4; n += 1) await t.rejects(hasher.verify('not a hash', 'password'))
  t.equal(await hasher.verify(undefined, 'password'), false)
})
