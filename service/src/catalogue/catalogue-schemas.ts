import { type Static, type TSchema, Type } from 'typebox'
import { storableText } from '../http/storable-text.ts'

/** Of objects: nothing but what is named. */
export const closed = { additionalProperties: false }

export function orNull<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

export const Slug = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 80 })
export const Sku = Type.String({ pattern: '^[A-Z0-9]+(-[A-Z0-9]+)*$', maxLength: 40 })
export const ProductPath = Type.Object({ slug: Slug }, closed)
export const VariantPath = Type.Object({ sku: Sku }, closed)

/** The highest price there is: the constraint variant_price_in_range knows it too. */
export const highestPoisha = 100_000_000
export const Poisha = Type.Integer({ minimum: 0, description: 'In poisha (100 are 1 taka), VAT included.' })

export const InBothLanguages = Type.Object({ en: Type.String(), bn: Type.String() }, closed)
export type InBothLanguages = Static<typeof InBothLanguages>

/** A state, never a number: answers are cached, and how many there are is the shop's business. */
export const StockState = Type.Enum(['in_stock', 'low', 'out'])
export type StockState = Static<typeof StockState>

/** Words to search for. */
export const SearchWords = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: storableText,
  description: 'Up to five words in Bangla or English; each must occur in a name or a description.',
})

const summary = {
  slug: Slug,
  name: InBothLanguages,
  category: Slug,
  imageUrls: Type.Array(Type.String()),
  price: Type.Object(
    {
      fromPoisha: Type.Integer({ minimum: 0, description: 'What the cheapest variant costs now.' }),
      toPoisha: Type.Integer({ minimum: 0, description: 'What the dearest variant costs now.' }),
      regularPoisha: orNull(
        Type.Integer({ description: 'What the cheapest variant costs when it is not on sale; null: it is not.' }),
      ),
      onSale: Type.Boolean({ description: 'Whether any variant is on sale.' }),
    },
    closed,
  ),
  stock: StockState,
}

/** A product as lists show it. */
export const ProductSummary = Type.Object(summary, closed)
export type ProductSummary = Static<typeof ProductSummary>

/** What can be put in a cart. */
export const Variant = Type.Object(
  {
    sku: Sku,
    name: orNull(InBothLanguages),
    pricePoisha: Poisha,
    salePricePoisha: orNull(Poisha),
    effectivePoisha: Type.Integer({ minimum: 0, description: 'What it costs now.' }),
    maxPerOrder: Type.Integer({ minimum: 1 }),
    stock: StockState,
  },
  closed,
)
export type Variant = Static<typeof Variant>

/** A product with all that its page shows. */
export const Product = Type.Object({ ...summary, description: InBothLanguages, variants: Type.Array(Variant) }, closed)
export type Product = Static<typeof Product>

export const Category = Type.Object(
  { slug: Slug, name: InBothLanguages, products: Type.Integer({ minimum: 0, description: 'How many are for sale.' }) },
  closed,
)
export type Category = Static<typeof Category>
