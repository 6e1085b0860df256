import type * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { makeDatabaseAlarms, makeDatabaseEvents } from './database/alarms.ts'
import { makeInstance, makeReplicas } from './database/instance.ts'
import { makeMonitoring } from './database/monitoring.ts'
import { makeParameters } from './database/parameters.ts'
import { makeRotation } from './database/rotation.ts'
import { makeWay } from './database/way.ts'
import type { Keys } from './keys.ts'
import type { Network } from './network.ts'
import type { ShopPods } from './shop-pods.ts'
import type { Stack } from './stack.ts'

export interface DatabaseArgs {
  stack: Stack
  network: Network
  keys: Keys
  shopPods: ShopPods
  /** Where events and alarms go. */
  topicArn: pulumi.Input<string>
}

/** What others need of a database to find it, to log in, and to keep it. */
export interface DatabaseInstance {
  /** Its name among `databaseInstances`: `main`. */
  readonly name: string
  /** The host name, without a port. */
  readonly endpoint: pulumi.Output<string>
  readonly port: pulumi.Output<number>
  /** `db-...`: what `rds-db:connect` names, and what stays when the identifier is used again. */
  readonly resourceId: pulumi.Output<string>
  /** The secret of the master user, which RDS makes and rotates; only the migration reads it. */
  readonly masterSecretArn: pulumi.Output<string>
  readonly instanceArn: pulumi.Output<string>
}

/**
 * RDS for PostgreSQL. `databaseInstances` says which databases stand, `databaseInUse` which of them the shop uses, so that a restore is
 * three changes of settings and no replacement (decisions/0006-restores.md).
 */
export class Database extends pulumi.ComponentResource {
  /** The one that the shop and its migration use. */
  readonly inUse: DatabaseInstance
  /** Every one that stands, in the order of the settings; read replicas are not among them. */
  readonly all: readonly DatabaseInstance[]
  /** The ARNs of `all`. */
  readonly arns: readonly pulumi.Output<string>[]
  /** The host names of its read replicas. */
  readonly replicaEndpoints: readonly pulumi.Output<string>[]
  /** The group that every database wears; it admits the shop's pods and nobody else. */
  readonly securityGroupId: pulumi.Output<string>
  /** The subnets without a way out, by the name of their group: a restore test needs it. */
  readonly subnetGroupName: pulumi.Output<string>
  /** The parameters of the major version in the settings, by the name of their group: a restore test needs it. */
  readonly parameterGroupName: pulumi.Output<string>

  constructor(name: string, args: DatabaseArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Database', name, {}, { ...opts, provider: args.stack.provider })
    const { stack } = args
    const { settings } = stack
    const way = makeWay({ ...args, parent: this })
    const parts = {
      ...args,
      parent: this,
      way,
      parameters: makeParameters(stack, this),
      monitoring: makeMonitoring(stack, this),
    }
    const instances = settings.databaseInstances.map((item) => ({
      name: item.name,
      instance: makeInstance(parts, item),
    }))
    this.all = instances.map(({ name, instance }) => told(name, instance))
    this.inUse = named(this.all, settings.databaseInUse)
    this.arns = this.all.map(({ instanceArn }) => instanceArn)
    const replicas = makeReplicas(parts, named(instances, settings.databaseInUse).instance)
    this.replicaEndpoints = replicas.map(({ address }) => address)
    for (const { name, instance } of instances) {
      makeRotation(stack, this, name, instance, named(this.all, name).masterSecretArn)
      makeDatabaseAlarms(parts, name, instance, { replica: false })
      makeDatabaseEvents(parts, name, instance)
    }
    for (const [at, replica] of replicas.entries()) {
      const name = `${settings.databaseInUse}-replica-${at + 1}`
      makeDatabaseAlarms(parts, name, replica, { replica: true })
      makeDatabaseEvents(parts, name, replica)
    }
    this.securityGroupId = way.group.id
    this.subnetGroupName = way.subnets.name
    this.parameterGroupName = parts.parameters.name
    this.registerOutputs({ ...this.inUse, arns: this.arns })
  }
}

/** @throws Error when no database of the stack has the name; the settings are checked, so this is a mistake in the program. */
function named<T extends { name: string }>(all: readonly T[], name: string): T {
  const found = all.find((database) => database.name === name)
  if (found) return found
  throw new Error(
    `dhakacart:databaseInUse ${JSON.stringify(name)} is none of ${all.map(({ name }) => name).join(', ')}`,
  )
}

function told(name: string, instance: aws.rds.Instance): DatabaseInstance {
  return {
    name,
    endpoint: instance.address,
    port: instance.port,
    resourceId: instance.resourceId,
    instanceArn: instance.arn,
    masterSecretArn: instance.masterUserSecrets.apply((secrets) => {
      const [arn] = secrets.map(({ secretArn }) => secretArn)
      if (arn === undefined)
        throw new Error(`The database ${name} has no master secret: is manageMasterUserPassword on?`)
      return arn
    }),
  }
}
