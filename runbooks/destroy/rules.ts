import type { StateResource } from '../../platform/state/deployment.ts'

/** What a resource does to a destroy: its sentence, or nothing. */
type Rule = (resource: StateResource) => string | undefined

const nameOf = ({ urn }: StateResource) => urn.split('::').at(-1) ?? urn
const of = (type: string, sentence: (name: string, inputs: Record<string, unknown>) => string | undefined): Rule => {
  return (resource) => (resource.type === type ? sentence(nameOf(resource), resource.inputs ?? {}) : undefined)
}

const days = (value: unknown, byDefault: number) => (typeof value === 'number' ? value : byDefault)

/** What AWS refuses to delete while it is so; each is a setting or a command away. */
const refusals: Rule[] = [
  of('aws:eks/cluster:Cluster', (name, { deletionProtection }) =>
    deletionProtection ? `the cluster ${name} is protected by AWS: dhakacart:protect false, then pulumi up` : undefined,
  ),
  of('aws:rds/instance:Instance', (name, { deletionProtection }) =>
    deletionProtection
      ? `the database ${name} is protected by AWS: dhakacart:protect false, then pulumi up`
      : undefined,
  ),
  of('aws:lb/loadBalancer:LoadBalancer', (name, { enableDeletionProtection }) =>
    enableDeletionProtection
      ? `the load balancer ${name} is protected by AWS: dhakacart:protect false, then pulumi up`
      : undefined,
  ),
  of('aws:s3/bucket:Bucket', (name, { forceDestroy }) =>
    forceDestroy
      ? undefined
      : `the bucket ${name} must be empty, old versions too: aws s3api delete-objects, or keep it`,
  ),
  of('aws:ecr/repository:Repository', (name, { forceDelete }) =>
    forceDelete ? undefined : `the image repository ${name} must be empty: aws ecr batch-delete-image`,
  ),
  of('aws:backup/vault:Vault', (name, { forceDestroy }) =>
    forceDestroy
      ? undefined
      : `the backup vault ${name} is deleted only when it is empty: dhakacart:backupVaultLock none, then pulumi up, and the destroy empties it`,
  ),
  of('aws:backup/vaultLockConfiguration:VaultLockConfiguration', (name, { changeableForDays }) =>
    changeableForDays === undefined
      ? undefined
      : `the lock ${name} is in COMPLIANCE mode: ${changeableForDays} days after it was made nobody can take it back, AWS neither; then keep its vault and key, and take both out of the state (step 4)`,
  ),
]

/** What stays behind, and may cost money or hold data. */
const leftovers: Rule[] = [
  of('aws:secretsmanager/secret:Secret', (name, { recoveryWindowInDays }) => {
    const window = days(recoveryWindowInDays, 30)
    return window > 0
      ? `the secret ${name}, for ${window} days: aws secretsmanager restore-secret brings it back`
      : undefined
  }),
  of('aws:rds/instance:Instance', (name, { skipFinalSnapshot, finalSnapshotIdentifier }) =>
    skipFinalSnapshot
      ? undefined
      : `the final snapshot ${finalSnapshotIdentifier ?? `of ${name}`}, until somebody deletes it`,
  ),
  // What a copy is encrypted with must outlive it, and the destroy would have the key deleted.
  of('aws:backup/vaultLockConfiguration:VaultLockConfiguration', (name, { changeableForDays }) =>
    changeableForDays === undefined ? undefined : `the backups in the vault ${name}, each until its own day`,
  ),
  of('aws:rds/instance:Instance', (name, { deleteAutomatedBackups, backupRetentionPeriod, replicateSourceDb }) =>
    deleteAutomatedBackups === false && replicateSourceDb === undefined
      ? `the automated backups of the database ${name}, for ${days(backupRetentionPeriod, 1)} days: runbooks/restore.md restores from them`
      : undefined,
  ),
  of('aws:elasticache/replicationGroup:ReplicationGroup', (name, { finalSnapshotIdentifier }) =>
    typeof finalSnapshotIdentifier === 'string'
      ? `the final snapshot ${finalSnapshotIdentifier} of the cache ${name}, until somebody deletes it`
      : undefined,
  ),
  // EKS writes for a while after the group was deleted, and then makes a new one.
  of('aws:cloudwatch/logGroup:LogGroup', (_, { name }) =>
    typeof name === 'string' && name.startsWith('/aws/eks/')
      ? `perhaps the log group ${name}, which EKS makes anew for its last lines: aws logs delete-log-group`
      : undefined,
  ),
  (resource) =>
    resource.retainOnDelete && resource.custom
      ? `${nameOf(resource)} (${resource.type}), which is retained`
      : undefined,
]

/** What stops a destroy, the first thing to do first. */
export function blockers(resources: StateResource[], pending: { type: string; urn: string }[]): string[] {
  const kept = resources.filter(({ protect }) => protect)
  return [
    ...pending.map(({ type, urn }) => `an interrupted operation (${type} ${urn}): runbooks/stuck-state.md`),
    ...(kept.length > 0
      ? [`${kept.length} resources are protected by Pulumi (${sample(kept)}): dhakacart:protect false, then pulumi up`]
      : []),
    ...said(resources, refusals),
    ...fromInside(resources),
  ]
}

/** What is left after a destroy. */
export function remains(resources: StateResource[]): string[] {
  return [...keysLeft(resources), ...said(resources, leftovers)]
}

function keysLeft(resources: StateResource[]): string[] {
  const keys = resources.filter(({ type }) => type === 'aws:kms/key:Key')
  const windows = Map.groupBy(keys, ({ inputs }) => days(inputs?.deletionWindowInDays, 30))
  return [...windows].map(([window, of]) => {
    const back = 'until then aws kms cancel-key-deletion brings one back, and with it all that it encrypts'
    return `the ${of.length === 1 ? 'key' : `${of.length} keys`} ${sample(of, 10)}, for ${window} days: ${back}`
  })
}

// Pulumi takes objects in the cluster away through the Kubernetes API, which is private once the first `up` is over.
function fromInside(resources: StateResource[]): string[] {
  const inside = resources.filter(({ type }) => type.startsWith('kubernetes:'))
  const cluster = resources.find(({ type }) => type === 'eks:index:Cluster' || type === 'aws:eks/cluster:Cluster')
  const { endpointPublicAccess, vpcConfig } = (cluster?.inputs ?? {}) as {
    endpointPublicAccess?: boolean
    vpcConfig?: { endpointPublicAccess?: boolean }
  }
  if (inside.length === 0 || (endpointPublicAccess ?? vpcConfig?.endpointPublicAccess)) return []
  return [
    `${inside.length} objects are inside the cluster, whose endpoint is private: open it to this machine first (dhakacart:clusterPublicAccessCidrs), or destroy from inside the network`,
  ]
}

function said(resources: StateResource[], rules: Rule[]): string[] {
  return [...new Set(resources.flatMap((resource) => rules.flatMap((rule) => rule(resource) ?? [])))]
}

function sample(resources: StateResource[], most = 6): string {
  const names = [...new Set(resources.map(nameOf))]
  return names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ')
}
