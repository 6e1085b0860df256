import { test } from 'tap'
import { DatabaseUnavailableError } from '../../src/database/errors.ts'
import { createGate } from '../../src/database/gate.ts'
import { rejection } from './open-database.ts'

const longMs = 60_000

test('as many are inside as there are permits, the others follow in order of arrival', async (t) => {
  const gate = createGate({ permits: 2, queueMax: 10, queueMaxAgeMs: longMs })
  const entered: string[] = []
  const enter = (name: string) => gate.enter(longMs).then(() => entered.push(name))
  const all = ['a', 'b', 'c', 'd', 'e'].map(enter)
  await Promise.all(all.slice(0, 2))
  t.equal(gate.inside, 2)
  t.equal(gate.waiting, 3)
  gate.leave()
  await all[2]
  t.strictSame(entered, ['a', 'b', 'c'])
  gate.leave()
  gate.leave()
  await Promise.all(all)
  t.strictSame(entered, ['a', 'b', 'c', 'd', 'e'])
  t.equal(gate.inside, 2)
  t.equal(gate.waiting, 0)
})

test('a full queue refuses at once, and says when to come back', async (t) => {
  const gate = createGate({ permits: 1, queueMax: 1, queueMaxAgeMs: longMs })
  await gate.enter(longMs)
  const waiting = gate.enter(longMs)
  const refused = await rejection(gate.enter(longMs), DatabaseUnavailableError)
  t.equal(refused.reason, 'queue_full')
  t.ok(refused.retryAfterSeconds >= 1)
  gate.leave()
  await waiting
})

test('who waits too long is refused, and the permit goes to the next one', async (t) => {
  const gate = createGate({ permits: 1, queueMax: 10, queueMaxAgeMs: longMs })
  await gate.enter(longMs)
  const impatient = gate.enter(1)
  const patient = gate.enter(longMs)
  t.equal((await rejection(impatient, DatabaseUnavailableError)).reason, 'queue_timeout')
  t.equal(gate.waiting, 1)
  gate.leave()
  await patient
  t.equal(gate.inside, 1)
})

test('the age of the queue bounds a caller with more patience than that', async (t) => {
  const gate = createGate({ permits: 1, queueMax: 10, queueMaxAgeMs: 1 })
  await gate.enter(longMs)
  t.equal((await rejection(gate.enter(longMs), DatabaseUnavailableError)).reason, 'queue_timeout')
})

test('a closed gate refuses newcomers, lets the queue pass, and tells when it is empty', async (t) => {
  const gate = createGate({ permits: 1, queueMax: 10, queueMaxAgeMs: longMs })
  await gate.enter(longMs)
  const waiting = gate.enter(longMs)
  gate.close()
  t.equal((await rejection(gate.enter(longMs), DatabaseUnavailableError)).reason, 'closed')
  let empty = false
  const emptied = gate.empty().then(() => {
    empty = true
  })
  gate.leave()
  await waiting
  t.equal(empty, false)
  gate.leave()
  await emptied
  t.equal(empty, true)
})

test('dismissing refuses who waits, not who is inside', async (t) => {
  const gate = createGate({ permits: 1, queueMax: 10, queueMaxAgeMs: longMs })
  await gate.enter(longMs)
  const waiting = gate.enter(longMs)
  gate.dismiss()
  t.equal((await rejection(waiting, DatabaseUnavailableError)).reason, 'closed')
  t.equal(gate.inside, 1)
  t.equal(gate.waiting, 0)
})
