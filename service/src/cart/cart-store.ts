import type { Database } from '../database/database.ts'
import type { CartOwner } from './cart-owner.ts'
import { maxCartLines } from './cart-schemas.ts'

export interface StoredLine {
  sku: string
  productSlug: string
  name: { en: string; bn: string }
  variant: { en: string; bn: string } | null
  quantity: number
  maxPerOrder: number
  unitPricePoisha: number
  linePoisha: number
  /** Units that the stock has and nobody has reserved; null: not for sale any more. */
  free: number | null
}

export interface StoredCart {
  id: string
  version: number
  lines: StoredLine[]
}

/** What became of a wish to change a cart; refusals have changed nothing. */
export type CartDecision =
  | { decision: 'changed'; cart: StoredCart }
  | { decision: 'not_found' }
  | { decision: 'sku_limit' | 'line_limit'; maximum: number }

/** The cart as it is; undefined when there is none. */
export async function readCart(database: Database, { accountId, cartId }: CartOwner): Promise<StoredCart | undefined> {
  const [row] = await database.query(
    (sql) =>
      sql<
        { cart: StoredCart }[]
      >`select cart from cart_read_v1(${accountId}, ${cartId}) as cart where cart is not null`,
  )
  return row?.cart
}

/** Adds to a line, or begins it; makes the cart if there is none. One round trip, which commits by itself. */
export function addItem(database: Database, owner: CartOwner, sku: string, quantity: number): Promise<CartDecision> {
  const { accountId, cartId } = owner
  return decide(
    database.query(
      (sql) =>
        sql<
          Decided[]
        >`select cart_add_item_v1(${accountId}, ${cartId}, ${sku}, ${quantity}, ${maxCartLines}) as decided`,
    ),
  )
}

/** Sets the quantity of a line that is there; 0 takes it out. */
export function setItem(database: Database, owner: CartOwner, sku: string, quantity: number): Promise<CartDecision> {
  const { accountId, cartId } = owner
  return decide(
    database.query(
      (sql) => sql<Decided[]>`select cart_set_item_v1(${accountId}, ${cartId}, ${sku}, ${quantity}) as decided`,
    ),
  )
}

/** Takes every line out; `not_found` when there is no cart. */
export function clearCart(database: Database, { accountId, cartId }: CartOwner): Promise<CartDecision> {
  return decide(database.query((sql) => sql<Decided[]>`select cart_clear_v1(${accountId}, ${cartId}) as decided`))
}

/**
 * Merges a guest cart into the account's, by the larger quantity of each SKU within its limit. Beyond 50 lines the guest's
 * oldest are left behind.
 * @returns false when that is no active guest cart with anything in it; then nothing has changed.
 */
export async function mergeCarts(database: Database, accountId: string, guestCartId: string): Promise<boolean> {
  const [row] = await database.query(
    (sql) => sql<{ merged: boolean }[]>`select cart_merge_v1(${accountId}, ${guestCartId}, ${maxCartLines}) as merged`,
  )
  return row?.merged === true
}

interface Decided {
  decided: CartDecision
}

async function decide(answer: Promise<Decided[]>): Promise<CartDecision> {
  const [row] = await answer
  if (!row) throw new Error('A function of the cart answered with no row.')
  return row.decided
}

/** Deletes guest carts that nobody touched for 30 days: at most `limit`. The number deleted. An ordered cart belongs to its order. */
export async function pruneGuestCarts(database: Pick<Database, 'query'>, limit: number): Promise<number> {
  const { count } = await database.query(
    (sql) => sql`
      with old as materialized (
        select id from carts c
        where account_id is null and status <> 'ordered' and updated_at < now() - interval '30 days'
          and not exists (select from orders o where o.cart_id = c.id)
        order by updated_at limit ${limit} for update skip locked)
      delete from carts using old where carts.id = old.id`,
  )
  return count
}
