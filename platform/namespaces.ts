/**
 * The namespaces of the platform's own workloads, which operators may change. Those of Kubernetes and of AWS (`kube-system` and the like)
 * are not among them: who may run a pod there may become anything in the cluster.
 */
export const namespaces = { shop: 'shop', observability: 'observability' } as const
