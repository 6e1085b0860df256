/** A change of one property: its path, and both values (undefined where there is none). */
export interface Change {
  /** Such as `vpcConfig.subnetIds[0]`. */
  path: string
  old: unknown
  now: unknown
  /** All inputs as they are to be, for the rules that look at another property. */
  inputs?: Record<string, unknown>
}

/** What replaces a resource of one type. Paths are Pulumi's, without the indices of lists. */
export interface Rules {
  /** Where it was read: a file of a provider and its commit, or the schema of CloudFormation. */
  source: string
  /** Its twin in CloudFormation, whose `createOnlyProperties` are the second source; the names that are not the same in camelCase. */
  cloudFormation?: { type: string; names?: Record<string, string> }
  replace: string[]
  update: string[]
  /** Where the provider has a closed list of what replaces, and changes the rest in place. */
  otherwise?: 'update'
  /** Properties whose effect depends on the values. */
  conditions?: { path: string; replaces: (change: Change) => boolean; why: string }[]
  /** Where the provider and CloudFormation disagree, and why the table follows the provider. */
  differs?: Record<string, string>
}

/** A file of the AWS provider that was read for its `ForceNew` and `RequiresReplace`. */
export const terraform = (file: string, commit: string): string =>
  `hashicorp/terraform-provider-aws internal/service/${file} at ${commit}`

/** Read in CloudFormation's schema only: the provider's file was not looked at. */
export const cloudFormationOnly = 'the createOnlyProperties of the CloudFormation schema (cloudformation.json)'

/** Why CloudFormation is the stricter one so often. */
export const inPlace = 'The provider has an API call for it, and changes it in place.'
/** What CloudFormation cannot say. */
export const notInCloudFormation = 'CloudFormation does not mark it, and the provider replaces.'
/** What CloudFormation has no property for. */
export const noSuchProperty = 'CloudFormation has no such property.'
