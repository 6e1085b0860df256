import fc from 'fast-check'
import t from 'tap'
import { everyV4, everyV6, internet, parseCidr, parseCidrs, printAddresses } from '../../plan/reach/addresses.ts'
import { covers, intersect, isEmpty, type Ranges, range, size, subtract, union } from '../../plan/reach/ranges.ts'

t.test('every spelling of a block is the same block', async (t) => {
  const same: [string, string][] = [
    ['0000::/0', '::/0'],
    ['0:0:0:0:0:0:0:0/0', '::/0'],
    ['0.0.0.0/00', '0.0.0.0/0'],
    ['10.20.30.40/16', '10.20.0.0/16'],
    ['203.0.113.7', '203.0.113.7/32'],
    ['::ffff:1.2.3.4', '::ffff:102:304/128'],
    ['2001:DB8::1/32', '2001:db8::/32'],
    ['2001:db8:0:0:0::/32', '2001:0db8::/32'],
  ]
  for (const [odd, plain] of same) t.strictSame(parseCidr(odd), parseCidr(plain), odd)
})

t.test('two halves are the whole', async (t) => {
  t.strictSame(union(parseCidr('0.0.0.0/1'), parseCidr('128.0.0.0/1')), everyV4)
  t.strictSame(union(parseCidr('::/1'), parseCidr('8000::/1')), everyV6)
  t.notOk(covers(everyV4, everyV6), 'the families are apart')
})

t.test('what is no block is refused, never taken for none', async (t) => {
  const wrong = [
    '',
    '/',
    '10.0.0.0/33',
    '10.0.0/8',
    '010.0.0.0/8',
    '::/129',
    'fe80::1%eth0/64',
    '1.2.3.4/8/8',
    'pl-1',
    '::/-1',
    '0/0',
  ]
  for (const text of wrong) t.throws(() => parseCidr(text), RangeError, `'${text}'`)
  t.strictSame(parseCidrs(['10.0.0.0/8', 'x']).wrong, ['x'])
})

t.test('the internet is without private addresses and with everybody else', async (t) => {
  for (const inside of ['8.8.8.8', '203.0.113.7', '2001:db8::1', '172.32.0.0', '223.255.255.255']) {
    t.ok(covers(internet, parseCidr(inside)), inside)
  }
  for (const outside of [
    '10.20.0.0/16',
    '172.20.0.0/16',
    '192.168.1.1',
    '100.64.0.1',
    'fd00::/8',
    '169.254.170.23',
    '240.0.0.1',
  ]) {
    t.ok(isEmpty(intersect(internet, parseCidr(outside))), outside)
  }
})

const sets = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 15 })), { maxLength: 6 })
  .map((pairs) => union(...pairs.map(([from, length]) => range(from, from + length))))
const members = (set: Ranges) => new Set(Array.from({ length: 80 }, (_, n) => n).filter((n) => covers(set, range(n))))

t.test('sets of ranges behave as sets of their members', async () => {
  fc.assert(
    fc.property(sets, sets, (a, b) => {
      const [x, y] = [members(a), members(b)]
      return (
        equal(members(union(a, b)), x.union(y)) &&
        equal(members(intersect(a, b)), x.intersection(y)) &&
        equal(members(subtract(a, b)), x.difference(y)) &&
        covers(a, b) === y.isSubsetOf(x) &&
        Number(size(a)) === x.size &&
        a.every((piece, i) => piece.from <= piece.to && (i === 0 || piece.from > (a[i - 1]?.to ?? 0n) + 1n))
      )
    }),
    { numRuns: 500 },
  )
})

const equal = (a: Set<number>, b: Set<number>) => a.size === b.size && a.isSubsetOf(b)

t.test('what is printed is read back as the same addresses', async () => {
  const block = fc.oneof(
    fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, bits]) => `${address}/${bits}`),
    fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map(([address, bits]) => `${address}/${bits}`),
  )
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 5 }), (blocks) => {
      const { addresses, wrong } = parseCidrs(blocks)
      const again = parseCidrs(printAddresses(addresses))
      return (
        wrong.length === 0 &&
        again.wrong.length === 0 &&
        covers(addresses, again.addresses) &&
        covers(again.addresses, addresses)
      )
    }),
    { numRuns: 200 },
  )
})
