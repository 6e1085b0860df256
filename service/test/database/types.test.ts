import { test } from 'tap'
import { useEmptyDatabase } from '../harness/database.ts'
import { openDatabase } from './open-database.ts'

test('poisha are numbers, exactly, or an error', async (t) => {
  const { url } = await useEmptyDatabase(t)
  const database = await openDatabase(t, url)
  const most = Number.MAX_SAFE_INTEGER
  t.same(await database.query((sql) => sql`select ${most}::bigint as poisha, ${-5}::bigint as less`), [
    { poisha: most, less: -5 },
  ])
  t.same(await database.query((sql) => sql`select count(*) as n, sum(x) as total from unnest(array[1, 2]) as x`), [
    { n: 2, total: 3 },
  ])
  await t.rejects(
    database.query((sql) => sql`select 9007199254740993 as beyond`),
    /9007199254740993/,
  )
  await t.rejects(
    database.query((sql) => sql`select ${1.5}::bigint`),
    /1\.5/,
  )
  t.same(await database.query((sql) => sql`select 1 as one`), [{ one: 1 }], 'the connection is still good')
})

test('arrays travel both ways, whatever is in them', async (t) => {
  const { url } = await useEmptyDatabase(t)
  const database = await openDatabase(t, url)
  const words = ['plain', '', 'NULL', 'a "quoted" one', 'back\\slash', 'comma, brace {}', 'শাড়ি', ' spaces ']
  const at = new Date('2026-11-20T10:00:00.123Z')
  const [row] = await database.query(
    (sql) => sql`
      select
        ${words}::text[] as words,
        ${[1, -2]}::int[] as ints,
        ${[1, 2 ** 40]}::bigint[] as poisha,
        ${sql.array([true, false])}::boolean[] as flags,
        ${sql.array([at])}::timestamptz[] as times,
        ${[]}::text[] as nothing,
        ${['5f0c3a10-0d5c-4b0f-9a34-8e8f3f6f1c11']}::uuid[] as ids,
        array['x', null]::text[] as gap,
        array[[1, 2], [3, null]]::int[] as nested,
        array['{"a": "b,\\"c"}']::jsonb[] as documents,
        'b' = any(${['a', 'b']}::text[]) as found`,
  )
  t.strictSame(
    { ...row },
    {
      words,
      ints: [1, -2],
      poisha: [1, 2 ** 40],
      flags: [true, false],
      times: [at],
      nothing: [],
      ids: ['5f0c3a10-0d5c-4b0f-9a34-8e8f3f6f1c11'],
      gap: ['x', null],
      nested: [
        [1, 2],
        [3, null],
      ],
      documents: [{ a: 'b,"c' }],
      found: true,
    },
  )
})
