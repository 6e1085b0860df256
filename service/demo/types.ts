/** A text as the shop shows it in each of its two languages, both NFC-normalised. */
export interface Bilingual {
  en: string
  bn: string
}

/** One thing that can be put in a cart. Amounts are poisha (written `1450_00` for 1,450 taka), VAT included. */
export interface DemoVariant {
  sku: string
  /** What tells it from its siblings (size, colour, weight); null when the product has only one variant. */
  name: Bilingual | null
  pricePoisha: number
  /** Strictly below `pricePoisha`. */
  salePricePoisha?: number
  /** Units on the shelf; 0 is sold out. */
  onHand: number
  /** Units one order may take, 1 to 10; 10 when left out. */
  maxPerOrder?: number
}

/** A page of the catalogue with its variants in the order they are shown. */
export interface DemoProduct {
  slug: string
  name: Bilingual
  description: Bilingual
  images: string[]
  variants: DemoVariant[]
}

/** A shelf of the shop. */
export interface DemoCategory {
  slug: string
  name: Bilingual
  products: DemoProduct[]
}
