import { type Static, type TSchema, Type } from 'typebox'
import { orderStatuses } from './order-moves.ts'

const closed = { additionalProperties: false }

function orNull<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

const Poisha = Type.Integer({ minimum: 0, description: 'In poisha; 100 poisha are 1 taka.' })
const Time = Type.String({ format: 'date-time' })
const InBothLanguages = Type.Object({ en: Type.String(), bn: Type.String() }, closed)

export const OrderId = Type.String({ format: 'uuid' })
export const OrderStatusName = Type.Enum([...orderStatuses])

/** How an order may be paid. Everything but cash is a provider's, and awaits the payment with its stock reserved. */
export const paymentMethods = ['cash_on_delivery', 'local'] as const
export const PaymentMethod = Type.Enum([...paymentMethods])
export type PaymentMethod = (typeof paymentMethods)[number]

export const OrderLine = Type.Object(
  {
    sku: Type.String(),
    productSlug: Type.String(),
    name: InBothLanguages,
    variant: orNull(InBothLanguages),
    quantity: Type.Integer({ minimum: 1 }),
    unitPricePoisha: Poisha,
    linePoisha: Poisha,
  },
  closed,
)

export const OrderDelivery = Type.Object(
  {
    name: Type.String(),
    phone: Type.String(),
    addressLine: Type.String(),
    district: Type.String(),
    zone: Type.String(),
  },
  closed,
)

const receipt = {
  id: OrderId,
  number: Type.String({ description: 'Nine digits that a person can read out.' }),
  status: OrderStatusName,
  paymentMethod: PaymentMethod,
  placedAt: Time,
  expiresAt: orNull(Time),
  lines: Type.Array(OrderLine),
  subtotalPoisha: Poisha,
  shippingPoisha: Poisha,
  totalPoisha: Poisha,
  currency: Type.Literal('BDT'),
  delivery: OrderDelivery,
}

/** What a checkout answers, and what every reading of an order begins with. */
export const Receipt = Type.Object(receipt, closed)
export type Receipt = Static<typeof Receipt>

const paid = {
  paidPoisha: Poisha,
  refundedPoisha: Poisha,
  updatedAt: Time,
}

/** An order as its shopper sees it. */
export const Order = Type.Object(
  {
    ...receipt,
    ...paid,
    cancellable: Type.Boolean({ description: 'Whether its shopper may still cancel it.' }),
    events: Type.Array(Type.Object({ status: OrderStatusName, at: Time, by: Type.Enum(['shopper', 'shop']) }, closed), {
      description: 'What became of it, oldest first.',
    }),
  },
  closed,
)
export type Order = Static<typeof Order>

/** An order as the shop's staff see it. */
export const AdminOrder = Type.Object(
  {
    ...receipt,
    ...paid,
    accountId: orNull(Type.String({ format: 'uuid' })),
    stockHeld: Type.Enum(['none', 'reserved', 'taken']),
    moves: Type.Array(OrderStatusName, { description: 'Where the asking account may take it from here.' }),
    events: Type.Array(
      Type.Object(
        {
          from: orNull(OrderStatusName),
          to: OrderStatusName,
          at: Time,
          actorId: orNull(Type.String({ format: 'uuid' })),
          actorRole: Type.String(),
          note: orNull(Type.String()),
        },
        closed,
      ),
    ),
    payments: Type.Array(
      Type.Object(
        {
          id: Type.String({ format: 'uuid' }),
          provider: Type.String(),
          reference: Type.String(),
          amountPoisha: Poisha,
          currency: Type.String(),
          status: Type.Enum(['pending', 'settled', 'mismatched', 'refund_due', 'refunded']),
          createdAt: Time,
          updatedAt: Time,
        },
        closed,
      ),
    ),
  },
  closed,
)
export type AdminOrder = Static<typeof AdminOrder>

export const OrderSummary = Type.Object(
  {
    id: OrderId,
    number: receipt.number,
    status: OrderStatusName,
    paymentMethod: PaymentMethod,
    placedAt: Time,
    totalPoisha: Poisha,
    currency: receipt.currency,
    units: Type.Integer({ minimum: 1, description: 'How many pieces are in it.' }),
  },
  closed,
)
export type OrderSummary = Static<typeof OrderSummary>

export const OrderPage = Type.Object(
  {
    items: Type.Array(OrderSummary),
    next: orNull(Type.String({ description: 'Give it as `after` to read on; null: that was the last page.' })),
  },
  closed,
)
export type OrderPage = Static<typeof OrderPage>

/** The query of a list of orders. */
export const paging = {
  limit: Type.Integer({ minimum: 1, maximum: 50, default: 20 }),
  after: Type.Optional(Type.String({ format: 'uuid', description: '`next` of the page before.' })),
}

export const OrderPath = Type.Object({ id: OrderId }, closed)

/** A guest's proof, beside which other headers may stand. */
export const OrderHeaders = Type.Object({
  'x-order-token': Type.Optional(Type.String({ maxLength: 200, description: "The token of a guest's order." })),
})

/** The details of `order_state`: where the order is, and where whoever asked may take it from there. */
export const MoveConflict = Type.Object({ status: OrderStatusName, moves: Type.Array(OrderStatusName) }, closed)
