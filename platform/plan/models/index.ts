import { vpc } from './awsx-vpc.ts'
import type { Model } from './model.ts'

export type { Method, Model } from './model.ts'
export { ModelError } from './model.ts'

/** What stands in for plugins, by the type of the component. */
export const models: Record<string, Model> = {
  'awsx:ec2:Vpc': vpc,
}
