import { hash } from '../hash.ts'
import type { Wire } from '../values.ts'
import type { Subject } from './template.ts'

/**
 * Kinds that stand in no namespace, those of the operators that the platform knows among them. A kind that is not here is taken to
 * stand in one.
 */
const clusterWide = new Set([
  ...['Namespace', 'Node', 'PersistentVolume', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition'],
  ...['StorageClass', 'CSIDriver', 'CSINode', 'VolumeAttachment', 'IngressClass', 'PriorityClass', 'RuntimeClass'],
  ...['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'APIService'],
  ...['ValidatingAdmissionPolicyBinding', 'CertificateSigningRequest', 'FlowSchema', 'PriorityLevelConfiguration'],
  ...['NodeClass', 'NodePool', 'NodeClaim', 'EC2NodeClass', 'IngressClassParams', 'GatewayClass'],
  ...['ClusterSecretStore', 'ClusterExternalSecret', 'ClusterTriggerAuthentication', 'ClusterIssuer'],
])

/** The kind of `kubernetes:apps/v1:Deployment`. */
const kindOf = (type: string): string => type.split(':').at(-1) ?? ''

/** The metadata that the provider's Check fills in: the namespace of what stands in one. */
export function withNamespace(type: string, metadata: Wire, fallback: string): Wire {
  if (clusterWide.has(kindOf(type)) || metadata.namespace !== undefined) return metadata
  return { ...metadata, namespace: fallback }
}

/** What the API server adds. The id is `namespace/name`. */
export function kubernetesState(subject: Subject): { id: string; outputs: Wire; overrides: Wire } {
  const metadata = (subject.inputs.metadata ?? {}) as Wire
  const name = String(metadata.name ?? subject.name)
  const id = metadata.namespace === undefined ? name : `${String(metadata.namespace)}/${name}`
  const uid = hash(subject.urn, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { id, outputs: {}, overrides: { metadata: { ...metadata, uid, resourceVersion: '1', generation: 1 } } }
}
