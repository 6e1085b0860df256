declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * What a request of the route counts on: `shopper` (the default): the account, else the cart, else the address;
     * `address`: the address only (what caches may keep); `none`: nothing (health).
     */
    limit?: 'shopper' | 'address' | 'none'
  }
}

export {}
