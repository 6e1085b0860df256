import { Type } from 'typebox'
import { list, text, whole } from '../rows.ts'

const time = Type.String({
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$',
  wanted: 'a time in Asia/Dhaka, such as 2027-03-15T20:00',
})

/** The shop itself. */
export const shopSettings = {
  shopImage: text(
    {
      part: 'later: shop',
      default: '',
      description: 'The image of the shop, by digest; empty deploys no shop.',
      wanted: 'registry/name@sha256:<64 hexadecimal digits>',
    },
    { maxLength: 512 },
  ),
  shopMinReplicas: whole({ part: 'later: shop', default: 3, description: 'The fewest pods of the shop.' }, 1, 500),
  shopMaxReplicas: whole(
    { part: 'later: shop', default: 10, description: 'The most pods of the shop outside a sale.' },
    1,
    500,
  ),
  saleWindows: list(
    {
      part: 'later: shop',
      default: [],
      description: 'Sales for which capacity stands ready before the crowd comes.',
      wanted: 'a list of {name, start, end, expectedVisitors}, times in Asia/Dhaka, such as 2027-03-15T20:00',
    },
    Type.Object(
      {
        name: Type.String({ pattern: '^[a-z0-9-]{1,40}$', wanted: 'lower-case letters, digits and -' }),
        start: time,
        end: time,
        expectedVisitors: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
      },
      { additionalProperties: false },
    ),
    { maxItems: 20 },
  ),
}
