import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import type { Keys } from './keys.ts'
import { makeImageCache } from './registry/cache.ts'
import { lifecycle } from './registry/lifecycle.ts'
import type { Secrets } from './secrets.ts'
import type { Stack } from './stack.ts'

export interface RegistryArgs {
  stack: Stack
  keys: Keys
  /** Where the logins of registries lie that let nobody in without one. */
  secrets: Secrets
}

/**
 * The shop's own images, and those of others by way of a cache: every image that runs can be named by its digest, from a registry that
 * stays when theirs is away. A policy of the repository is not needed: nobody outside of the account has any right to it.
 */
export class Registry extends pulumi.ComponentResource {
  /** What is in front of an image's digest: `<account>.dkr.ecr.<region>.amazonaws.com/dhakacart-prod/shop`. */
  readonly repositoryUrl: pulumi.Output<string>
  readonly repositoryArn: pulumi.Output<string>

  constructor(name: string, args: RegistryArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Registry', name, {}, { ...opts, provider: args.stack.provider })
    const { stack, keys, secrets } = args
    const { protect, imagesKept } = stack.settings
    const repository = new aws.ecr.Repository(
      'shop',
      {
        name: `${stack.prefix}/shop`,
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: 'KMS', kmsKey: keys.registry.arn }],
        forceDelete: !protect,
        tags: stack.tags('shop', 'internal'),
      },
      { parent: this, protect },
    )
    new aws.ecr.LifecyclePolicy(
      'shop',
      {
        repository: repository.name,
        policy: lifecycle([
          { description: 'What no build wanted to keep', untaggedDays: 14 },
          { description: `The newest ${imagesKept}`, keep: imagesKept },
        ]),
      },
      { parent: this, deletedWith: repository },
    )
    makeImageCache({ stack, parent: this, key: keys.registry, secrets })
    this.repositoryUrl = repository.repositoryUrl
    this.repositoryArn = repository.arn
    this.registerOutputs({ repositoryUrl: this.repositoryUrl })
  }
}
