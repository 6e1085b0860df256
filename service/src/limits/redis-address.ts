/** How Redis knows us: by the password in the URL, or by an IAM token that is made for each connection (ElastiCache). */
export type RedisAuth = 'password' | 'iam'

export interface RedisAddress {
  host: string
  port: number
  user: string | undefined
  password: string | undefined
  database: number
  tls: boolean
}

/**
 * Reads the address of a Redis: `redis://` or `rediss://`, a host, and at most a port, a user, a password and the number of a database.
 * Anything else would be ignored in silence.
 * @throws a sentence that names what is wrong with REDIS_URL, and never shows it: it may hold a password.
 */
export function parseRedisUrl(text: string, auth: RedisAuth): RedisAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !isWellFormed(url)) {
    throw new Error('REDIS_URL is not of the right form: it must be redis[s]://[user:password@]host[:port][/database].')
  }
  if (auth === 'iam') {
    const wrong = wrongForIam(url)
    if (wrong) throw new Error(`REDIS_URL ${wrong} (REDIS_AUTH=iam), so it must be rediss://user@host[:port].`)
  }
  return {
    // Brackets belong to the URL, not to the IPv6 address in them.
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || 6379),
    user: decodeURIComponent(url.username) || undefined,
    password: decodeURIComponent(url.password) || undefined,
    database: Number(url.pathname.slice(1) || 0),
    tls: url.protocol === 'rediss:',
  }
}

function isWellFormed({ protocol, hostname, pathname, search, hash }: URL): boolean {
  return /^rediss?:$/.test(protocol) && hostname !== '' && /^(\/\d{0,4})?$/.test(pathname) && search + hash === ''
}

function wrongForIam({ protocol, username, password }: URL): string | undefined {
  if (protocol !== 'rediss:') return 'begins with redis://: an IAM token is only sent over TLS'
  if (username === '') return 'names no user: an IAM token is made for one'
  if (password !== '') return 'has a password: an IAM token takes its place'
  return undefined
}
