import { readFile } from 'node:fs/promises'
import { openSecretFile, type SecretFile } from '../settings/secret-file.ts'
import { connectionError } from './errors.ts'
import { iamSigner, type TokenSigner } from './iam-token.ts'
import type { DatabaseLog } from './log.ts'
import type { Endpoint } from './socket.ts'

export interface CredentialOptions {
  /** `postgres://user:password@host:port/database`; or `urlFile`, a file that holds one. */
  url?: string
  urlFile?: string
  /** Instead of the password in the URL. */
  password?: string
  passwordFile?: string
  /** `iam`: a token for each connection instead of a password (RDS); needs `region` and TLS. */
  auth: 'password' | 'iam'
  region?: string
  tls: 'off' | 'verify'
  /** The certificates (PEM) that the server must be signed by. */
  caFile?: string
  log: DatabaseLog
  /** How often the files are read again. */
  pollMs?: number
  /** Makes the IAM token; @aws-sdk/rds-signer unless a test brings its own. */
  signer?: TokenSigner
}

export interface Target extends Endpoint {
  user: string
  database: string
}

/** Where connections come from, as it is now: files may be replaced while we run. */
export interface ConnectionSource {
  /** As last read. */
  target(): Target
  /** Read anew, for one new connection. Rejects with code CREDENTIALS_UNAVAILABLE when no token can be had. */
  login(): Promise<Target & { password: string }>
  /** Calls back when host, port, database or user are others than before. */
  onChange(listener: () => void): void
  close(): void
}

/** Reads and checks the credentials. Throws, naming the setting, when they cannot be right. */
export async function openConnectionSource(options: CredentialOptions): Promise<ConnectionSource> {
  const { log, pollMs } = options
  const files: SecretFile[] = []
  const listeners = new Set<() => void>()

  async function open(setting: string, path: string): Promise<SecretFile> {
    const file = await openSecretFile({ setting, path, pollMs, log })
    files.push(file)
    return file
  }

  try {
    const tls = await readTls(options)
    const urlFile = options.urlFile ? await open('DATABASE_URL_FILE', options.urlFile) : undefined
    const passwordFile = options.passwordFile ? await open('DATABASE_PASSWORD_FILE', options.passwordFile) : undefined
    const setting = urlFile ? 'DATABASE_URL_FILE' : 'DATABASE_URL'
    let url = parseUrl(setting, urlFile?.value ?? options.url)
    const sign = options.auth === 'iam' ? (options.signer ?? (await iamSigner(requireRegion(options)))) : undefined

    urlFile?.onChange((value) => {
      try {
        const before = url
        url = parseUrl(setting, value)
        if (isElsewhere(before, url)) for (const listener of listeners) listener()
      } catch (err) {
        log.warn({ err }, 'the new database URL is not used; the last good one stays')
      }
    })

    return {
      target: () => ({ host: url.host, port: url.port, user: url.user, database: url.database, tls }),
      async login() {
        await Promise.all(files.map((file) => file.reload()))
        const { host, port, user, database } = url
        const password = sign
          ? await sign({ host, port, user }).catch((cause: unknown) => {
              throw connectionError('CREDENTIALS_UNAVAILABLE', `no IAM token for ${user} at ${host}`, cause)
            })
          : (passwordFile?.value ?? options.password ?? url.password)
        return { host, port, user, database, tls, password }
      },
      onChange: (listener) => {
        listeners.add(listener)
      },
      close: () => closeAll(files),
    }
  } catch (error) {
    closeAll(files)
    throw error
  }
}

function closeAll(files: SecretFile[]): void {
  for (const file of files) file.close()
}

interface DatabaseUrl {
  host: string
  port: number
  user: string
  password: string
  database: string
}

function parseUrl(setting: string, text: string | undefined): DatabaseUrl {
  const example = 'postgres://user:password@host:5432/database'
  // The value is a secret, so the message shows the form and not what was there.
  if (!text || !URL.canParse(text)) throw new Error(`${setting} must be of the form ${example}`)
  const url = new URL(text)
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') {
    throw new Error(`${setting} begins with ${url.protocol}//; it must begin with postgres://`)
  }
  const [parameter] = url.searchParams.keys()
  if (parameter !== undefined) {
    const instead = parameter.startsWith('ssl') ? 'DATABASE_TLS and DATABASE_CA_FILE decide about encryption' : example
    throw new Error(`${setting} has the parameter ${parameter}, which is not read; leave it out (${instead})`)
  }
  const database = decodeURIComponent(url.pathname.slice(1))
  const user = decodeURIComponent(url.username)
  if (!url.hostname || !user || !database) throw new Error(`${setting} must name user, host and database: ${example}`)
  return {
    // Brackets belong to the URL, not to the IPv6 address in them.
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 5432 : Number(url.port),
    user,
    password: decodeURIComponent(url.password),
    database,
  }
}

function isElsewhere(before: DatabaseUrl, after: DatabaseUrl): boolean {
  return (['host', 'port', 'user', 'database'] as const).some((part) => before[part] !== after[part])
}

async function readTls({ tls, auth, caFile }: CredentialOptions): Promise<Endpoint['tls']> {
  if (tls === 'off') {
    if (auth === 'iam')
      throw new Error('DATABASE_TLS is off; with DATABASE_AUTH iam it must be verify: the token is a password')
    return null
  }
  if (!caFile)
    throw new Error(
      'DATABASE_CA_FILE is not set; with DATABASE_TLS verify it must name the certificates (PEM) to trust',
    )
  const ca = await readFile(caFile, 'utf8').catch((cause: unknown) => {
    throw new Error(`DATABASE_CA_FILE: ${caFile} cannot be read; it must be a file of certificates (PEM)`, { cause })
  })
  if (!ca.includes('-----BEGIN CERTIFICATE-----')) {
    throw new Error(`DATABASE_CA_FILE: ${caFile} holds no certificate; it must be a file of certificates (PEM)`)
  }
  return { ca }
}

function requireRegion({ region }: CredentialOptions): string {
  if (!region) throw new Error('AWS_REGION is not set; with DATABASE_AUTH iam it must name the region of the database')
  return region
}
