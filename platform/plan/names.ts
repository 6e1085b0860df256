import type { Resource } from './graph.ts'
import { hash } from './hash.ts'
import { withNamespace } from './made-up/kubernetes.ts'
import { optionalInput } from './schemas.ts'
import { packageOf } from './urn.ts'
import { type Wire, withinSecret } from './values.ts'

interface Named {
  /** Properties that the provider names, whole. */
  outputs: Wire
  /** Where the names stand in them. */
  paths: string[]
}

/** Where an AWS resource has its name elsewhere than in `name`. */
const elsewhere: Record<string, string> = {
  'aws:s3/bucket:Bucket': 'bucket',
  'aws:rds/instance:Instance': 'identifier',
  'aws:rds/cluster:Cluster': 'clusterIdentifier',
  'aws:rds/clusterInstance:ClusterInstance': 'identifier',
  'aws:elasticache/replicationGroup:ReplicationGroup': 'replicationGroupId',
  'aws:elasticache/cluster:Cluster': 'clusterId',
  'aws:eks/nodeGroup:NodeGroup': 'nodeGroupName',
  'aws:eks/fargateProfile:FargateProfile': 'fargateProfileName',
}

/** The longest name that a service takes; the provider cuts before its suffix. 255 where nothing is said. */
const longest: Record<string, number> = {
  'aws:lb/loadBalancer:LoadBalancer': 32,
  'aws:lb/targetGroup:TargetGroup': 32,
  'aws:iam/role:Role': 64,
  'aws:iam/policy:Policy': 128,
}

const helmRelease = 'kubernetes:helm.sh/v3:Release'

/** What a list, a patch or a chart makes has no name of its own. */
const isNamedObject = (type: string): boolean => !/(List|Patch)$/.test(type) && !type.startsWith('kubernetes:helm.sh/')

function kubernetesName(resource: Resource, inputs: Wire, namespace: string): Named {
  if (resource.type === helmRelease) return releaseName(resource, inputs, namespace)
  if (!isNamedObject(resource.type)) return { outputs: {}, paths: [] }
  const own = typeof inputs.metadata === 'object' && inputs.metadata !== null ? inputs.metadata : {}
  let paths: string[] = []
  const metadata = withinSecret(own, (plain) => {
    const given = plain as Wire
    const autonamed = given.name === undefined && given.generateName === undefined
    paths = autonamed ? ['metadata.name'] : []
    const name = autonamed ? { name: `${resource.name}-${hash(resource.urn, 8)}` } : {}
    return withNamespace(resource.type, { ...given, ...name }, namespace)
  })
  return { outputs: { metadata }, paths }
}

function releaseName(resource: Resource, inputs: Wire, namespace: string): Named {
  const outputs = { namespace, name: `${resource.name}-${hash(resource.urn, 8)}` }
  const given = Object.fromEntries(Object.entries(outputs).filter(([key]) => inputs[key] === undefined))
  return { outputs: given, paths: 'name' in given ? ['name'] : [] }
}

function awsName(resource: Resource, inputs: Wire): Named {
  const property = elsewhere[resource.type] ?? 'name'
  if (inputs[property] !== undefined || inputs[`${property}Prefix`] !== undefined) return { outputs: {}, paths: [] }
  if (!optionalInput(resource.type, property)) return { outputs: {}, paths: [] }
  const suffix = `-${hash(resource.urn, 7)}`
  const name = resource.name.slice(0, (longest[resource.type] ?? 255) - suffix.length) + suffix
  const lower = property === 'name' ? name : name.toLowerCase()
  return { outputs: { [property]: lower }, paths: [property] }
}

/**
 * The names that a provider gives where the program gives none: as the provider's Check does, but not random. `namespace` is where
 * the Kubernetes provider puts what names no namespace.
 */
export function autoname(resource: Resource, inputs: Wire, namespace: string): Named {
  const name = packageOf(resource.type)
  if (name === 'kubernetes') return kubernetesName(resource, inputs, namespace)
  if (name === 'aws') return awsName(resource, inputs)
  return { outputs: {}, paths: [] }
}
