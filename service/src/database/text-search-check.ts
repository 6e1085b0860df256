import type { ISql } from 'postgres'

/** A word of the shop (sari) that yields trigrams only where Bangla letters count as letters. */
const banglaWord = 'শাড়ি'
const undefinedFunction = '42883'

/**
 * Checks that the database can search text in Bangla, by doing it: under LC_CTYPE C, the builtin C.UTF-8 and ICU over C, trigrams
 * of Bangla are empty and every search finds nothing. Needs pg_trgm, so it comes after the migrations.
 * Throws one sentence naming the encoding, LC_CTYPE and what would be right.
 */
export async function checkTextSearch(sql: ISql): Promise<void> {
  const [database] = await sql<{ name: string; encoding: string; ctype: string }[]>`
    select datname as name, pg_encoding_to_char(encoding) as encoding, datctype as ctype
    from pg_database where datname = current_database()`
  const { name, encoding, ctype } = database ?? { name: '?', encoding: '?', ctype: '?' }
  if (encoding === 'UTF8' && (await findsTrigrams(sql, name))) return
  throw new Error(
    `Database ${name} cannot search text in Bangla: its encoding is ${encoding} and its LC_CTYPE is ${ctype}, where UTF8 and a UTF-8 locale of the libc provider, such as C.UTF-8, would be right (create database ... template template0 encoding 'UTF8' locale_provider libc locale 'C.UTF-8').`,
  )
}

async function findsTrigrams(sql: ISql, database: string): Promise<boolean> {
  try {
    const [row] = await sql<{ found: boolean }[]>`select cardinality(show_trgm(${banglaWord})) > 0 as found`
    return row?.found === true
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== undefinedFunction) throw error
    throw new Error(
      `Database ${database} has no function show_trgm, which extension pg_trgm brings: run the migrations (npm run migrate) first.`,
      { cause: error },
    )
  }
}
