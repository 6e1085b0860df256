import { facts } from '@dhakacart/service'
import * as pulumi from '@pulumi/pulumi'
import type { Cache } from '../cache.ts'
import type { Database } from '../database.ts'
import type { Keys } from '../keys.ts'
import { namespaces } from '../namespaces.ts'
import type { Conditions } from '../policy.ts'
import { secretId, secretTable } from '../secrets/table.ts'
import type { Secrets } from '../secrets.ts'
import type { Stack } from '../stack.ts'
import type { Storage } from '../storage.ts'
import type { WorkloadName } from './names.ts'

/** What workloads make calls on. */
export interface WorkloadArgs {
  stack: Stack
  keys: Keys
  database: Database
  cache: Cache
  storage: Storage
  secrets: Secrets
}

/** Calls that a workload makes, and the things that it makes them on: one statement of its role. */
export interface Calls {
  Sid: string
  actions: string[]
  on: pulumi.Input<string | string[]>
  where?: Record<string, Record<string, pulumi.Input<string | string[]>>>
}

/** A workload that touches AWS: who its pods are in Kubernetes, and all that they may do in AWS. */
export interface Workload {
  name: WorkloadName
  what: string
  namespace: string
  /** The service account, which comes with the workload itself; what wears it gets the role. */
  serviceAccount: string
  calls: Calls[]
}

/** Every workload, with the list of calls that it needs. What is not here has no permission in AWS. */
export function workloads(args: WorkloadArgs): Workload[] {
  return [shop(args), migration(args), loki(args), grafana(args)]
}

/** Logs in to the database in use and to the cache, and reads its own three secrets. */
function shop({ stack, keys, database, cache, secrets }: WorkloadArgs): Workload {
  const own = secretTable.filter(({ reader }) => reader === 'shop')
  return {
    name: 'shop',
    what: 'pods of the shop',
    namespace: namespaces.shop,
    serviceAccount: 'shop',
    calls: [
      {
        Sid: 'Database',
        actions: ['rds-db:connect'],
        on: userOfDatabase({ stack, database }, facts.database.users.shop),
      },
      { Sid: 'Cache', actions: ['elasticache:Connect'], on: pulumi.all([cache.replicationGroupArn, cache.userArn]) },
      {
        Sid: 'Secrets',
        actions: ['secretsmanager:GetSecretValue'],
        on: pulumi.all(own.map(({ name }) => secrets.arnOf(name))),
      },
      opensSecrets(
        { stack, keys },
        own.map((row) => secretId(stack.name, row)),
      ),
    ],
  }
}

/** Logs in as its own user, and the first time, when there is none yet, as the master whose password RDS keeps and rotates. */
function migration({ stack, keys, database }: WorkloadArgs): Workload {
  const master = database.inUse.masterSecretArn
  return {
    name: 'migration',
    what: 'the migration, before each rollout',
    namespace: namespaces.shop,
    serviceAccount: 'shop-migration',
    calls: [
      {
        Sid: 'Database',
        actions: ['rds-db:connect'],
        on: userOfDatabase({ stack, database }, facts.database.users.migrator),
      },
      { Sid: 'Master', actions: ['secretsmanager:GetSecretValue'], on: master },
      // RDS names the secret of a database by an id that only AWS knows.
      opensSecrets({ stack, keys }, ['rds!db-*']),
    ],
  }
}

/** Keeps logs in its bucket, and nothing beside it. */
function loki({ stack, keys, storage }: WorkloadArgs): Workload {
  const bucket = storage.loki.arn
  return {
    name: 'loki',
    what: 'Loki',
    namespace: namespaces.observability,
    serviceAccount: 'loki',
    calls: [
      { Sid: 'Bucket', actions: ['s3:ListBucket'], on: bucket },
      {
        Sid: 'Objects',
        actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
        on: pulumi.interpolate`${bucket}/*`,
      },
      {
        Sid: 'Key',
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        on: keys.buckets.arn,
        where: {
          StringEquals: { 'kms:ViaService': `s3.${stack.settings.region}.amazonaws.com` },
          // With a bucket key S3 asks in the bucket's name, without one in the object's.
          StringLike: { 'kms:EncryptionContext:aws:s3:arn': bucket.apply((arn) => [arn, `${arn}/*`]) },
        },
      },
    ],
  }
}

/** Reads the password of its own administrator. */
function grafana({ stack, keys, secrets }: WorkloadArgs): Workload {
  const own = secrets.arnOf('grafana-admin')
  return {
    name: 'grafana',
    what: 'Grafana',
    namespace: namespaces.observability,
    serviceAccount: 'grafana',
    calls: [
      { Sid: 'Secret', actions: ['secretsmanager:GetSecretValue'], on: own },
      opensSecrets({ stack, keys }, [secretId(stack.name, { name: 'grafana-admin' })]),
    ],
  }
}

/** A user of the database in use: named by its resource id, because an identifier can be used again by another database. */
const userOfDatabase = ({ stack, database }: Pick<WorkloadArgs, 'stack' | 'database'>, user: string) =>
  database.inUse.resourceId.apply((id) => stack.arn('rds-db', `dbuser:${id}/${user}`))

/**
 * The key of secrets, only through Secrets Manager and only for these secrets: it names the one that it opens in the context. The names are
 * written out, with `?` for the characters that AWS puts behind each, so that the policy of the key's users can be read before they exist.
 */
const opensSecrets = ({ stack, keys }: Pick<WorkloadArgs, 'stack' | 'keys'>, names: string[]): Calls => ({
  Sid: 'Key',
  actions: ['kms:Decrypt'],
  on: keys.secrets.arn,
  where: {
    StringEquals: { 'kms:ViaService': `secretsmanager.${stack.settings.region}.amazonaws.com` },
    StringLike: {
      'kms:EncryptionContext:SecretARN': names.map((name) => stack.arn('secretsmanager', `secret:${name}-??????`)),
    },
  },
})

/**
 * Who may take the role of a workload: EKS Pod Identity, for one service account of this cluster. It tells both by tags of the session
 * (EKS user guide, "Create IAM role with trust policy required by EKS Pod Identity", 2026-11), so an association that somebody makes in
 * another namespace gets nothing.
 */
export const podTrust = (
  accountId: string,
  clusterArn: string,
  { namespace, serviceAccount }: Workload,
): Conditions => ({
  StringEquals: {
    'aws:SourceAccount': accountId,
    'aws:RequestTag/eks-cluster-arn': clusterArn,
    'aws:RequestTag/kubernetes-namespace': namespace,
    'aws:RequestTag/kubernetes-service-account': serviceAccount,
  },
})
