import type { JSONValue, TransactionSql } from 'postgres'
import { type Actor, writeAudit } from '../audit/audit-store.ts'
import type { Database } from '../database/database.ts'
import { ShopError } from '../errors.ts'
import { writeEvents } from '../outbox/outbox-store.ts'
import { markOrderRefunded } from '../payments/payments-store.ts'
import { findMove, type Mover, movesFrom, type OrderMove, type OrderStatus } from './order-moves.ts'
import { lockStock, releaseStock, type StockedLine, takeStock } from './order-stock-store.ts'
import { type LockedOrder, lockOrder, writeMove, writeOrderEvents } from './orders-store.ts'

export interface MoveContext {
  actor: Actor
  /** Why, in a person's words: for the history and the audit trail. */
  reason?: string
  requestId?: string
}

export interface MoveRequest extends MoveContext {
  orderId: string
  to: OrderStatus
}

/**
 * Moves an order to another state, with all that belongs to it, in one transaction.
 * @returns the order as it is now.
 * @throws not_found; order_state when the table has no such move for this actor from the state that the order is in; forbidden
 *   when it has, but only for an admin.
 */
export function moveOrder(database: Database, { orderId, to, ...context }: MoveRequest): Promise<LockedOrder> {
  return database.transaction(async (sql) => {
    const order = await lockOrder(sql, orderId)
    if (!order) throw new ShopError('not_found')
    const move = allowedMove(order, to, context.actor)
    return applyMove(sql, order, move, context)
  })
}

/** The same for whoever wants the order cancelled: with money taken, that is `refund_due`. */
export function cancelOrder(
  database: Database,
  { orderId, ...context }: Omit<MoveRequest, 'to'>,
): Promise<LockedOrder> {
  return database.transaction(async (sql) => {
    const order = await lockOrder(sql, orderId)
    if (!order) throw new ShopError('not_found')
    const move = allowedMove(order, isPaid(order) ? 'refund_due' : 'cancelled', context.actor)
    return applyMove(sql, order, move, context)
  })
}

/** Whether the shop holds money for an order. */
export function isPaid(order: Pick<LockedOrder, 'paidPoisha' | 'refundedPoisha'>): boolean {
  return order.paidPoisha > order.refundedPoisha
}

/** What somebody is in the table of moves. */
export function moverOf(actor: Actor): Mover {
  if (actor.role === 'guest') return 'shopper'
  return actor.role === 'operator' ? 'system' : actor.role
}

/** Makes a move that was found in the table, within the transaction that holds the lock of the order. */
export async function applyMove(
  sql: TransactionSql,
  order: LockedOrder,
  move: OrderMove,
  context: MoveContext,
): Promise<LockedOrder> {
  const [moved] = await applyMoves(sql, [order], move, context)
  if (!moved) throw new Error(`The order ${order.id} was locked and is gone.`)
  return moved
}

/** Makes the same move with several locked orders at once, so that each SKU they share is written once. */
export async function applyMoves(
  sql: TransactionSql,
  orders: LockedOrder[],
  move: OrderMove,
  context: MoveContext,
): Promise<LockedOrder[]> {
  const ids = orders.map(({ id }) => id)
  const lines = await changeStock(sql, ids, move)
  const moved = await writeMove(sql, ids, move)
  if (move.money === 'return') await markOrderRefunded(sql, ids)
  await writeOrderEvents(sql, ids, { from: move.from, to: move.to, actor: context.actor, note: context.reason })
  await writeAudit(
    sql,
    moved.map((after) => {
      const before = orders.find(({ id }) => id === after.id)
      return {
        actor: context.actor,
        action: `order.${move.to}`,
        subject: `order:${after.id}`,
        before: auditable(before),
        after: { ...auditable(after), ...auditableStock(before, lines) },
        reason: context.reason,
        requestId: context.requestId,
      }
    }),
  )
  await writeEvents(sql, moved.map(describeMove))
  return moved
}

async function changeStock(sql: TransactionSql, orderIds: string[], move: OrderMove): Promise<StockedLine[]> {
  if (move.stock === 'none') return []
  const lines = await lockStock(sql, orderIds)
  await (move.stock === 'release' ? releaseStock(sql, orderIds) : takeStock(sql, orderIds))
  return lines
}

function allowedMove(order: LockedOrder, to: OrderStatus, actor: Actor): OrderMove {
  const mover = moverOf(actor)
  const allowed = movesFrom(order.status, mover, isPaid(order))
  const move = allowed.find((each) => each.to === to)
  if (move) return move
  const who = findMove(order.status, to)?.who ?? []
  if (mover === 'staff' && who.includes('admin') && !who.includes('staff')) throw new ShopError('forbidden')
  throw orderState(order.status, allowed)
}

/** The error that names the state an order is in, and where it may go from there. */
export function orderState(status: OrderStatus, allowed: OrderMove[] = []): ShopError {
  return new ShopError('order_state', {
    message: `The order is ${status.replaceAll('_', ' ')}, which does not allow this.`,
    details: { status, moves: allowed.map(({ to }) => to) },
  })
}

function auditable(order: LockedOrder | undefined): Record<string, JSONValue> {
  if (!order) return {}
  const { status, stockHeld, paidPoisha, refundedPoisha } = order
  return { status, stockHeld, paidPoisha, refundedPoisha }
}

/** The goods that a move released or took: those of the order, which either moved all together or not at all. */
function auditableStock(before: LockedOrder | undefined, lines: StockedLine[]): Record<string, JSONValue> {
  const own = lines.filter(({ orderId }) => orderId === before?.id)
  return own.length === 0 ? {} : { goods: own.map(({ sku, quantity }) => ({ sku, quantity })) }
}

function describeMove(order: LockedOrder) {
  const { id, number, status, paymentMethod, totalPoisha, paidPoisha, refundedPoisha } = order
  return {
    topic: `order.${status}`,
    payload: { orderId: id, number, status, paymentMethod, totalPoisha, paidPoisha, refundedPoisha },
  }
}
