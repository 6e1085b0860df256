import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { ShopApp } from './app-type.ts'

/** The OpenAPI 3.1 document, made from the schemas of the routes; registered before them, or it would not see them. */
export async function documentApi(app: ShopApp): Promise<void> {
  app.addHook('onRoute', ({ method, url, schema }) => {
    if (!schema || schema.hide) return
    schema.operationId ??= operationId(String(method), url)
    // A route that asks for no token says so, instead of saying nothing.
    schema.security ??= []
  })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'DhakaCart',
        version: '1',
        description:
          'Money is integer poisha (100 poisha are 1 taka), VAT included. Time is UTC. Every error carries `code`, `message` and `requestId`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/', description: 'Where this document came from.' }],
      components: {
        securitySchemes: {
          account: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The access token of a login.' },
          cart: { type: 'apiKey', in: 'header', name: 'X-Cart-Token', description: 'The token of a guest cart.' },
          order: { type: 'apiKey', in: 'header', name: 'X-Order-Token', description: "The token of a guest's order." },
        },
      },
      tags: [
        { name: 'catalogue', description: 'What is for sale.' },
        { name: 'cart', description: 'What a shopper is about to buy.' },
        { name: 'checkout', description: 'From a cart to an order.' },
        { name: 'orders', description: 'What became of it.' },
        { name: 'accounts', description: 'Registering and logging in.' },
        { name: 'payments', description: 'What payment providers tell us.' },
        { name: 'admin', description: 'For staff.' },
      ],
    },
  })
  app.get('/api/openapi.json', { schema: { hide: true }, config: { limit: 'address' } }, () => app.swagger())
}

/** The same document as a page; not in production, unless a setting says so. */
export async function showApiDocumentation(app: ShopApp): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // The page is shown over plain HTTP on this machine, and asks nobody else about the document.
    transformStaticCSP: (policy) =>
      policy.replace(' upgrade-insecure-requests;', '').replace(' validator.swagger.io', ''),
    uiConfig: { validatorUrl: null },
  })
  app.get('/', { schema: { hide: true }, config: { limit: 'address' } }, (_request, reply) => reply.redirect('/docs'))
}

/** The name that a generated client gives the operation: GET /api/products/:slug is getProductsBySlug. */
function operationId(method: string, url: string): string {
  const words = url
    .replace(/^\/api\//, '/')
    .replaceAll('/:', '/by-')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
  return method.toLowerCase() + words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('')
}
