import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify from 'fastify'
import { test } from 'tap'
import { Type } from 'typebox'
import { readStringsStrictly } from '../../src/http/strict-strings.ts'

async function echo() {
  const app = fastify({
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  }).withTypeProvider<TypeBoxTypeProvider>()
  readStringsStrictly(app)
  const querystring = Type.Object(
    {
      n: Type.Optional(Type.Integer()),
      d: Type.Optional(Type.Number()),
      b: Type.Optional(Type.Boolean()),
      s: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  )
  app.route({
    method: 'GET',
    url: '/:id',
    schema: { querystring, params: Type.Object({ id: Type.Integer() }) },
    handler: (request) => ({ ...request.params, ...request.query }),
  })
  return app
}

test('plain spellings are read as the declared type', async (t) => {
  const app = await echo()
  t.same((await app.inject('/7?n=10&d=-0.5&b=true&s=10')).json(), { id: 7, n: 10, d: -0.5, b: true, s: '10' })
  t.same((await app.inject('/0?n=-3&b=false')).json(), { id: 0, n: -3, b: false })
})

for (const query of [
  'n=10abc',
  'n=1e1',
  'n=',
  'n=%2010',
  'n=0x10',
  'n=1.0',
  'n=010',
  'n=-0',
  'n=1&n=2',
  'd=1e1',
  'd=.5',
  'd=Infinity',
  'd=NaN',
  'b=1',
  'b=TRUE',
  'b=',
  's=a&s=b',
  'z=1',
]) {
  test(`?${query} is refused`, async (t) => {
    t.equal((await (await echo()).inject(`/7?${query}`)).statusCode, 400)
  })
}

test('a path is read as strictly', async (t) => {
  t.equal((await (await echo()).inject('/7a')).statusCode, 400)
})
