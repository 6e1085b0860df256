import type * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import type { Keys } from './keys.ts'
import type { Stack } from './stack.ts'
import { type MadeBucket, makeBucket } from './storage/bucket.ts'
import { logDeliveries } from './storage/deliveries.ts'

export interface StorageArgs {
  stack: Stack
  keys: Keys
}

/** Loki deletes by itself at `lokiRetentionDays`; the bucket lets go of what it forgot a week later. */
const lokiGraceDays = 7

/** The stack's buckets: what the CDN serves, dumps, logs of what runs in the cluster, and logs that AWS delivers. */
export class Storage extends pulumi.ComponentResource {
  /** Pictures and scripts of the shop, read by shoppers through the CDN. */
  readonly assets: aws.s3.Bucket
  /** Dumps that people and jobs make, beside the backups that AWS keeps. */
  readonly backups: aws.s3.Bucket
  /** What Loki keeps. */
  readonly loki: aws.s3.Bucket
  /** Where AWS delivers: who asked for which object, and the logs of the load balancer and the CDN. */
  readonly logs: aws.s3.Bucket
  /** The same, with what must stand before AWS writes into it: for a bucket elsewhere whose requests are to be logged. */
  readonly logsBucket: MadeBucket

  constructor(name: string, args: StorageArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Storage', name, {}, { ...opts, provider: args.stack.provider })
    const { stack, keys } = args
    const { accessLogRetentionDays, lokiRetentionDays, dumpRetentionDays } = stack.settings
    const logs = makeBucket({
      stack,
      parent: this,
      name: 'logs',
      kind: 'delivered',
      dataClass: 'personal',
      expiresAfterDays: accessLogRetentionDays,
      noncurrentDays: 7,
      extraStatements: logDeliveries(stack, ['assets', 'backups', 'loki', 'audit']),
    })
    const data = { stack, parent: this, kind: 'data', key: keys.buckets, logs } as const
    this.logsBucket = logs
    this.logs = logs.bucket
    this.assets = makeBucket({ ...data, name: 'assets', dataClass: 'none', noncurrentDays: 30 }).bucket
    this.backups = makeBucket({
      ...data,
      name: 'backups',
      dataClass: 'personal',
      expiresAfterDays: dumpRetentionDays,
      noncurrentDays: 30,
    }).bucket
    this.loki = makeBucket({
      ...data,
      name: 'loki',
      dataClass: 'personal',
      expiresAfterDays: lokiRetentionDays + lokiGraceDays,
      noncurrentDays: 7,
    }).bucket
    this.registerOutputs({
      assets: this.assets.bucket,
      backups: this.backups.bucket,
      loki: this.loki.bucket,
      logs: this.logs.bucket,
    })
  }
}
