/** One secret of the stack: declared empty by the Pulumi program, given its value by `npm run secrets`, read by the shop as a file. */
export interface SecretRow {
  /**
   * Behind the stack's prefix: `dhakacart-prod/jwt-keys`. It must not end in a hyphen and six characters, which Secrets Manager would
   * take for the end of an ARN (so it is not `...-secret`).
   */
  name: string
  /** The setting of the shop that the value becomes. */
  setting: string
  description: string
  /** How the first value comes about: a ring of one key, 32 random bytes, or a person knows it. */
  first: 'key ring' | 'random' | 'asked'
  /** Without a value the shop works too. */
  optional?: boolean
}

/** Every secret that a person or this command gives a value; no value of any is ever in Pulumi's state, in a file or on a screen. */
export const secretTable: SecretRow[] = [
  {
    name: 'jwt-keys',
    setting: 'JWT_KEYS',
    description: 'The keys that tokens of accounts, carts and orders are signed with.',
    first: 'key ring',
  },
  {
    name: 'payment-webhook',
    setting: 'PAYMENT_WEBHOOK_SECRET',
    description: 'What the payment provider signs its webhook with.',
    first: 'random',
  },
  {
    name: 'outbox-webhook',
    setting: 'OUTBOX_WEBHOOK_SECRET',
    description: "What deliveries of events are signed with; the receiver's own.",
    first: 'asked',
    optional: true,
  },
]

/** Secrets of the shop that have no row, and why: nobody may ever have to type them. */
export const madeByTheProgram: Record<string, string> = {
  DATABASE_URL: 'holds no password: the shop logs in by IAM (DATABASE_AUTH=iam)',
  DATABASE_PASSWORD: 'is not used: the shop logs in by IAM',
  REDIS_URL: "belongs to the cache, which comes with the stack's state",
}

/** What Secrets Manager calls a secret of a stack. */
export const secretId = (stack: string, name: string) => `dhakacart-${stack}/${name}`
