import { test } from 'tap'
import { demoCatalogue } from '../../demo/catalogue.ts'
import { product, shelf, slugs, useStockedShop } from './support.ts'

const saree = product('saree', {
  name: { en: 'Tangail Saree', bn: 'টাঙ্গাইল শাড়ি' },
  description: { en: 'Starched with puffed rice.', bn: 'খইয়ের মাড় দেওয়া।' },
})
const panjabi = product('panjabi', {
  name: { en: 'Cotton panjabi', bn: 'সুতি পাঞ্জাবি' },
  description: { en: '100% cotton, size_M, back\\slash', bn: 'র‍্যাব আর বাঙ্‌লা' },
})
const shop = [shelf([saree, panjabi])]

test('every word of a search must occur, in either language, whatever its case', async (t) => {
  const { app } = await useStockedShop(t, shop)
  const found = (q: string) => slugs(app, { q, sort: 'name' })
  t.same(await found('SAREE'), ['saree'])
  t.same(await found('are'), ['saree'], 'a part of a word')
  t.same(await found('শাড়ি'), ['saree'])
  t.same(await found('টাঙ্গাইল rice'), ['saree'], 'two languages at once')
  t.same(await found('rice  tangail\tsaree'), ['saree'], 'in any order, with any space between')
  t.same(await found('saree cotton'), [], 'both words are in the shop, but not in one product')
  t.same(await found('a'), ['panjabi', 'saree'], 'one letter')
  t.same(await found('nowhere'), [])
  t.same(await found('one two three four five'), [])
})

test('composed and decomposed letters are the same letters', async (t) => {
  const { app } = await useStockedShop(t, [
    shelf([
      product('composed', { name: { en: 'Crème', bn: 'শা\u09dcি ও মো\u09df\u09be গা\u09dd' } }),
      product('decomposed', {
        name: { en: 'Cre\u0300me', bn: 'শা\u09a1\u09bcি ও ম\u09c7\u09be\u09af\u09bc\u09be গা\u09a2\u09bc' },
      }),
    ]),
  ])
  const both = ['composed', 'decomposed']
  for (const q of [
    'শা\u09dcি',
    'শা\u09a1\u09bcি',
    'গা\u09dd',
    'গা\u09a2\u09bc',
    'মো\u09df\u09be',
    'ম\u09c7\u09be\u09af\u09bc\u09be',
    'crème',
    'cre\u0300me',
    'CRÈME',
  ]) {
    t.same((await slugs(app, { q })).sort(), both, [...q].map((c) => c.codePointAt(0)?.toString(16)).join(' '))
  }
})

test('joiners, which one keyboard types and another does not, make no difference', async (t) => {
  const { app } = await useStockedShop(t, shop)
  for (const q of ['র‍্যাব', 'র্যাব', 'বাঙ্‌লা', 'বাঙ্লা', 'ব\u200c\u200dাঙ্লা']) {
    t.same(await slugs(app, { q }), ['panjabi'], [...q].map((c) => c.codePointAt(0)?.toString(16)).join(' '))
  }
  t.same(await slugs(app, { q: 'প\u09cd\u200c' }), [], 'but the letters around them do')
})

test('a joiner between two parts of one letter does not keep them apart', async (t) => {
  const { app } = await useStockedShop(t, [shelf([product('ko', { name: { en: 'Ko', bn: 'ক\u09c7\u200d\u09be' } })])])
  t.same(await slugs(app, { q: 'ক\u09cb' }), ['ko'])
})

test('wildcards of LIKE are ordinary characters, and SQL is text', async (t) => {
  const { app } = await useStockedShop(t, shop)
  const found = (q: string) => slugs(app, { q })
  t.same(await found('100%'), ['panjabi'])
  t.same(await found('1%0'), [])
  t.same(await found('%'), ['panjabi'])
  t.same(await found('_'), ['panjabi'])
  t.same(await found('size_m'), ['panjabi'])
  t.same(await found('sizexm'), [])
  t.same(await found('s_ree'), [])
  t.same(await found('back\\slash'), ['panjabi'])
  t.same(await found('\\'), ['panjabi'])
  t.same(await found('\\\\'), [])
  for (const q of [
    `'; drop table products; --`,
    `' or 1=1`,
    '$1',
    `\\'`,
    '%27%20or%201=1',
    '🧵',
    '\u{10ffff}',
    '\u0001',
  ]) {
    t.same(await found(q), [], q)
  }
  t.same((await found('saree')).length, 1, 'everything is still there')
})

test('a search has one to five words and up to 100 characters', async (t) => {
  const { app } = await useStockedShop(t, shop)
  const search = (q: string) => app.inject({ url: '/api/products', query: { q } })
  for (const q of ['', ' ', '\u3000\n', 'a b c d e f', 'a'.repeat(101), 'a\u0000b']) {
    const answer = await search(q)
    t.equal(answer.statusCode, 400, JSON.stringify(q))
    t.match(answer.json(), { code: 'invalid_request', field: 'q' }, JSON.stringify(q))
  }
  t.equal((await search('ক'.repeat(100))).statusCode, 200)
  t.equal((await app.inject('/api/products?q=%E0%A6')).statusCode, 200, 'half a letter is no reason to fail')
})

test('what is found in the demo shop does not depend on the version of PostgreSQL', async (t) => {
  const { app } = await useStockedShop(t, demoCatalogue)
  const counts: Record<string, number> = {}
  for (const q of ['শাড়ি', 'জামদানি', 'সুতি', 'cotton', 'silk', 'ঈদ', 'eid', 'খেজুর', 'কাঁসা', 'ৎ', 'handloom সুতি']) {
    counts[q] = (await slugs(app, { q, limit: '50' })).length
  }
  t.matchOnly(counts, { ...expectedCounts })
})

/** Counted in the texts themselves, as a reader would: without PostgreSQL. */
const texts = demoCatalogue.flatMap(({ products }) =>
  products.map(({ name, description }) =>
    [name.en, name.bn, description.en, description.bn].join(' ').normalize('NFC').toLowerCase(),
  ),
)
const expectedCounts = Object.fromEntries(
  ['শাড়ি', 'জামদানি', 'সুতি', 'cotton', 'silk', 'ঈদ', 'eid', 'খেজুর', 'কাঁসা', 'ৎ', 'handloom সুতি'].map((q) => [
    q,
    texts.filter((text) =>
      q
        .normalize('NFC')
        .split(' ')
        .every((word) => text.includes(word)),
    ).length,
  ]),
)

test('the trigram index serves a search', async (t) => {
  const { sql } = await useStockedShop(t, demoCatalogue)
  const plan = await sql.begin(async (tx) => {
    await tx`set local enable_seqscan = off`
    return tx`explain select id from products p
      where p.search_text like search_pattern_v1(${'শাড়ি'}) and p.search_text like search_pattern_v1(${'cotton'})`
  })
  t.match(plan.map((row) => row['QUERY PLAN']).join('\n'), /Bitmap Index Scan on product_search/)
})
