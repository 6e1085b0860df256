import { test } from 'tap'
import { useDatabase } from '../harness/database.ts'

test('the text search configuration of a new cluster exists: with a wrong one, every parallel query fails', async (t) => {
  const { sql } = await useDatabase(t)
  const [row] = await sql`select current_setting('default_text_search_config')::regconfig::text as name`
  t.equal(row?.name, 'simple')
})
