/**
 * What a platform must agree with: probes, firewall rules, alerts and the code read the same constants.
 * Nothing here may be set from outside; what may be set is in settings.ts, with these as its defaults.
 */
export const facts = {
  ports: {
    /** The shop, for the load balancer. */
    public: 8080,
    /** Liveness, readiness and metrics, for the cluster only. */
    operations: 8081,
  },
  paths: {
    /** On both ports: the process lives. */
    health: '/health',
    /** On the operations port: booted, and not draining. */
    ready: '/ready',
    /** On the operations port: Prometheus text format. */
    metrics: '/metrics',
    api: '/api',
  },
  /** Headers of answers that a page on another (allowed) origin may read. */
  exposedHeaders: [
    'x-cart-token',
    'idempotent-replayed',
    'retry-after',
    'ratelimit-limit',
    'ratelimit-remaining',
    'ratelimit-reset',
  ],
  /** How a stop goes, in order; a grace period must be longer than their sum. */
  stop: {
    /** Still accepts, answers `Connection: close`, and is not ready. */
    drainMs: 5_000,
    /** The longest that a request under way may take after that. */
    requestsMs: 10_000,
    /** Workers, database, cache and log. */
    closeMs: 5_000,
  },
  /** Longer than the idle time-out of the load balancer in front (60 s), or it would reuse a connection that we just closed. */
  keepAliveTimeoutMs: 72_000,
  /** What the shop does in Redis or Valkey; a user of its own needs these commands, on keys that begin so, and nothing else. */
  cache: {
    keyPrefix: 'dhakacart:limit:',
    /** In the words of an access string. Those that a script calls are checked like those that come from outside. */
    commands: ['evalsha', 'script|load', 'get', 'incr', 'decr', 'pttl', 'pexpire'],
  },
  database: {
    /** Who the migrations and the shop log in as, where nobody has a password (DATABASE_AUTH=iam). */
    users: { migrator: 'migrator', shop: 'shop' },
    /** Connections of one process at most, for single statements and for transactions: the defaults of both settings. */
    connections: { statements: 10, transactions: 4 },
    /** Connections that one run of the migrations has at the same time, at most. */
    migrationConnections: 2,
  },
  metrics: {
    requestSeconds: 'http_request_duration_seconds',
    requestsAborted: 'http_requests_aborted_total',
    requestsInFlight: 'http_requests_in_flight',
    orders: 'shop_orders_total',
    idempotencyReplays: 'shop_idempotency_replays_total',
    reservationsActive: 'shop_reservations_active',
    stockDrift: 'shop_stock_drift_units',
    outboxLagSeconds: 'shop_outbox_lag_seconds',
    outboxDead: 'shop_outbox_dead_events',
    databaseInUse: 'shop_database_connections_in_use',
    databaseWaiting: 'shop_database_callers_waiting',
    databaseDeadlines: 'shop_database_deadlines_total',
    databaseRefusals: 'shop_database_refusals_total',
    databaseReplacements: 'shop_database_pool_replacements_total',
    limiterFallback: 'shop_rate_limit_fallback_active',
    eventLoopUtilization: 'nodejs_eventloop_utilization',
  },
  /** Bucket edges of the request histogram in seconds, with one at each objective: 0.1 (catalogue), 0.5 (cart), 1 (checkout). */
  requestSecondsBuckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
} as const
