import type { FastifyRequest } from 'fastify'
import type { Actor } from '../audit/audit-store.ts'
import { ShopError } from '../errors.ts'
import type { Shop } from '../shop.ts'
import { provesId } from '../tokens/signed-id.ts'
import { readOrderOf, type StoredOrder } from './order-reads-store.ts'

/**
 * The order that whoever asks placed: with an account, or as a guest who shows the order's token.
 * @throws not_found, also for an order of somebody else: nobody learns which ids exist.
 */
export async function readHeldOrder(
  { database, keys }: Pick<Shop, 'database' | 'keys'>,
  request: FastifyRequest,
  id: string,
): Promise<StoredOrder> {
  const token = request.headers['x-order-token']
  const proven = typeof token === 'string' && provesId(keys, 'order-token', id, token)
  const accountId = request.account?.id ?? null
  const order = accountId || proven ? await readOrderOf(database, id, { accountId, proven }) : undefined
  if (!order) throw new ShopError('not_found')
  return order
}

/** Whoever asks, in the part of the shopper: staff who buy are shoppers too. */
export function shopperOf(request: FastifyRequest): Actor {
  return request.account ? { id: request.account.id, role: 'shopper' } : { id: null, role: 'guest' }
}
