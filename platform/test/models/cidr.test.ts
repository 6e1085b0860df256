import t from 'tap'
import {
  bitsFor,
  blockAfter,
  contains,
  firstOf,
  formatBlock,
  lastOf,
  overlap,
  parseBlock,
} from '../../plan/models/cidr.ts'

t.test('blocks are read and written', async (t) => {
  for (const text of ['0.0.0.0/0', '10.20.0.0/16', '255.255.255.255/32', '192.168.4.7/24'])
    t.equal(formatBlock(parseBlock(text)), text)
  for (const text of ['10.0.0.0', '10.0.0.256/24', '10.0.0.0/33', '10.0.0/24', '::/0', ''])
    t.throws(() => parseBlock(text), { message: `'${text}' is not an IPv4 block such as 10.0.0.0/16` })
})

t.test('a block begins and ends at its borders, whatever address it is written with', async (t) => {
  const block = parseBlock('10.0.5.9/22')
  t.equal(formatBlock({ address: firstOf(block), mask: 22 }), '10.0.4.0/22')
  t.equal(formatBlock({ address: lastOf(block), mask: 32 }), '10.0.7.255/32')
  t.ok(contains(block, parseBlock('10.0.6.0/32').address))
  t.notOk(contains(block, parseBlock('10.0.8.0/32').address))
})

t.test('the next block of another size is aligned to that size', async (t) => {
  const after = (text: string, mask: number) => formatBlock(blockAfter(parseBlock(text), mask))
  t.equal(after('10.0.0.0/24', 24), '10.0.1.0/24')
  t.equal(after('10.0.0.0/24', 20), '10.0.16.0/20')
  t.equal(after('10.0.16.0/20', 24), '10.0.32.0/24')
})

t.test('blocks overlap when one lies in the other', async (t) => {
  t.ok(overlap(parseBlock('10.0.0.0/16'), parseBlock('10.0.200.0/24')))
  t.ok(overlap(parseBlock('10.0.200.0/24'), parseBlock('10.0.0.0/16')))
  t.notOk(overlap(parseBlock('10.0.0.0/17'), parseBlock('10.0.128.0/17')))
})

t.test('prefix bits that tell so many blocks apart', async (t) => {
  t.strictSame([0, 1, 2, 3, 4, 5, 8, 9].map(bitsFor), [0, 0, 1, 2, 2, 3, 3, 4])
})
