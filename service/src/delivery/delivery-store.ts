import { type Static, Type } from 'typebox'
import type { Database } from '../database/database.ts'

const closed = { additionalProperties: false }

/** Where the shop delivers to, and for how much. */
export const District = Type.Object(
  {
    slug: Type.String(),
    name: Type.Object({ en: Type.String(), bn: Type.String() }, closed),
    zone: Type.Enum(['inside_dhaka', 'around_dhaka', 'outside_dhaka']),
    feePoisha: Type.Integer({ minimum: 0, description: 'The flat fee of an order, in poisha.' }),
  },
  closed,
)
export type District = Static<typeof District>

type DistrictRow = Omit<District, 'name'> & { nameEn: string; nameBn: string }

/** Every district by its English name. */
export async function listDistricts(database: Database): Promise<District[]> {
  const rows = await database.query(
    (sql) => sql<DistrictRow[]>`
      select d.slug, d.name_en as "nameEn", d.name_bn as "nameBn", d.zone, z.fee_poisha as "feePoisha"
      from districts d join delivery_zones z using (zone)
      order by d.name_en collate "C", d.slug collate "C"`,
  )
  return rows.map(({ slug, nameEn, nameBn, zone, feePoisha }) => ({
    slug,
    name: { en: nameEn, bn: nameBn },
    zone,
    feePoisha,
  }))
}
