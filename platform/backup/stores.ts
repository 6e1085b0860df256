/** How what something keeps can be had back: from the vault, or not from the vault and why that is enough. */
export type Store = { how: 'plan' } | { not: string }

/** What a store is looked up by: a resource of the plan, with the inputs that tell two of a type apart. */
export interface StoreResource {
  type: string
  name: string
  inputs: Readonly<Record<string, unknown>>
}

/**
 * Every type that keeps data of its own, buckets apart. What is not here keeps nothing that this program and its settings could not make
 * again.
 */
export const stores: Readonly<Record<string, Store>> = {
  'aws:rds/instance:Instance': { how: 'plan' },
  'aws:elasticache/replicationGroup:ReplicationGroup': {
    not: 'It holds what the database can tell again, and counts that end within the hour; its own daily snapshots spare a cold start.',
  },
  'aws:secretsmanager/secret:Secret': {
    not: 'A copy of a key in a vault would be one more to guard. A lost one is replaced by a new one: npm run secrets.',
  },
  'aws:ecr/repository:Repository': {
    not: 'Images are built again from the commit that they name, and mirrored ones are fetched again.',
  },
  'aws:cloudwatch/logGroup:LogGroup': {
    not: 'Logs are read and never put back. They are kept for the days that the settings name.',
  },
  'aws:eks/cluster:Cluster': {
    not: 'Everything in the cluster is written by this program and its charts; orders are in the database.',
  },
  'aws:kms/key:Key': {
    not: 'AWS keeps a key and hands it to nobody. Deletion waits for kmsDeletionWindowDays, and the copies have a key of their own.',
  },
}

/** Buckets by what they are for, which is their name in the program. */
export const bucketStores: Readonly<Record<string, Store>> = {
  // Pictures of products, which people put there by hand: no commit has them.
  assets: { how: 'plan' },
  backups: {
    not: 'It holds dumps of the database, whose backups are in the vault.',
  },
  loki: { not: 'Logs are read and never put back. They are kept for lokiRetentionDays.' },
  logs: { not: 'Logs are read and never put back. They are kept for accessLogRetentionDays.' },
  audit: {
    not: "The account's trail is read and never put back. CloudTrail's digests show whether it was changed, and CloudTrail itself keeps 90 days.",
  },
}

/** What `stores` says of a resource, or undefined where it keeps nothing, or where nobody has said how it is kept. */
export function storeOf({ type, name, inputs }: StoreResource): Store | undefined {
  if (type === 'aws:s3/bucket:Bucket') return bucketStores[name]
  if (type === 'aws:rds/instance:Instance' && inputs.replicateSourceDb !== undefined) {
    return { not: 'A read replica is made again from the database that it follows, which is in the plan.' }
  }
  return stores[type]
}
