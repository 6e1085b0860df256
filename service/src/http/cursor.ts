import { type Static, type TSchema, Type } from 'typebox'
import { Check } from 'typebox/value'
import { ShopError } from '../errors.ts'

/** Where a page of a list begins, as a query parameter. */
export const After = Type.String({ minLength: 1, maxLength: 1000, description: '`next` of the page before.' })

/** Where the next page begins, as part of an answer. */
export const Next = Type.Union([Type.String(), Type.Null()], {
  description: 'Give it as `after` to read on; null: that was the last page.',
})

/**
 * The place in a list after which the next page begins: the values that the list is sorted by, of the last thing on the page. `order`
 * names the sort, so that a place in one is not taken for a place in another. The text is nobody's to read but ours.
 */
export function encodeCursor(order: string, place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify([order, ...place])).toString('base64url')
}

/** @throws invalid_request, naming `after`, when the text is not a place in that order. */
export function decodeCursor<T extends TSchema>(text: string, order: string, schema: T): Static<T> {
  const [found, ...place] = parse(text)
  // What does not come back as it was had something in it that base64 overlooks.
  if (found !== order || !Check(schema, place) || encodeCursor(order, place) !== text) {
    throw new ShopError('invalid_request', {
      field: 'after',
      message: 'after is not the `next` of a page in this order.',
    })
  }
  return place
}

function parse(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return []
  }
}
