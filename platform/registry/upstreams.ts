import type { Settings } from '../settings/schema.ts'
import type { Stack } from '../stack.ts'

/** A registry of others whose images come through our own. */
export interface Upstream {
  /** What follows the stack's prefix in the names of our repositories. */
  name: string
  /** As images name it. */
  host: string
  /** Where ECR finds it, when that is another name. */
  url: string
  /** The login without which ECR refuses a rule: the setting's word for it, and the row of `secrets/table.ts`. */
  login?: { setting: Settings['imageLogins'][number]; secret: string }
}

/** Where the images of our charts and add-ons come from. */
export const upstreams: readonly Upstream[] = [
  { name: 'ecr-public', host: 'public.ecr.aws', url: 'public.ecr.aws' },
  { name: 'k8s', host: 'registry.k8s.io', url: 'registry.k8s.io' },
  { name: 'quay', host: 'quay.io', url: 'quay.io' },
  {
    name: 'docker-hub',
    host: 'docker.io',
    url: 'registry-1.docker.io',
    login: { setting: 'docker-hub', secret: 'docker-hub-login' },
  },
  { name: 'github', host: 'ghcr.io', url: 'ghcr.io', login: { setting: 'github', secret: 'github-login' } },
]

/** Those whose rule stands: without a login, or with one that the settings say has been given. */
export const cachedUpstreams = ({ settings }: Stack): Upstream[] =>
  upstreams.filter(({ login }) => login === undefined || settings.imageLogins.includes(login.setting))

/**
 * In front of the names of cached repositories; the stack is in it, so that two stacks fit into one account.
 * @throws Error when ECR would refuse it, which allows 30 characters
 */
export function cachePrefix(stack: Stack, { name }: Pick<Upstream, 'name'>): string {
  const prefix = `${stack.prefix}/${name}`
  if (prefix.length > 30) {
    throw new Error(
      `The prefix ${prefix} has ${prefix.length} characters, and ECR allows 30: give the stack a shorter name`,
    )
  }
  return prefix
}

const image = /^(?<host>[a-z0-9.-]+\.[a-z]+)\/(?<path>[a-z0-9._/-]+)(:[\w.-]+)?(?<digest>@sha256:[0-9a-f]{64})$/

/**
 * The name by which nodes pull somebody else's image out of our registry: `quay.io/a/b@sha256:...` becomes
 * `<account>.dkr.ecr.<region>.amazonaws.com/dhakacart-prod/quay/a/b@sha256:...`.
 * @throws Error on an image without registry or digest, and on a registry that has no rule
 */
export function cachedImage(stack: Stack, name: string): string {
  const { host, path, digest } = image.exec(name)?.groups ?? {}
  if (!host)
    throw new Error(`${name} must be named as registry/path@sha256:<64 hexadecimal digits>; a tag can be moved`)
  const upstream = cachedUpstreams(stack).find((one) => one.host === host)
  if (!upstream) {
    const login = upstreams.find((one) => one.host === host)?.login
    const right = login
      ? `add ${login.setting} to imageLogins (npm run secrets first)`
      : 'add it to registry/upstreams.ts'
    throw new Error(`${name} is of ${host}, whose images the stack does not cache; ${right}`)
  }
  const { accountId, region } = stack.settings
  return `${accountId}.dkr.ecr.${region}.amazonaws.com/${cachePrefix(stack, upstream)}/${path}${digest}`
}
