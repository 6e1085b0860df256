import { type ErrorCode, type ErrorExtras, ShopError } from '../errors.ts'

/** What the rules of the catalogue's tables, by the names of their constraints, are to whoever broke them. */
const rules: Record<string, { code: ErrorCode } & ErrorExtras> = {
  product_slug_unique: { code: 'already_exists', field: 'slug' },
  product_slug_shape: { code: 'invalid_request', field: 'slug' },
  product_name_length: {
    code: 'invalid_request',
    field: 'name',
    message: 'name must have 1 to 120 characters in each language.',
  },
  product_description_length: {
    code: 'invalid_request',
    field: 'description',
    message: 'description must have at most 1000 characters in each language.',
  },
  product_images_bounded: { code: 'invalid_request', field: 'imageUrls' },
  variant_sku_unique: { code: 'already_exists', field: 'sku' },
  variant_sku_shape: { code: 'invalid_request', field: 'sku' },
  variant_named_in_both_languages: { code: 'invalid_request', field: 'name' },
  variant_price_in_range: { code: 'invalid_request', field: 'pricePoisha' },
  variant_sale_below_price: {
    code: 'invalid_request',
    field: 'salePricePoisha',
    message: 'salePricePoisha must be at least 100 and below pricePoisha; null ends the sale.',
  },
  variant_order_limit_in_range: { code: 'invalid_request', field: 'maxPerOrder' },
  stock_not_oversold: {
    code: 'stock_conflict',
    field: 'delta',
    message: 'The adjustment would leave less on hand than is reserved.',
  },
  stock_in_range: { code: 'stock_conflict', field: 'delta', message: 'No shelf holds more than 10,000,000 units.' },
}

/** Runs a change of the catalogue; a rule of the database that it breaks becomes the error that names the field. */
export async function underRules<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change()
  } catch (error) {
    const name = error instanceof Error && 'constraint_name' in error ? String(error.constraint_name) : ''
    const rule = rules[name]
    if (!rule) throw error
    const { code, ...extras } = rule
    throw new ShopError(code, { ...extras, cause: error })
  }
}
