import type { Settings } from './settings.ts'

/** What no setting shows alone: one sentence for each that does not go with another. */
export function crossCheck(settings: Settings): string[] {
  return [...databaseProblems(settings), ...redisProblems(settings), ...otherProblems(settings)]
}

function databaseProblems(settings: Settings): string[] {
  const problems: string[] = []
  if (settings.databaseTls === 'verify' && !settings.databaseCaFile) {
    problems.push(
      'DATABASE_CA_FILE is not set: name the file with the certificates of the database, or set DATABASE_TLS=off for a database on this machine.',
    )
  }
  if (settings.databaseAuth === 'iam' && !settings.awsRegion) {
    problems.push(
      'AWS_REGION is not set: an IAM token (DATABASE_AUTH=iam) is made for a region, for example ap-southeast-1.',
    )
  }
  if (settings.databaseAuth === 'iam' && settings.databaseTls === 'off') {
    problems.push(
      'DATABASE_TLS is "off": an IAM token (DATABASE_AUTH=iam) is only sent over TLS, so it must be "verify".',
    )
  }
  if (settings.databaseMasterSecretId && settings.databaseAuth !== 'iam') {
    problems.push(
      `DATABASE_AUTH is "${settings.databaseAuth}": DATABASE_MASTER_SECRET_ID makes users that log in by token, so it must be "iam".`,
    )
  }
  return problems
}

function redisProblems(settings: Settings): string[] {
  const { redisAuth, redisCacheName } = settings
  if (redisAuth !== 'iam') {
    return redisCacheName ? [`REDIS_CACHE_NAME is "${redisCacheName}": it is read only while REDIS_AUTH is iam.`] : []
  }
  const problems: string[] = []
  if (!settings.redisUrl && !settings.redisUrlFile) {
    problems.push(
      'REDIS_URL is not set: REDIS_AUTH=iam is for a cache, at rediss://user@host. Set it, or REDIS_URL_FILE.',
    )
  }
  if (!redisCacheName) {
    problems.push(
      'REDIS_CACHE_NAME is not set: an IAM token (REDIS_AUTH=iam) is made for a replication group, by its id.',
    )
  }
  if (!settings.awsRegion) {
    problems.push(
      'AWS_REGION is not set: an IAM token (REDIS_AUTH=iam) is made for a region, for example ap-southeast-1.',
    )
  }
  return problems
}

function otherProblems(settings: Settings): string[] {
  const problems: string[] = []
  if (settings.outboxWebhookUrl && !settings.outboxWebhookSecret && !settings.outboxWebhookSecretFile) {
    problems.push(
      'OUTBOX_WEBHOOK_SECRET is not set: deliveries to OUTBOX_WEBHOOK_URL are signed with it. Set it, or OUTBOX_WEBHOOK_SECRET_FILE.',
    )
  }
  if (settings.paymentLocal === 'on' && !settings.paymentWebhookSecret && !settings.paymentWebhookSecretFile) {
    problems.push(
      'PAYMENT_WEBHOOK_SECRET is not set: the local payment provider (PAYMENT_LOCAL=on) signs with it. Set it, or PAYMENT_WEBHOOK_SECRET_FILE.',
    )
  }
  if (settings.port && settings.port === settings.operationsPort) {
    problems.push(`OPERATIONS_PORT is "${settings.operationsPort}": it must not be PORT.`)
  }
  return problems
}
