import { type Static, Type } from 'typebox'
import { storableText } from '../http/storable-text.ts'
import { closed, highestPoisha, InBothLanguages, orNull, Poisha, Sku, Slug } from './catalogue-schemas.ts'

/** A line of text: not empty, nothing invisible at its start, no control characters, no half of a character. */
function line(minLength: number, maxLength: number) {
  const pattern = '^[^\\s\\u0000-\\u001f\\u007f\\ud800-\\udfff][^\\u0000-\\u001f\\u007f\\ud800-\\udfff]*$'
  return Type.String({ minLength, maxLength, pattern })
}

const Paragraph = Type.String({ maxLength: 1000, pattern: storableText })
const Price = Type.Integer({ minimum: 100, maximum: highestPoisha, description: 'In poisha, VAT included.' })

export const Name = Type.Object({ en: line(1, 120), bn: line(1, 120) }, closed)
export const Reason = line(3, 200)
export const Version = Type.Integer({
  minimum: 1,
  maximum: 2_147_483_647,
  description: 'The version that was read: what somebody else has changed since is not changed.',
})

/** What a product may be given. Its slug stays: it is in people's bookmarks. */
export const productFields = {
  category: Slug,
  name: Name,
  description: Type.Object({ en: Paragraph, bn: Paragraph }, closed),
  imageUrls: Type.Array(
    Type.String({
      maxLength: 500,
      pattern: '^(https:/)?/[A-Za-z0-9][A-Za-z0-9._~/%?&=+-]*$',
      description: 'https, or a path on our own origin.',
    }),
    { maxItems: 10, uniqueItems: true },
  ),
  active: Type.Boolean(),
}

/** What a variant may be given. */
export const variantFields = {
  name: orNull(Name),
  pricePoisha: Price,
  salePricePoisha: orNull(Price),
  maxPerOrder: Type.Integer({ minimum: 1, maximum: 10 }),
  active: Type.Boolean(),
}

const units = {
  onHand: Type.Integer({ minimum: 0, description: 'Units on the shelf.' }),
  reserved: Type.Integer({ minimum: 0, description: 'Those of them that unpaid orders hold.' }),
  free: Type.Integer({ minimum: 0, description: 'Those of them that can be sold.' }),
}

/** The stock of one SKU, in numbers: for staff only. */
export const StockLevel = Type.Object({ sku: Sku, ...units }, closed)
export type StockLevel = Static<typeof StockLevel>

const Time = Type.String({ format: 'date-time' })

export const VariantRecord = Type.Object(
  {
    sku: Sku,
    name: orNull(InBothLanguages),
    pricePoisha: Poisha,
    salePricePoisha: orNull(Poisha),
    maxPerOrder: Type.Integer(),
    active: Type.Boolean(),
    version: Type.Integer(),
    ...units,
  },
  closed,
)
export type VariantRecord = Static<typeof VariantRecord>

/** A product as staff see it, for sale or not. */
export const ProductRecord = Type.Object(
  {
    slug: Slug,
    category: Slug,
    name: InBothLanguages,
    description: InBothLanguages,
    imageUrls: Type.Array(Type.String()),
    active: Type.Boolean(),
    version: Type.Integer(),
    createdAt: Time,
    updatedAt: Time,
    variants: Type.Array(VariantRecord),
  },
  closed,
)
export type ProductRecord = Static<typeof ProductRecord>

/** A line in the staff's list of products. */
export const ProductLine = Type.Object(
  {
    slug: Slug,
    category: Slug,
    name: InBothLanguages,
    active: Type.Boolean(),
    version: Type.Integer(),
    updatedAt: Time,
    variants: Type.Integer({ minimum: 0 }),
    ...units,
  },
  closed,
)
export type ProductLine = Static<typeof ProductLine>

/** A line in the staff's list of stock. */
export const StockLine = Type.Object(
  {
    sku: Sku,
    product: Slug,
    name: InBothLanguages,
    variant: orNull(InBothLanguages),
    active: Type.Boolean({ description: 'Whether it is for sale.' }),
    ...units,
    updatedAt: Time,
  },
  closed,
)
export type StockLine = Static<typeof StockLine>
