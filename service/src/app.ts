import cors from '@fastify/cors'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify from 'fastify'
import { accountRoutes } from './accounts/account-routes.ts'
import { createGuard } from './accounts/guard.ts'
import { createPasswordHasher } from './accounts/password-hashing.ts'
import { adminRoutes } from './admin/admin-routes.ts'
import { cartRoutes } from './cart/cart-routes.ts'
import { mergeCarts } from './cart/cart-store.ts'
import { catalogueRoutes } from './catalogue/catalogue-routes.ts'
import { checkoutRoutes } from './checkout/checkout-routes.ts'
import { deliveryRoutes } from './delivery/delivery-routes.ts'
import { facts } from './facts.ts'
import type { ShopApp } from './http/app-type.ts'
import { checkAnswers } from './http/checked-answers.ts'
import { documentApi, showApiDocumentation } from './http/documentation.ts'
import { sayGoodbyeWhileDraining } from './http/draining.ts'
import { answerBrokenConnection, answerErrors } from './http/error-answers.ts'
import { healthRoute } from './http/health.ts'
import { identifyShoppers } from './http/identify.ts'
import { answerUnknownPaths } from './http/not-found.ts'
import { logRequests } from './http/request-log.ts'
import { addSecurityHeaders } from './http/security-headers.ts'
import { serverOptions } from './http/server-options.ts'
import { readStringsStrictly } from './http/strict-strings.ts'
import { limitRequests } from './limits/limits.ts'
import { measureRequests } from './operations/metrics.ts'
import { releaseExpired } from './orders/expire-orders.ts'
import { orderRoutes } from './orders/orders-routes.ts'
import { paymentRoutes } from './payments/payments-routes.ts'
import type { Shop } from './shop.ts'

/** The shop as an HTTP application, in the order in which a request meets its parts. It listens to nothing yet. */
export async function buildApp(shop: Shop): Promise<ShopApp> {
  const app = fastify({
    ...serverOptions(shop),
    clientErrorHandler: answerBrokenConnection,
  }).withTypeProvider<TypeBoxTypeProvider>()

  answerErrors(app)
  readStringsStrictly(app)
  if (shop.checksAnswers) checkAnswers(app)
  sayGoodbyeWhileDraining(app, shop.lifecycle)
  logRequests(app)
  await measureRequests(app, shop.metrics)
  await addSecurityHeaders(app)
  await app.register(cors, {
    // An empty list would still send Vary: Origin with every answer, and split what a CDN keeps.
    origin: shop.settings.corsOrigins.length > 0 ? shop.settings.corsOrigins : false,
    exposedHeaders: [...facts.exposedHeaders],
    maxAge: 600,
  })
  answerUnknownPaths(app)
  await identifyShoppers(app, shop)
  const limits = await limitRequests(app, shop)
  await documentApi(app)
  const guard = createGuard(shop)

  healthRoute(app)
  accountRoutes(app, {
    shop,
    guard,
    hasher: createPasswordHasher(),
    limits: limits.loginLimits,
    onLogin: async (accountId, cartId) => void (await mergeCarts(shop.database, accountId, cartId)),
  })
  catalogueRoutes(app, shop)
  deliveryRoutes(app, shop)
  cartRoutes(app, shop, guard)
  checkoutRoutes(app, shop, guard, { releaseExpired })
  adminRoutes(app, shop, guard)
  orderRoutes(app, shop, guard, limits.lookupLimit)
  paymentRoutes(app, shop, guard)

  if (shop.settings.apiDocs === 'on') await showApiDocumentation(app)
  return app
}
