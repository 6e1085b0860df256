import { test } from 'tap'
import { demoCatalogue } from '../../demo/catalogue.ts'
import type { Bilingual } from '../../demo/types.ts'

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/
const SKU = /^[A-Z0-9]+(-[A-Z0-9]+)*$/
const BENGALI_LETTER = /(?=\p{Script=Bengali})\p{L}/u
/** The whole Bengali block, so that digits and vowel signs count as well; the danda is shared by Indic scripts. */
const ANY_BENGALI = /[\u0980-\u09ff\u0964\u0965]/
/** What NFC leaves alone but no text of ours needs: zero-width joiners and marks, soft hyphens, no-break spaces. */
const INVISIBLE = /[\u00a0\u00ad\u200b-\u200f\u2060\ufeff]/
const MAX_PRICE_POISHA = 100_000_000

const products = demoCatalogue.flatMap((category) => category.products)
const variants = products.flatMap((product) => product.variants)

interface LabelledText {
  where: string
  text: Bilingual
  maxLength: number
}

const texts: LabelledText[] = [
  ...demoCatalogue.map(({ slug, name }) => ({ where: `category ${slug}`, text: name, maxLength: 120 })),
  ...products.map(({ slug, name }) => ({ where: `name of ${slug}`, text: name, maxLength: 120 })),
  ...products.map(({ slug, description }) => ({ where: `description of ${slug}`, text: description, maxLength: 1000 })),
  ...variants.flatMap(({ sku, name }) => (name ? [{ where: `variant ${sku}`, text: name, maxLength: 120 }] : [])),
]

/** The values that occur more than once. */
function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))]
}

function isWholeNumber(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}

test('the shop is large enough to browse', async (t) => {
  t.ok(demoCatalogue.length >= 10, `${demoCatalogue.length} categories`)
  t.ok(products.length >= 75, `${products.length} products`)
  t.ok(variants.length >= 150, `${variants.length} SKUs`)
  for (const { slug, products } of demoCatalogue) t.ok(products.length > 0, `${slug} has products`)
})

test('slugs and SKUs are well formed and unique', async (t) => {
  const categorySlugs = demoCatalogue.map(({ slug }) => slug)
  const productSlugs = products.map(({ slug }) => slug)
  const skus = variants.map(({ sku }) => sku)
  t.same(repeated(categorySlugs), [], 'category slugs are unique')
  t.same(repeated(productSlugs), [], 'product slugs are unique')
  t.same(repeated(skus), [], 'SKUs are unique over the whole catalogue')
  for (const slug of [...categorySlugs, ...productSlugs]) {
    t.ok(SLUG.test(slug) && slug.length <= 80, `slug ${slug}`)
  }
  for (const sku of skus) t.ok(SKU.test(sku) && sku.length <= 40, `SKU ${sku}`)
})

test('a variant has a name exactly when it has siblings, and no sibling shares it', async (t) => {
  for (const { slug, variants } of products) {
    t.ok(variants.length > 0, `${slug} can be bought`)
    const names = variants.flatMap(({ name }) => (name ? [name] : []))
    t.equal(names.length, variants.length === 1 ? 0 : variants.length, `${slug} names its variants`)
    t.same(repeated(names.map(({ en }) => en)), [], `English variant names of ${slug}`)
    t.same(repeated(names.map(({ bn }) => bn)), [], `Bangla variant names of ${slug}`)
  }
})

test('prices are whole poisha of whole taka, and a sale price is below the price', async (t) => {
  for (const { sku, pricePoisha, salePricePoisha } of variants) {
    t.ok(isWholeNumber(pricePoisha, 1, MAX_PRICE_POISHA), `${sku} costs ${pricePoisha}`)
    t.equal(pricePoisha % 100, 0, `${sku} is priced in taka, as shops here do`)
    if (salePricePoisha === undefined) continue
    t.ok(isWholeNumber(salePricePoisha, 1, pricePoisha - 1), `${sku} is on sale at ${salePricePoisha}`)
    t.equal(salePricePoisha % 100, 0, `${sku} is on sale in taka`)
  }
})

test('stock shows every state that a shopper can meet', async (t) => {
  for (const { sku, onHand, maxPerOrder = 10 } of variants) {
    t.ok(isWholeNumber(onHand, 0, 400), `${sku} has ${onHand}`)
    t.ok(isWholeNumber(maxPerOrder, 1, 10), `${sku} allows ${maxPerOrder} an order`)
  }
  const soldOut = variants.filter(({ onHand }) => onHand === 0)
  t.ok(soldOut.length >= 1 && soldOut.length <= 3, `${soldOut.length} sold out`)
  t.ok(
    products.some(({ variants }) => variants.every(({ onHand }) => onHand === 0)),
    'one product is sold out altogether',
  )
  t.ok(
    products.some(({ variants }) => new Set(variants.map(({ onHand }) => onHand === 0)).size === 2),
    'one product is sold out in one variant only',
  )
  t.ok(
    variants.some(({ onHand }) => onHand >= 1 && onHand <= 5),
    'something is nearly gone',
  )
  const onSale = variants.filter(({ salePricePoisha }) => salePricePoisha !== undefined)
  const share = onSale.length / variants.length
  t.ok(share >= 0.15 && share <= 0.25, `${Math.round(share * 100)} % of the SKUs are on sale`)
})

test('every text is there in both languages, each in its own script, NFC, within its length', async (t) => {
  for (const { where, text, maxLength } of texts) {
    t.match(text.bn, BENGALI_LETTER, `${where}: Bangla is in Bengali letters`)
    t.notMatch(text.bn, /[A-Za-z0-9]/, `${where}: Bangla has neither Latin letters nor Latin digits`)
    t.notMatch(text.en, ANY_BENGALI, `${where}: English has no Bengali`)
    t.match(text.en, /[A-Za-z]/, `${where}: English has letters`)
    for (const value of [text.en, text.bn]) {
      t.equal(value, value.normalize('NFC'), `${where}: NFC`)
      t.notMatch(value, INVISIBLE, `${where}: nothing invisible`)
      t.equal(value, value.trim().replace(/\s+/g, ' '), `${where}: single spaces, none at the ends`)
      t.ok(value.length <= maxLength, `${where}: ${value.length} of ${maxLength} characters`)
    }
  }
})

test('no name and no description is a variation of another', async (t) => {
  for (const language of ['en', 'bn'] as const) {
    t.same(repeated(products.map(({ name }) => name[language])), [], `names (${language})`)
    const openings = products.map(({ description }) => description[language].slice(0, 30))
    t.same(repeated(openings), [], `first 30 characters of the descriptions (${language})`)
    for (const { slug, description } of products) {
      t.match(description[language], language === 'en' ? /\.$/ : /।$/, `${slug} ends its last sentence (${language})`)
    }
  }
})

test('descriptions are two to four sentences, not labels', async (t) => {
  for (const { slug, description } of products) {
    const english = description.en.split(/[.!?](?:\s|$)/).filter(Boolean).length
    const bangla = description.bn.split(/[।!?](?:\s|$)/).filter(Boolean).length
    t.ok(isWholeNumber(english, 2, 4), `${slug}: ${english} sentences in English`)
    t.ok(isWholeNumber(bangla, 2, 4), `${slug}: ${bangla} sentences in Bangla`)
  }
})
