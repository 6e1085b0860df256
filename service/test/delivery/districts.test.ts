import { test } from 'tap'
import type { District } from '../../src/delivery/delivery-store.ts'
import { useShop } from '../harness/shop.ts'

test('the 64 districts with their zones and fees, by English name', async (t) => {
  const { app } = await useShop(t)
  const { districts }: { districts: District[] } = (await app.inject('/api/delivery/districts')).json()
  t.equal(districts.length, 64)
  t.equal(new Set(districts.map(({ slug }) => slug)).size, 64)
  const names = districts.map(({ name }) => name.en)
  t.same(names, [...names].sort())
  const bySlug = new Map(districts.map((district) => [district.slug, district]))
  t.same(bySlug.get('dhaka'), {
    slug: 'dhaka',
    name: { en: 'Dhaka', bn: 'ঢাকা' },
    zone: 'inside_dhaka',
    feePoisha: 60_00,
  })
  t.match(bySlug.get('gazipur'), { zone: 'around_dhaka', feePoisha: 100_00 })
  t.match(bySlug.get('sylhet'), { zone: 'outside_dhaka', feePoisha: 120_00 })
})
