import { type Static, Type } from 'typebox'
import { cartHeaders, SkuLimits } from '../cart/cart-schemas.ts'
import { DeliveryRequest } from '../delivery/recipient.ts'
import { OrderLine, type PaymentMethod, Receipt } from '../orders/order-schemas.ts'

const closed = { additionalProperties: false }

// The largest that the database's integer takes.
const maxVersion = 2_147_483_647

/** The body of a checkout in a shop that offers these ways to pay. */
export function checkoutRequest(methods: PaymentMethod[]) {
  return Type.Object(
    {
      cartVersion: Type.Integer({
        minimum: 0,
        maximum: maxVersion,
        description: 'The version of the cart that the shopper saw.',
      }),
      expectedTotalPoisha: Type.Integer({
        minimum: 0,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'The total, delivery included, that the shopper saw. It is compared, never charged.',
      }),
      paymentMethod: Type.Enum(methods),
      delivery: DeliveryRequest,
    },
    closed,
  )
}

export const CheckoutHeaders = Type.Object({
  ...cartHeaders,
  'idempotency-key': Type.String({
    description:
      'Made by the client for each order it wants, for example a UUID; the same for every retry of it. Remembered for 24 hours once the order is placed; a refused attempt may be made again with the same key. 1 to 255 visible ASCII characters, bare or as a quoted string.',
  }),
})

/** What a checkout answers. */
export const CheckoutReceipt = Type.Object(
  {
    ...Receipt.properties,
    orderToken: Type.Optional(
      Type.String({ description: 'For guests: what they read their order by, as X-Order-Token.' }),
    ),
  },
  closed,
)
export type CheckoutReceipt = Static<typeof CheckoutReceipt>

const CartVersion = Type.Object({ cartVersion: Type.Integer() }, closed)
const SoldOut = Type.Object({ skus: Type.Array(Type.String(), { minItems: 1 }) }, closed)
const PriceChange = Type.Object(
  {
    lines: Type.Array(OrderLine, { description: 'At the prices of now.' }),
    subtotalPoisha: Type.Integer(),
    shippingPoisha: Type.Integer(),
    totalPoisha: Type.Integer(),
  },
  closed,
)

/** The details of the refusals, all of them 409. */
export const RefusalDetails = Type.Union([CartVersion, SkuLimits, SoldOut, PriceChange])
