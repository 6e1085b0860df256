import { test } from 'tap'
import { useShop } from '../harness/shop.ts'

interface Operation {
  operationId: string
  security: unknown[]
  responses: Record<string, unknown>
}

test('the API document is OpenAPI 3.1, made from the schemas, with a name and the tokens of each operation', async (t) => {
  const { app } = await useShop(t)
  const document = (await app.inject('/api/openapi.json')).json()
  t.equal(document.openapi, '3.1.0')
  const operations = Object.values<Record<string, Operation>>(document.paths).flatMap((path) => Object.values(path))
  t.ok(operations.length >= 40, `${operations.length} operations`)
  t.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length, 'no two have one name')
  for (const { operationId, security } of operations) t.ok(Array.isArray(security), operationId)
  t.match(document.paths['/api/products/{slug}'].get.operationId, 'getProductsBySlug')
  t.notOk('/api/openapi.json' in document.paths)
})

test('the page of the document is shown where a setting says so, over plain HTTP as well', async (t) => {
  const shown = await useShop(t)
  t.equal((await shown.app.inject('/')).headers.location, '/docs')
  const page = await shown.app.inject('/docs/')
  t.equal(page.statusCode, 200)
  t.match(page.headers['content-security-policy'], /default-src 'self'/)
  t.notMatch(page.headers['content-security-policy'], /upgrade-insecure-requests/)
  const hidden = await useShop(t, { settings: { API_DOCS: 'off' } })
  for (const url of ['/', '/docs', '/docs/json']) t.equal((await hidden.app.inject(url)).statusCode, 404, url)
})
