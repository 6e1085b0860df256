import { Type } from 'typebox'
import { After } from '../http/cursor.ts'

/** The query parameters of every list for staff. */
export const paging = {
  limit: Type.Integer({ minimum: 1, maximum: 50, default: 20 }),
  after: Type.Optional(After),
}
