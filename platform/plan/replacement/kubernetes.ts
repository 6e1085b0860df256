import type { Rules } from './rules.ts'

const source = 'pulumi/pulumi-kubernetes provider/pkg/provider/diff.go at 00302beb58ae08591f0c8b0b065871c50ba35250'

/** What replaces objects of these kinds, beside their name and namespace. */
const kinds: Record<string, string[]> = {
  'apps/v1:DaemonSet': ['spec.selector'],
  'apps/v1:Deployment': ['spec.selector'],
  'apps/v1:StatefulSet': [
    'spec.podManagementPolicy',
    'spec.revisionHistoryLimit',
    'spec.selector',
    'spec.serviceName',
    'spec.volumeClaimTemplates',
  ],
  'batch/v1:Job': ['spec.completions', 'spec.parallelism', 'spec.selector', 'spec.template'],
  'core/v1:ConfigMap': ['binaryData', 'data'],
  'core/v1:Secret': ['data', 'stringData', 'type'],
  'core/v1:PersistentVolumeClaim': ['spec'],
  'core/v1:ResourceQuota': ['spec.scopes'],
  'core/v1:Service': ['spec.clusterIP'],
  'rbac.authorization.k8s.io/v1:ClusterRoleBinding': ['roleRef'],
  'rbac.authorization.k8s.io/v1:RoleBinding': ['roleRef'],
  'storage.k8s.io/v1:StorageClass': ['parameters', 'provisioner'],
}

/** The rules of a type such as `kubernetes:apps/v1:Deployment`, or of a custom resource. */
export function kubernetesRules(type: string): Rules {
  const replace = ['metadata.name', 'metadata.namespace', ...(kinds[type.replace('kubernetes:', '')] ?? [])]
  return { source, replace, update: [], otherwise: 'update' }
}
