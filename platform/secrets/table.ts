/** One secret of the stack: declared empty by the Pulumi program, given its value by `npm run secrets`, read by one workload. */
export interface SecretRow {
  /**
   * Behind the stack's prefix: `dhakacart-prod/jwt-keys`. It must not end in a hyphen and six characters, which Secrets Manager would
   * take for the end of an ARN (so it is not `...-secret`; its API reference, CreateSecret, 2026-11).
   */
  name: string
  /** Another whole name, where AWS demands one; `prefix` is `dhakacart-prod`. It must not end so either. */
  id?: (prefix: string) => string
  /** The setting of the shop that the value becomes, where the shop is who reads it. */
  setting?: string
  description: string
  /** Who reads the value, beside those whom `secretKeeperPrincipals` names; nobody else can, administrators included. */
  reader: SecretReader
  /** Why AWS's own key encrypts it, where ours cannot. */
  underKeyOfAws?: string
  /** Behind "Rotated": when, and how. */
  rotated: string
  /** How the first value comes about: a ring of one key, 32 random bytes, a person knows it, or only who wants it hands it in. */
  first: 'key ring' | 'random' | 'asked' | 'handed in'
  /** Without a value everything works too. */
  optional?: boolean
  /** What is wrong with a value that was handed in, as the end of a sentence and without a part of the value; undefined when all is well. */
  wrong?: (value: string) => string | undefined
}

/** The workload (identity/workloads.ts) or the part of AWS that reads a secret. */
export type SecretReader = 'shop' | 'grafana' | 'pull-through cache'

/** Registries that ECR asks for images with a login. */
const imageLogins = [
  { name: 'docker-hub-login', host: 'docker.io', id: 'docker-hub' },
  { name: 'github-login', host: 'ghcr.io', id: 'ghcr-io' },
]

/** Every secret that a person or this command gives a value; no value of any is ever in Pulumi's state, in a file or on a screen. */
export const secretTable: SecretRow[] = [
  {
    name: 'jwt-keys',
    setting: 'JWT_KEYS',
    description: 'The keys that tokens of accounts, carts and orders are signed with.',
    reader: 'shop',
    rotated: 'every 90 days, in three steps, by npm run secrets -- --rotate jwt-keys; two keys live meanwhile',
    first: 'key ring',
  },
  {
    name: 'payment-webhook',
    setting: 'PAYMENT_WEBHOOK_SECRET',
    description: 'What the payment provider signs its webhook with.',
    reader: 'shop',
    rotated: 'when somebody leaves or it leaks, together with the provider, who must be given the new value',
    first: 'random',
  },
  {
    name: 'outbox-webhook',
    setting: 'OUTBOX_WEBHOOK_SECRET',
    description: "What deliveries of events are signed with; the receiver's own.",
    reader: 'shop',
    rotated: 'when its receiver says so',
    first: 'asked',
    optional: true,
  },
  {
    name: 'grafana-admin',
    description: "The password of Grafana's own administrator; people have accounts of their own.",
    reader: 'grafana',
    rotated: 'after each use, by npm run secrets -- --rotate grafana-admin',
    first: 'random',
  },
  ...imageLogins.map(
    ({ name, host, id }): SecretRow => ({
      name,
      id: (prefix) => `ecr-pullthroughcache/${prefix}-${id}`,
      description: `Login of the image cache at ${host}: {"username": ..., "accessToken": ...}, read only.`,
      reader: 'pull-through cache',
      underKeyOfAws: 'ECR reads it only under aws/secretsmanager (ECR user guide, 2026-11)',
      rotated: 'before its token runs out',
      first: 'handed in',
      optional: true,
      wrong: wrongLogin,
    }),
  ),
]

/** What ECR demands of a login (ECR user guide, "Storing your upstream repository credentials", 2026-11). */
function wrongLogin(value: string): string | undefined {
  const right = 'must be {"username": "...", "accessToken": "..."} on one line'
  try {
    const { username, accessToken } = JSON.parse(value) as Record<string, unknown>
    return [username, accessToken].every((part) => typeof part === 'string' && part !== '') ? undefined : right
  } catch {
    return right
  }
}

/** Secrets of the shop that have no row, and why: nobody may ever have to type them. */
export const madeByTheProgram: Record<string, string> = {
  DATABASE_URL: 'holds no password: the shop logs in by IAM (DATABASE_AUTH=iam)',
  DATABASE_PASSWORD: 'is not used: the shop logs in by IAM',
  REDIS_URL: "belongs to the cache, which comes with the stack's state",
}

/** What Secrets Manager calls a secret of a stack. */
export function secretId(stack: string, { name, id }: Pick<SecretRow, 'name' | 'id'>): string {
  const prefix = `dhakacart-${stack}`
  return id ? id(prefix) : `${prefix}/${name}`
}
