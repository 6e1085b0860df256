import type { Resource } from '../graph.ts'
import { speaksOf } from './documents.ts'
import { factsOf, isRecord, label, plain } from './facts.ts'
import { type Identities, permissionsOf, roleType } from './roles.ts'

/** Somebody who administers a cluster, or could make themselves do so. */
export interface Administrator {
  /** An ARN, or words where it is nobody by name. */
  principal: string
  /** The role, where this plan makes it. */
  role?: Resource
  because: string
}

/** EKS's policies that are all of Kubernetes, or all of it but the cluster's own parts. */
const adminPolicies = /cluster-access-policy\/AmazonEKS(ClusterAdmin|Admin)Policy$/
/** With any of these, a role lets itself in. */
const lettingIn = ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy', 'eks:UpdateAccessEntry']
const bindingTypes = [
  'kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding',
  'kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBindingPatch',
]

/** Who administers the clusters of a plan: by access policies, by groups, as creators, and who could let themselves in. */
export function administrators(identities: Identities): { all: Administrator[]; doubts: string[] } {
  const { index } = identities
  const doubts: string[] = []
  const self = identities.roles.flatMap((role) => {
    const permissions = permissionsOf(identities, role)
    doubts.push(...permissions.doubts)
    const hit = permissions.grants.find(({ statement }) => lettingIn.some((action) => speaksOf(statement, action, '*')))
    return hit ? [{ principal: arnOf(role), role, because: `${hit.says} lets it give itself access` }] : []
  })
  const found = [...byPolicy(identities), ...byGroup(identities), ...byCreation(identities), ...self]
  return {
    all: found.map((one) => ({ ...one, ...withRole(one.principal, index.find([roleType], one.principal)) })),
    doubts,
  }
}

const withRole = (_principal: string, role: Resource | undefined) => (role ? { role } : {})
const arnOf = (role: Resource) => String(plain(role.outputs.arn) ?? role.urn)

function byPolicy({ index, undecided }: Identities): Administrator[] {
  return index.of('aws:eks/accessPolicyAssociation:AccessPolicyAssociation').flatMap((association) => {
    const said = factsOf(association, undecided)
    const policy = said.text('policyArn') ?? ''
    const principal = said.text('principalArn')
    if (!principal) said.note('principalArn', 'names nobody')
    if (!adminPolicies.test(policy)) return []
    return [
      {
        principal: principal ?? 'somebody not known',
        because: `${label(association)} gives it ${policy.split('/').at(-1)}`,
      },
    ]
  })
}

function byGroup({ index, undecided }: Identities): Administrator[] {
  const powerful = new Set([
    'system:masters',
    ...index.of(...bindingTypes).flatMap((binding) => {
      const said = factsOf(binding, undecided)
      if (said.text('roleRef.name') !== 'cluster-admin') return []
      return said.list('subjects').flatMap((subject) => subject.text('name') ?? [])
    }),
  ])
  return index.of('aws:eks/accessEntry:AccessEntry').flatMap((entry) => {
    const said = factsOf(entry, undecided)
    const group = said.texts('kubernetesGroups').find((name) => powerful.has(name))
    if (!group) return []
    return [
      {
        principal: said.text('principalArn') ?? 'somebody not known',
        because: `${label(entry)} puts it into the group ${group}`,
      },
    ]
  })
}

function byCreation({ index, undecided }: Identities): Administrator[] {
  return index.of('aws:eks/cluster:Cluster').flatMap((cluster): Administrator[] => {
    const said = factsOf(cluster, undecided)
    const config = said.value('accessConfig')
    const mode = said.text('accessConfig.authenticationMode')
    const creator: Administrator = {
      principal: 'whoever makes the cluster',
      because: `${label(cluster)} has bootstrapClusterCreatorAdminPermissions`,
    }
    const mapped: Administrator = {
      principal: 'whoever the ConfigMap aws-auth names',
      because: `${label(cluster)} has the authentication mode ${mode ?? 'CONFIG_MAP'}`,
    }
    // AWS makes the creator an administrator unless it is told not to, and reads the ConfigMap unless the mode is API.
    const bootstraps = !isRecord(config) || said.flag('accessConfig.bootstrapClusterCreatorAdminPermissions') !== false
    return [...(bootstraps ? [creator] : []), ...(mode === 'API' ? [] : [mapped])]
  })
}
