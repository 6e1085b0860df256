/** Every state an order can be in; the constraint order_status_known knows the same. */
export const orderStatuses = [
  'awaiting_payment',
  'expired',
  'placed',
  'confirmed',
  'packed',
  'shipped',
  'delivered',
  'delivery_failed',
  'returned',
  'cancelled',
  'refund_due',
  'refunded',
] as const

export type OrderStatus = (typeof orderStatuses)[number]

/** Who moves an order. A guest moves as a shopper; `system` is the shop itself, when a payment or a deadline arrives. */
export type Mover = 'shopper' | 'staff' | 'admin' | 'system'

export interface OrderMove {
  from: OrderStatus
  to: OrderStatus
  who: readonly Mover[]
  /**
   * `release`: what the order holds goes back to the shelf. It then holds none, so that no second move gives it back again.
   * `take`: what was reserved leaves the shelf; an order that holds none takes it anew, and may not move if the stock is short.
   */
  stock: 'none' | 'release' | 'take'
  /** `collect`: a provider has taken the total. `collect_cash`: the courier has, if it is paid on delivery. `return`: it went back. */
  money: 'none' | 'collect' | 'collect_cash' | 'return'
  /** Whether the shop must, or must not, hold money of the shopper for this move. */
  onlyIf?: 'paid' | 'unpaid'
}

const system = ['system'] as const
const staff = ['staff', 'admin'] as const
const anybody = ['shopper', 'staff', 'admin'] as const
// Money that leaves is seen by a second pair of eyes: staff say that it is due, an admin that it went.
const admin = ['admin'] as const

/*
 *  awaiting_payment ──▶ placed ──▶ confirmed ──▶ packed ──▶ shipped ──▶ delivered ──▶ returned
 *     │        │                                             │   ▲                       ▲  │
 *     ▼        ▼          (each but shipped and delivered)   ▼   │                       │  ▼
 *  expired  cancelled ◀── unpaid ─┴─ paid ──▶ refund_due   delivery_failed ──────────────┘  refund_due ──▶ refunded
 *
 *  A payment that comes after the expiry places the order after all, if the stock still covers it; otherwise, or after a
 *  cancellation, the money is due back: nobody who cancelled is sent a parcel.
 */
export const orderMoves: readonly OrderMove[] = [
  { from: 'awaiting_payment', to: 'placed', who: system, stock: 'take', money: 'collect' },
  { from: 'awaiting_payment', to: 'expired', who: system, stock: 'release', money: 'none' },
  { from: 'awaiting_payment', to: 'cancelled', who: anybody, stock: 'release', money: 'none', onlyIf: 'unpaid' },

  { from: 'expired', to: 'placed', who: system, stock: 'take', money: 'collect' },
  { from: 'expired', to: 'refund_due', who: system, stock: 'none', money: 'collect' },
  { from: 'cancelled', to: 'refund_due', who: system, stock: 'none', money: 'collect' },

  { from: 'placed', to: 'confirmed', who: staff, stock: 'none', money: 'none' },
  { from: 'placed', to: 'cancelled', who: anybody, stock: 'release', money: 'none', onlyIf: 'unpaid' },
  { from: 'placed', to: 'refund_due', who: anybody, stock: 'release', money: 'none', onlyIf: 'paid' },

  { from: 'confirmed', to: 'packed', who: staff, stock: 'none', money: 'none' },
  { from: 'confirmed', to: 'cancelled', who: anybody, stock: 'release', money: 'none', onlyIf: 'unpaid' },
  { from: 'confirmed', to: 'refund_due', who: anybody, stock: 'release', money: 'none', onlyIf: 'paid' },

  { from: 'packed', to: 'shipped', who: staff, stock: 'none', money: 'none' },
  { from: 'packed', to: 'cancelled', who: staff, stock: 'release', money: 'none', onlyIf: 'unpaid' },
  { from: 'packed', to: 'refund_due', who: staff, stock: 'release', money: 'none', onlyIf: 'paid' },

  { from: 'shipped', to: 'delivered', who: staff, stock: 'none', money: 'collect_cash' },
  { from: 'shipped', to: 'delivery_failed', who: staff, stock: 'none', money: 'none' },
  { from: 'delivery_failed', to: 'shipped', who: staff, stock: 'none', money: 'none' },
  { from: 'delivery_failed', to: 'returned', who: staff, stock: 'release', money: 'none' },

  { from: 'delivered', to: 'returned', who: staff, stock: 'release', money: 'none' },
  { from: 'returned', to: 'refund_due', who: staff, stock: 'none', money: 'none', onlyIf: 'paid' },
  { from: 'refund_due', to: 'refunded', who: admin, stock: 'none', money: 'return', onlyIf: 'paid' },
]

/** The move between two states, whoever makes it; undefined when there is none. */
export function findMove(from: OrderStatus, to: OrderStatus): OrderMove | undefined {
  return orderMoves.find((move) => move.from === from && move.to === to)
}

/** Where somebody may take an order that is in a state, and for which the shop does or does not hold money. */
export function movesFrom(from: OrderStatus, mover: Mover, paid: boolean): OrderMove[] {
  return orderMoves.filter(
    (move) =>
      move.from === from &&
      move.who.includes(mover) &&
      (move.onlyIf === undefined || (move.onlyIf === 'paid') === paid),
  )
}
