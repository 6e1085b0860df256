import type { Role } from '../accounts/role.ts'
import type { Payment } from '../payments/payments-store.ts'
import { isPaid } from './move-order.ts'
import { movesFrom, type OrderStatus } from './order-moves.ts'
import type { StoredOrder } from './order-reads-store.ts'
import type { AdminOrder, Order } from './order-schemas.ts'

const cancelled: OrderStatus[] = ['cancelled', 'refund_due']

/** An order as its shopper sees it: without the names and words of the shop's people. */
export function toOrder({ accountId: _, stockHeld: __, events, ...order }: StoredOrder): Order {
  return {
    ...order,
    cancellable: movesFrom(order.status, 'shopper', isPaid(order)).some(({ to }) => cancelled.includes(to)),
    events: events.map(({ to, at, actorRole }) => ({
      status: to,
      at,
      by: actorRole === 'guest' || actorRole === 'shopper' ? 'shopper' : 'shop',
    })),
  }
}

/** An order as the shop's people see it, and what this one of them may do with it. */
export function toAdminOrder(order: StoredOrder, role: Role, payments: Payment[]): AdminOrder {
  return {
    ...order,
    moves: movesFrom(order.status, role, isPaid(order)).map(({ to }) => to),
    payments: payments.map(({ orderId: _, ...payment }) => payment),
  }
}
