import { environment } from '@dhakacart/service'

/** What people and jobs have in their environment when they run Pulumi: logins of AWS, of Pulumi, of GitHub and of the cluster. */
const logins = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'PULUMI_ACCESS_TOKEN',
  'PULUMI_CONFIG_PASSPHRASE',
  'GITHUB_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'KUBECONFIG',
  'PGPASSWORD',
] as const

const secretSettings = environment().flatMap(({ name, secret }) => (secret ? [name] : []))

/** A secret that a test plants in an environment, to look for it where no secret may be. */
export interface Planted {
  name: string
  value: string
}

/** Every secret setting of the shop, and every login: each value is found nowhere else. */
export const planted: readonly Planted[] = [...new Set([...secretSettings, ...logins])].map((name, at) => ({
  name,
  value: `canary-${at}-5f1c9be7d2a04c68`,
}))

/** The planted secrets as an environment. */
export const plantedEnvironment: Readonly<Record<string, string>> = Object.fromEntries(
  planted.map(({ name, value }) => [name, value]),
)

/** The names of the planted secrets that a text holds. */
export const plantedIn = (text: string): string[] =>
  planted.flatMap(({ name, value }) => (text.includes(value) ? [name] : []))

/** Types whose business it is to keep a value, and with it to put one into Pulumi's state. */
export const keepsValue = (type: string): boolean => /^random:|secretVersion:|parameter:Parameter$/.test(type)

/** Properties that would put a value into Pulumi's state; `managed...` and the like are no values. */
const holders =
  /^(password|passwordWo|masterPassword|masterUserPassword|authToken|authTokenWo|secretString|secretBinary|accessKey|secretKey|token)$/

/** The paths at which inputs or outputs hold a value that is a password by its name. */
export function passwordsIn(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inside]) => [
    ...(holders.test(key) && inside !== undefined ? [`${path}.${key}`] : []),
    ...passwordsIn(inside, `${path}.${key}`),
  ])
}
