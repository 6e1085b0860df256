import { opening, type Place, type Row, read, region, via } from './place.ts'

/** Roles that pods get by Pod Identity. */
export function rowsOfPods(place: Place): Record<string, Row> {
  return { shop: shop(place), migration: migration(place), loki: loki(place), grafana: grafana(place) }
}

function shop({ prefix, otherPrefix, arn, iam, bucket, secret, masterSecret, key, user }: Place): Row {
  const own = ['jwt-keys', 'payment-webhook', 'outbox-webhook'].map(secret)
  return {
    may: [
      ...own.map((one): [string, string] => [read, one]),
      ...own.map((one): [string, string, Record<string, string>] => ['kms:Decrypt', key('secrets'), opening(one)]),
      ['rds-db:connect', user('shop')],
      ['elasticache:Connect', arn('elasticache', `replicationgroup:${prefix}-cache`)],
      ['elasticache:Connect', arn('elasticache', `user:${prefix}-shop`)],
    ],
    mayNot: [
      [read, secret('grafana-admin')],
      ['secretsmanager:PutSecretValue', secret('jwt-keys')],
      ['kms:Decrypt', key('secrets')],
      ['kms:Decrypt', key('secrets'), via('secretsmanager')],
      ['kms:Decrypt', key('secrets'), { 'kms:EncryptionContext:SecretARN': secret('jwt-keys') }],
      ['kms:Decrypt', key('secrets'), opening(secret('jwt-keys'), 's3')],
      ['kms:Decrypt', key('secrets'), opening(secret('grafana-admin'))],
      ['kms:Decrypt', key('secrets'), opening(masterSecret)],
      ['kms:Decrypt', key('database'), opening(secret('jwt-keys'))],
      ['kms:Encrypt', key('secrets'), opening(secret('jwt-keys'))],
      ['rds-db:connect', user('migrator')],
      ['rds-db:connect', arn('rds-db', 'dbuser:db-ANOTHER/shop')],
      ['elasticache:Connect', arn('elasticache', `replicationgroup:${otherPrefix}-cache`)],
      ['elasticache:Connect', arn('elasticache', 'user:default')],
      ['elasticache:ModifyUser', arn('elasticache', `user:${prefix}-shop`)],
      ['s3:GetObject', bucket('loki')],
      ['s3:GetObject', bucket('assets')],
      ['sts:AssumeRole', iam(`role/${prefix}-pod-migration`)],
    ],
  }
}

function migration({ prefix, arn, secret, masterSecret, key, user }: Place): Row {
  return {
    may: [
      ['rds-db:connect', user('migrator')],
      [read, masterSecret],
      ['kms:Decrypt', key('secrets'), opening(masterSecret)],
    ],
    mayNot: [
      ['rds-db:connect', user('shop')],
      [read, secret('jwt-keys')],
      [read, `${masterSecret.slice(0, -7)}x${masterSecret.slice(-7)}`],
      ['kms:Decrypt', key('secrets'), opening(secret('jwt-keys'))],
      ['kms:Decrypt', key('secrets')],
      ['secretsmanager:PutSecretValue', masterSecret],
      ['elasticache:Connect', arn('elasticache', `user:${prefix}-shop`)],
    ],
  }
}

function loki({ bucket, secret, key, otherPrefix, account }: Place): Row {
  const withBucket = (name: string, service = 's3') =>
    via(service, { 'kms:EncryptionContext:aws:s3:arn': bucket(name, '') })
  const otherKey = {
    's3:x-amz-server-side-encryption': 'aws:kms',
    's3:x-amz-server-side-encryption-aws-kms-key-id': key('volumes'),
  }
  return {
    may: [
      ['s3:ListBucket', bucket('loki', '')],
      ['s3:GetObject', bucket('loki')],
      ['s3:PutObject', bucket('loki')],
      ['s3:DeleteObject', bucket('loki')],
      ['s3:AbortMultipartUpload', bucket('loki')],
      ['kms:GenerateDataKey', key('buckets'), withBucket('loki')],
      ['kms:Decrypt', key('buckets'), withBucket('loki')],
      ['kms:Decrypt', key('buckets'), via('s3', { 'kms:EncryptionContext:aws:s3:arn': bucket('loki', '/chunks/1') })],
    ],
    mayNot: [
      ['s3:GetObject', bucket('backups')],
      ['s3:GetObject', bucket('assets')],
      ['s3:ListBucket', bucket('assets', '')],
      ['s3:GetObject', bucket('loki'), { 'aws:SecureTransport': 'false' }],
      ['s3:PutObject', bucket('loki'), otherKey],
      ['s3:GetObject', `arn:aws:s3:::${otherPrefix}-loki-${account}-${region}/x`],
      ['s3:DeleteBucket', bucket('loki', '')],
      ['s3:PutBucketPolicy', bucket('loki', '')],
      ['kms:Decrypt', key('buckets'), withBucket('assets')],
      ['kms:Decrypt', key('buckets'), withBucket('loki', 'ec2')],
      ['kms:Decrypt', key('buckets')],
      [read, secret('grafana-admin')],
    ],
  }
}

function grafana({ bucket, secret, key }: Place): Row {
  return {
    may: [
      [read, secret('grafana-admin')],
      ['kms:Decrypt', key('secrets'), opening(secret('grafana-admin'))],
    ],
    mayNot: [
      [read, secret('jwt-keys')],
      ['kms:Decrypt', key('secrets'), opening(secret('jwt-keys'))],
      ['kms:Decrypt', key('secrets')],
      ['s3:GetObject', bucket('loki')],
    ],
  }
}
