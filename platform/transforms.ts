import type * as pulumi from '@pulumi/pulumi'

/**
 * The options that a transform was given, to hand back. The SDK tells it `deleteBeforeReplace: false` where nobody chose, and the engine takes
 * what comes back for a choice: a cluster or a subnet would then be made anew before the old one has freed its name or its addresses, and
 * AWS would refuse. Left out, the provider decides (seen with @pulumi/pulumi 3.270 under pulumi 3.260).
 */
export function asGiven(opts: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  const { deleteBeforeReplace, ...rest } = opts
  return deleteBeforeReplace ? opts : rest
}
