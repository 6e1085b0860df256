import * as pulumi from '@pulumi/pulumi'
import { makeCacheAlarms } from './cache/alarms.ts'
import { cachePort, makeReplicationGroup } from './cache/replication-group.ts'
import { makeUsers } from './cache/users.ts'
import type { Keys } from './keys.ts'
import { makeOpening, makeSecurityGroup } from './network/security-group.ts'
import type { Network } from './network.ts'
import type { ShopPods } from './shop-pods.ts'
import type { Stack } from './stack.ts'

export interface CacheArgs {
  stack: Stack
  network: Network
  keys: Keys
  shopPods: ShopPods
  /** Where alarms go. */
  topicArn: pulumi.Input<string>
}

/**
 * ElastiCache for Valkey: the counts of limits that all pods of the shop share. TLS only, in the subnets without a way out, reached by the
 * shop's pods alone, and without a password (decisions/0007-the-caches-login.md).
 */
export class Cache extends pulumi.ComponentResource {
  /** The host name of the primary, without a port; it follows the primary when another node takes over. */
  readonly address: pulumi.Output<string>
  readonly port: number
  /** With `userArn` what `elasticache:Connect` names. */
  readonly replicationGroupArn: pulumi.Output<string>
  /** The replication group's own name, which a token is signed for. */
  readonly replicationGroupId: string
  readonly userArn: pulumi.Output<string>
  /** Who the shop logs in as. */
  readonly userName: string

  constructor(name: string, args: CacheArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Cache', name, {}, { ...opts, provider: args.stack.provider })
    const { stack, network, keys, shopPods, topicArn } = args
    const group = makeSecurityGroup({
      stack,
      parent: this,
      vpcId: network.vpcId,
      name: 'cache',
      description: 'The cache: pods of the shop come in, nothing goes out',
      dataClass: 'personal',
    })
    makeOpening({
      stack,
      parent: this,
      from: { name: 'shop-pods', groupId: shopPods.securityGroupId },
      to: { name: 'cache', groupId: group.id },
      port: cachePort,
      description: 'Valkey from the shop to the cache',
    })
    const users = makeUsers(stack, this)
    const cache = makeReplicationGroup({ stack, parent: this, network, keys, securityGroupId: group.id, users })
    makeCacheAlarms({ stack, parent: this, topicArn, cache })
    this.address = cache.primaryEndpointAddress
    this.port = cachePort
    this.replicationGroupArn = cache.arn
    this.replicationGroupId = `${stack.prefix}-cache`
    this.userArn = users.shop.arn
    this.userName = `${stack.prefix}-shop`
    this.registerOutputs({ address: this.address, port: this.port, userName: this.userName })
  }
}
