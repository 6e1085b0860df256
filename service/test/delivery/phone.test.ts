import { test } from 'tap'
import { normalizePhone } from '../../src/delivery/phone.ts'

test('a mobile number has one form, however it is written', (t) => {
  for (const written of [
    '01712345678',
    '+8801712345678',
    '8801712345678',
    ' 017 1234-5678 ',
    '+880 1712-345678',
    '০১৭১২৩৪৫৬৭৮',
    '+৮৮০ ১৭১২ ৩৪৫৬৭৮',
    '০1৭12৩45৬78',
    '017\u00a012345678',
    '017\u201112345678',
  ]) {
    t.equal(normalizePhone(written), '01712345678', written)
  }
  t.end()
})

test('what is no mobile number of Bangladesh is none', (t) => {
  for (const written of [
    '',
    '0171234567',
    '017123456789',
    '01212345678',
    '02712345678',
    '1712345678',
    '+88001712345678',
    '+910171234567',
    '0171234567a',
    '01712345678;ext=1',
    '٠١٧١٢٣٤٥٦٧٨',
    '०१७१२३४५६७८',
    '++8801712345678',
  ]) {
    t.equal(normalizePhone(written), undefined, written)
  }
  t.end()
})
