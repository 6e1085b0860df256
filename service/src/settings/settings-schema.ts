import { isIP } from 'node:net'
import { Type } from 'typebox'
import { facts } from '../facts.ts'

/**
 * Everything the shop may be told from outside. The name in the environment is the key in capitals (`drainMs`: DRAIN_MS).
 * A setting marked `secret` can also be given as a file that is read again when it changes: the name with `_FILE` behind it.
 * The defaults are safe in production; what has none must be set there.
 */
export const settingsSchema = {
  host: Type.String({ default: '0.0.0.0', minLength: 1, description: 'The address that both ports listen on.' }),
  port: port(facts.ports.public, 'The port of the shop.'),
  operationsPort: port(facts.ports.operations, 'The port of liveness, readiness and metrics.'),
  logLevel: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
    description: 'The least important level that is logged.',
  }),
  trustProxy: list(
    'Addresses or CIDR ranges, separated by commas, of the proxies whose X-Forwarded headers are believed. None: no header is.',
    isCidr,
    'an IP address or CIDR range, for example 10.20.0.0/16',
  ),
  corsOrigins: list(
    'Origins, separated by commas, whose pages may call the API from a browser. None: only our own.',
    isOrigin,
    'an origin, for example https://shop.example.com',
  ),
  apiDocs: toggle('off', 'Shows the API document as a page on /docs.'),

  databaseUrl: secret('Where the database is: postgres://user:password@host:port/database.'),
  databasePassword: secret('The password of the database user, when the URL has none.', false),
  databaseAuth: Type.Enum(['password', 'iam'], {
    default: 'password',
    description: 'How the database knows us: by password, or by an IAM token that is made for each connection (RDS).',
  }),
  databaseTls: Type.Enum(['verify', 'off'], {
    default: 'verify',
    description:
      'Whether connections to the database are encrypted and its certificate verified; off only for a database on this machine.',
  }),
  databaseCaFile: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'The certificates that the database must be signed by (PEM); needed while DATABASE_TLS is verify.',
    }),
  ),
  awsRegion: Type.Optional(
    Type.String({
      pattern: '^[a-z]{2}(-[a-z]+)+-[0-9]$',
      description: 'The AWS region of database and cache; needed while DATABASE_AUTH or REDIS_AUTH is iam.',
    }),
  ),
  databaseMasterSecretId: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        "For migrations: the ARN of the secret of the database's master, who makes the users that log in by token (RDS). None: nobody is made.",
    }),
  ),
  databaseStatementConnections: whole(
    facts.database.connections.statements,
    1,
    100,
    'Connections for single statements.',
  ),
  databaseTransactionConnections: whole(
    facts.database.connections.transactions,
    1,
    100,
    'Connections for transactions.',
  ),
  databaseQueueMax: whole(100, 0, 10_000, 'How many callers may wait for a connection; more are refused at once.'),
  databaseQueueMaxAgeMs: whole(1_000, 1, 60_000, 'How long a caller may wait for a connection.'),
  databaseDeadlineMs: whole(5_000, 100, 60_000, 'How long a call of the database may take, waiting included.'),
  databaseStartMs: whole(5_000, 0, 600_000, 'How long a start waits for a database that cannot be reached.'),

  redisUrl: secret(
    'The Redis or Valkey that rate limits are shared through: redis://... or rediss://... None: each process counts for itself.',
    false,
  ),
  redisAuth: Type.Enum(['password', 'iam'], {
    default: 'password',
    description:
      'How Redis knows us: by the password in REDIS_URL, or by an IAM token that is made for each connection (ElastiCache).',
  }),
  redisCacheName: Type.Optional(
    Type.String({
      pattern: '^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$',
      description: 'The id of the replication group that tokens are made for; needed while REDIS_AUTH is iam.',
    }),
  ),
  redisTimeoutMs: whole(50, 1, 5_000, 'How long one request may wait for Redis.'),

  jwtKeys: secret(
    'The keys that tokens are signed with, as JSON: {"active": "<kid>", "keys": {"<kid>": "<base64 of at least 32 bytes>"}}.',
  ),
  accessTokenSeconds: whole(86_400, 60, 86_400, 'How long an access token is valid.'),
  refreshTokenSeconds: whole(2_592_000, 60, 31_536_000, 'How long a session lives without a new login.'),

  rateLimitWindowMs: whole(900_000, 1_000, 86_400_000, 'The window of every limit below.'),
  rateLimitShopperMax: whole(100, 1, 1_000_000, 'Requests in a window by one account or cart.'),
  rateLimitAddressMax: whole(
    6_000,
    1,
    10_000_000,
    'Requests in a window by one address that shows neither; a carrier puts hundreds of shoppers behind one.',
  ),
  loginFailuresMax: whole(5, 1, 1_000, 'Failed logins in a window by one account from one address.'),
  loginFailuresAccountMax: whole(
    20,
    1,
    10_000,
    'Failed logins in a window by one account from anywhere; after that its logins are slowed down, not locked.',
  ),
  loginFailuresAddressMax: whole(200, 1, 100_000, 'Failed logins in a window from one address.'),
  orderLookupsMax: whole(
    20,
    1,
    10_000,
    'Look-ups of an order by number and phone in a window from one address, and of one number.',
  ),

  lowStockUnits: whole(5, 0, 1_000, 'Up to so many free units a SKU is said to be low.'),
  paymentWindowMs: whole(600_000, 1_000, 86_400_000, 'How long stock is reserved for an order that is not paid yet.'),
  paymentLocal: toggle('off', 'Offers the local payment provider, which anybody can make pay; for development.'),
  paymentWebhookSecret: secret(
    'What the local payment provider signs its webhook with (at least 32 characters).',
    false,
  ),
  outboxWebhookUrl: Type.Optional(
    Type.String({ pattern: '^https?://', description: 'Where events are delivered; none: to the log only.' }),
  ),
  outboxWebhookSecret: secret(
    'What deliveries of events are signed with; needed while OUTBOX_WEBHOOK_URL is set.',
    false,
  ),
  outboxPollMs: whole(1_000, 10, 60_000, 'How often the outbox is read while it is empty.'),
  housekeepingMs: whole(60_000, 100, 86_400_000, 'How often expired reservations are released and old rows pruned.'),

  drainMs: whole(
    facts.stop.drainMs,
    0,
    60_000,
    'How long a stopping process still accepts, while it tells clients to go elsewhere.',
  ),
}

export type SettingsSchema = typeof settingsSchema

function port(value: number, description: string) {
  return Type.Integer({ default: value, minimum: 0, maximum: 65_535, description: `${description} 0: any free one.` })
}

function whole(value: number, minimum: number, maximum: number, description: string) {
  return Type.Integer({ default: value, minimum, maximum, description })
}

function toggle(value: 'on' | 'off', description: string) {
  return Type.Enum(['on', 'off'], { default: value, description })
}

function secret(description: string, required = true) {
  return Type.Optional(Type.String({ minLength: 1, description, secret: true, required }))
}

function list(description: string, accepts: (item: string) => boolean, wanted: string) {
  return Type.String({ default: '', description, accepts, wanted })
}

function isCidr(item: string): boolean {
  const [address = '', bits, ...rest] = item.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128) && Number(bits) > 0)
}

function isOrigin(item: string): boolean {
  return URL.canParse(item) && new URL(item).origin === item
}
