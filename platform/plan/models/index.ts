import { vpc } from './awsx-vpc.ts'
import { cluster } from './eks-cluster.ts'
import { getKubeconfig } from './eks-methods.ts'
import type { Method, Model } from './model.ts'

export type { Method, Model } from './model.ts'
export { ModelError } from './model.ts'

/** What stands in for plugins, by the type of the component. */
export const models: Record<string, Model> = {
  'awsx:ec2:Vpc': vpc,
  'eks:index:Cluster': cluster,
}

/** What stands in for plugins when a program calls a method of a component, by the method's token. */
export const methods: Record<string, Method> = {
  'eks:index:Cluster/getKubeconfig': getKubeconfig,
}
