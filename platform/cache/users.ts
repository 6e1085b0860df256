import { facts } from '@dhakacart/service'
import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Stack } from '../stack.ts'

export interface CacheUsers {
  /** The one user there is; its id and its name are the same, as IAM authentication wants it. */
  shop: aws.elasticache.User
  group: aws.elasticache.UserGroup
}

/**
 * What the shop may do, in the words of Valkey's access lists: nothing, but for the commands that its scripts are made of, on its own
 * keys, on no channel. `AUTH` and `HELLO` need no permission. Scripts get no more than their caller.
 */
export function shopAccess(
  { commands, keyPrefix }: { commands: readonly string[]; keyPrefix: string } = facts.cache,
): string {
  return ['on', `~${keyPrefix}*`, 'resetchannels', '-@all', ...commands.map((command) => `+${command}`)].join(' ')
}

/**
 * One user, who logs in by IAM (decisions/0007-the-caches-login.md). Ids are unique in the account and region, hence the stack's name. A user group
 * of Valkey needs no user `default`, which one of Redis does, and without one in the group nobody is let in without a name.
 */
export function makeUsers(stack: Stack, parent: pulumi.Resource): CacheUsers {
  const name = `${stack.prefix}-shop`
  const shop = new aws.elasticache.User(
    'shop',
    {
      userId: name,
      userName: name,
      engine: 'valkey',
      authenticationMode: { type: 'iam' },
      accessString: shopAccess(),
      tags: stack.tags('shop'),
    },
    { parent },
  )
  const group = new aws.elasticache.UserGroup(
    'cache',
    { userGroupId: `${stack.prefix}-cache`, engine: 'valkey', userIds: [shop.userId], tags: stack.tags('cache') },
    { parent },
  )
  return { shop, group }
}
