import { type Static, Type } from 'typebox'

const closed = { additionalProperties: false }

/** How many different SKUs a cart may hold: more than anybody buys, few enough that a checkout stays short. */
export const maxCartLines = 50

const Poisha = Type.Integer({ minimum: 0, description: 'In poisha; 100 poisha are 1 taka.' })
const InBothLanguages = Type.Object({ en: Type.String(), bn: Type.String() }, closed)

export const Sku = Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Z0-9-]+$' })
export const SkuPath = Type.Object({ sku: Sku }, closed)
export const Quantity = Type.Integer({ minimum: 1, maximum: 10 })

export const Availability = Type.Enum(['in_stock', 'low', 'out'], {
  description:
    '`out`: the stock does not cover this quantity now, or it is not for sale any more. Only a checkout decides.',
})

export const CartLine = Type.Object(
  {
    sku: Sku,
    productSlug: Type.String(),
    name: InBothLanguages,
    variant: Type.Union([InBothLanguages, Type.Null()]),
    quantity: Quantity,
    maxPerOrder: Quantity,
    unitPricePoisha: Poisha,
    linePoisha: Poisha,
    availability: Availability,
  },
  closed,
)

export const Cart = Type.Object(
  {
    version: Type.Integer({
      minimum: 0,
      description: 'Rises with every change; a checkout names it. 0: there is no cart yet.',
    }),
    lines: Type.Array(CartLine),
    itemCount: Type.Integer({ minimum: 0, description: 'Pieces in all lines.' }),
    subtotalPoisha: Poisha,
    cartToken: Type.Optional(
      Type.String({
        description:
          'Of a guest cart, also in the header X-Cart-Token: send it with every request. Keep the latest one that an answer brings.',
      }),
    ),
  },
  closed,
)
export type Cart = Static<typeof Cart>

/** What is above the limit of one order. */
export const SkuLimits = Type.Object(
  { limits: Type.Array(Type.Object({ sku: Sku, maxPerOrder: Quantity }, closed), { minItems: 1 }) },
  closed,
)
export const LineLimit = Type.Object({ maxLines: Type.Integer() }, closed)

/** The headers of a request about a cart, beside which others may stand. */
export const cartHeaders = {
  'x-cart-token': Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'The token of a guest cart; not needed by an account.' }),
  ),
}
export const CartHeaders = Type.Object(cartHeaders)

/** Who may ask about a cart, for the API document: an account, a guest with a cart, a guest without one. */
export const cartSecurity: { [scheme: string]: string[] }[] = [{ account: [] }, { cart: [] }, {}]
