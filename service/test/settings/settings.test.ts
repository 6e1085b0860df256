import { test } from 'tap'
import { describeSettings, readDatabaseSettings, readSettings, SettingsError } from '../../src/settings/settings.ts'

const sound = { DATABASE_URL: 'postgres://shop@db/shop', DATABASE_CA_FILE: '/ca.pem', JWT_KEYS: '{}' }

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readSettings(environment)
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
  return []
}

test('an empty environment opens nothing: what has no safe default is demanded, all at once', async (t) => {
  const problems = problemsOf({})
  t.match(problems, [/^DATABASE_URL is not set/, /^JWT_KEYS is not set/, /^DATABASE_CA_FILE is not set/])
  t.same(problemsOf({ NODE_ENV: 'development' }), problems, 'NODE_ENV is not read')
})

test('defaults are those of production', async (t) => {
  const settings = readSettings(sound)
  t.match(settings, {
    port: 8080,
    databaseTls: 'verify',
    apiDocs: 'off',
    paymentLocal: 'off',
    trustProxy: [],
    corsOrigins: [],
  })
})

test('an empty string counts as not set', async (t) => {
  t.equal(readSettings({ ...sound, PORT: '' }).port, 8080)
})

test('lists are split and each entry is checked', async (t) => {
  const settings = readSettings({ ...sound, TRUST_PROXY: '10.0.0.0/8, ::1', CORS_ORIGINS: 'https://shop.example.com' })
  t.same(settings.trustProxy, ['10.0.0.0/8', '::1'])
  t.same(settings.corsOrigins, ['https://shop.example.com'])
})

const wrong: [name: string, value: string, sentence: RegExp][] = [
  ['PORT', '1e3', /^PORT is "1e3": it must be a whole number from 0 to 65535\.$/],
  ['PORT', '65536', /^PORT is "65536": it must be a whole number from 0 to 65535\.$/],
  ['DRAIN_MS', '-1', /^DRAIN_MS is "-1": it must be a whole number from 0 to 60000\.$/],
  ['LOG_LEVEL', 'loud', /^LOG_LEVEL is "loud": it must be one of fatal, error/],
  ['TRUST_PROXY', '2', /^TRUST_PROXY has "2": each entry must be an IP address or CIDR range/],
  ['TRUST_PROXY', '0.0.0.0/0', /^TRUST_PROXY has "0\.0\.0\.0\/0"/],
  ['TRUST_PROXY', '10.0.0.0/33', /^TRUST_PROXY has "10\.0\.0\.0\/33"/],
  [
    'CORS_ORIGINS',
    'https://shop.example.com/',
    /^CORS_ORIGINS has "https:\/\/shop\.example\.com\/": each entry must be an origin/,
  ],
  ['CORS_ORIGINS', '*', /^CORS_ORIGINS has "\*"/],
  ['AWS_REGION', 'Dhaka', /^AWS_REGION is "Dhaka"/],
  ['OUTBOX_WEBHOOK_URL', 'ftp://x', /^OUTBOX_WEBHOOK_URL is "ftp:\/\/x"/],
  ['OUTBOX_WEBHOOK_URL', 'https://x.example', /^OUTBOX_WEBHOOK_SECRET is not set/],
  ['PAYMENT_LOCAL', 'on', /^PAYMENT_WEBHOOK_SECRET is not set/],
  ['OPERATIONS_PORT', '8080', /^OPERATIONS_PORT is "8080": it must not be PORT/],
  ['DATABASE_URL_FILE', '/run/secrets/url', /^DATABASE_URL and DATABASE_URL_FILE are both set/],
]
for (const [name, value, sentence] of wrong) {
  test(`${name}=${value} is refused by name, value and what would be right`, async (t) => {
    const problems = problemsOf({ ...sound, [name]: value })
    t.equal(problems.length, 1)
    t.match(problems[0], sentence)
  })
}

test('an IAM token is only sent over TLS, and made for a region', async (t) => {
  const problems = problemsOf({ ...sound, DATABASE_AUTH: 'iam', DATABASE_TLS: 'off' })
  t.match(problems, [/^AWS_REGION is not set/, /^DATABASE_TLS is "off"/])
})

test('users that log in by token are made for a database that knows tokens', async (t) => {
  const environment = { ...sound, DATABASE_MASTER_SECRET_ID: 'arn:aws:secretsmanager:ap-southeast-1:1:secret:x' }
  t.match(problemsOf(environment), [/^DATABASE_AUTH is "password": DATABASE_MASTER_SECRET_ID makes users/])
  t.same(problemsOf({ ...environment, DATABASE_AUTH: 'iam', AWS_REGION: 'ap-southeast-1' }), [])
})

test('a token for the cache is made for a region, for a cache by its id, and for an address', async (t) => {
  const iam = { ...sound, REDIS_AUTH: 'iam' }
  t.match(problemsOf(iam), [/^REDIS_URL is not set/, /^REDIS_CACHE_NAME is not set/, /^AWS_REGION is not set/])
  const whole = {
    ...iam,
    REDIS_URL: 'rediss://shop@h',
    REDIS_CACHE_NAME: 'dhakacart-prod',
    AWS_REGION: 'ap-southeast-1',
  }
  t.same(problemsOf(whole), [])
  t.match(problemsOf({ ...whole, REDIS_CACHE_NAME: 'h.cache.amazonaws.com' }), [/^REDIS_CACHE_NAME is "h/])
  t.match(problemsOf({ ...whole, REDIS_AUTH: 'password' }), [/^REDIS_CACHE_NAME is "dhakacart-prod": it is read only/])
  t.match(problemsOf({ ...whole, REDIS_AUTH: 'none' })[0], /^REDIS_AUTH is "none": it must be one of password, iam/)
})

test('every wrong setting is named at once, and no secret is shown', async (t) => {
  const problems = problemsOf({ PORT: 'x', DRAIN_MS: 'y', JWT_KEYS: 'planted-secret', JWT_KEYS_FILE: '/f' })
  t.equal(problems.length, 5)
  t.notMatch(problems.join('\n'), /planted-secret/)
})

test('a command that only talks to the database asks for nothing else', async (t) => {
  const settings = readDatabaseSettings({ DATABASE_URL: sound.DATABASE_URL, DATABASE_TLS: 'off' })
  t.match(settings, { databaseUrl: sound.DATABASE_URL, databaseTls: 'off' })
  t.notOk('port' in settings)
})

test('every setting is described, and a unit is in the name of every time and size', async (t) => {
  const rows = describeSettings()
  t.ok(rows.length > 30)
  for (const { name, description } of rows) {
    t.match(description, /^[A-Z].*\.$/s, name)
    t.notMatch(name, /TIMEOUT$|WINDOW$|DELAY$|SIZE$/, `${name} has no unit`)
  }
})
