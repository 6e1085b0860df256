import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { type KeyName, keyNames, keyPolicy } from './keys/policies.ts'
import type { DataClass, Stack } from './stack.ts'

export interface KeysArgs {
  stack: Stack
}

const about: Record<KeyName, { what: string; dataClass: DataClass }> = {
  database: { what: 'the database, its snapshots and backups', dataClass: 'personal' },
  insights: { what: 'what Performance Insights keeps of statements', dataClass: 'personal' },
  cache: { what: 'the cache', dataClass: 'personal' },
  volumes: { what: 'disks of nodes and pods', dataClass: 'personal' },
  logs: { what: 'log groups', dataClass: 'personal' },
  audit: { what: "the account's trail and configuration history", dataClass: 'personal' },
  secrets: { what: 'secrets of the shop and the database', dataClass: 'internal' },
  buckets: { what: 'buckets', dataClass: 'personal' },
  registry: { what: 'images', dataClass: 'internal' },
  backups: { what: 'the backup vault', dataClass: 'personal' },
  cluster: { what: 'Kubernetes secrets', dataClass: 'internal' },
  alarms: { what: 'messages of the alarm topic', dataClass: 'internal' },
}

/** One KMS key for each kind of data, rotated every year by AWS, under `alias/<prefix>/<kind>`. */
export class Keys extends pulumi.ComponentResource {
  readonly database: aws.kms.Key
  readonly insights: aws.kms.Key
  readonly cache: aws.kms.Key
  readonly volumes: aws.kms.Key
  readonly logs: aws.kms.Key
  readonly audit: aws.kms.Key
  readonly secrets: aws.kms.Key
  readonly buckets: aws.kms.Key
  readonly registry: aws.kms.Key
  readonly backups: aws.kms.Key
  readonly cluster: aws.kms.Key
  readonly alarms: aws.kms.Key

  constructor(name: string, args: KeysArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Keys', name, {}, { ...opts, provider: args.stack.provider })
    this.database = this.key('database', args.stack)
    this.insights = this.key('insights', args.stack)
    this.cache = this.key('cache', args.stack)
    this.volumes = this.key('volumes', args.stack)
    this.logs = this.key('logs', args.stack)
    this.audit = this.key('audit', args.stack)
    this.secrets = this.key('secrets', args.stack)
    this.buckets = this.key('buckets', args.stack)
    this.registry = this.key('registry', args.stack)
    this.backups = this.key('backups', args.stack)
    this.cluster = this.key('cluster', args.stack)
    this.alarms = this.key('alarms', args.stack)
    this.registerOutputs(Object.fromEntries(keyNames.map((kind) => [kind, this[kind].arn])))
  }

  private key(kind: KeyName, stack: Stack): aws.kms.Key {
    const key = new aws.kms.Key(
      kind,
      {
        description: `${stack.prefix}: ${about[kind].what}`,
        enableKeyRotation: true,
        deletionWindowInDays: stack.settings.kmsDeletionWindowDays,
        policy: keyPolicy(kind, stack),
        tags: stack.tags(kind, about[kind].dataClass),
      },
      { parent: this, protect: stack.settings.protect },
    )
    new aws.kms.Alias(kind, { name: `alias/${stack.prefix}/${kind}`, targetKeyId: key.keyId }, { parent: this })
    return key
  }
}
