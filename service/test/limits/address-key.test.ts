import { test } from 'tap'
import { addressKey } from '../../src/limits/limits.ts'

test('an address is counted as the customer who holds it', async (t) => {
  t.equal(addressKey('203.0.113.9'), '203.0.113.9')
  t.equal(addressKey('2001:db8:1:2:3:4:5:6'), addressKey('2001:DB8:1:2::'), 'a /64 is one')
  t.not(addressKey('2001:db8:1:2::1'), addressKey('2001:db8:1:3::1'), 'the next /64 is another')
  t.equal(addressKey('::ffff:203.0.113.9'), '203.0.113.9', 'IPv4 written as IPv6')
  t.equal(addressKey('::ffff:cb00:7109'), '203.0.113.9', 'and in hexadecimal')
})

test('what is no address shares one key, so that it is no way around a limit', async (t) => {
  for (const ip of [undefined, '', 'unknown', '203.0.113.9:4711', 'evil', '1.2.3'])
    t.equal(addressKey(ip), 'unknown', String(ip))
})
