import type * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Settings } from './settings/schema.ts'

/** What a resource holds, as its tag `data-class` says: nothing of anybody's, what only we may read, what belongs to shoppers. */
export type DataClass = 'none' | 'internal' | 'personal'

/** What every component is handed: the stack's name, its settings, its one AWS provider, and how things are named and tagged. */
export interface Stack {
  /** The name of the Pulumi stack: `prod`. */
  readonly name: string
  /** In front of every name that must be unique in an account: `dhakacart-prod`. */
  readonly prefix: string
  readonly settings: Settings
  readonly provider: aws.Provider
  /** The permissions boundary that every role must carry, or nobody but an administrator can make it (identity/boundary.ts). */
  readonly boundaryArn: pulumi.Output<string>
  /** The tags that the provider puts on everything; what AWS itself makes for us (nodes, their disks) must be told of them. */
  readonly commonTags: Readonly<Record<string, string>>
  /** Tags of one resource, on top of those that the provider puts on everything. */
  tags(name: string, dataClass?: DataClass): Record<string, string>
  /** An ARN in this account and region: `arn('logs', 'log-group:/aws/eks/x')`. */
  arn(service: string, resource: string): string
}
