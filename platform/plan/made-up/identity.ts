import type { Row } from './template.ts'

const iam = 'arn:aws:iam::{account}'
const eks = 'arn:aws:eks:{region}:{account}'

/** Who may do what, keys, and the cluster. Shapes of ARNs as in AWS's Service Authorization Reference (2026-11). */
export const identity: Record<string, Row> = {
  'aws:iam/role:Role': {
    id: '{in.name}',
    arn: `${iam}:role/{in.name}`,
    uniqueId: 'AROA{hex:16}',
    createDate: '2026-01-01T00:00:00Z',
    maxSessionDuration: 3600,
    path: '/',
  },
  'aws:iam/policy:Policy': { id: '{arn}', arn: `${iam}:policy/{in.name}`, policyId: 'ANPA{hex:16}', path: '/' },
  'aws:iam/rolePolicy:RolePolicy': { id: '{in.role}:{in.name}' },
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': { id: '{in.role}-{digits:10}' },
  'aws:iam/instanceProfile:InstanceProfile': {
    id: '{in.name}',
    arn: `${iam}:instance-profile/{in.name}`,
    uniqueId: 'AIPA{hex:16}',
    path: '/',
  },
  'aws:iam/user:User': { id: '{in.name}', arn: `${iam}:user/{in.name}`, uniqueId: 'AIDA{hex:16}', path: '/' },
  'aws:iam/group:Group': { id: '{in.name}', arn: `${iam}:group/{in.name}`, path: '/' },
  'aws:iam/openIdConnectProvider:OpenIdConnectProvider': { id: '{arn}', arn: `${iam}:oidc-provider/{in.host}` },
  'aws:kms/key:Key': {
    id: '{uuid}',
    keyId: '{id}',
    arn: 'arn:aws:kms:{region}:{account}:key/{id}',
    keyUsage: 'ENCRYPT_DECRYPT',
    customerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    isEnabled: true,
    multiRegion: false,
  },
  'aws:kms/alias:Alias': {
    id: '{in.name}',
    arn: 'arn:aws:kms:{region}:{account}:{in.name}',
  },
  'aws:kms/keyPolicy:KeyPolicy': { id: '{in.keyId}' },
  'aws:kms/grant:Grant': { id: '{in.keyId}:{hex:64}', grantId: '{hex:64}' },
  'aws:eks/cluster:Cluster': {
    id: '{in.name}',
    arn: `${eks}:cluster/{in.name}`,
    endpoint: 'https://{hex:32}.gr7.{region}.eks.amazonaws.com',
    certificateAuthority: { data: 'bWFkZSB1cA==' },
    identities: [{ oidcs: [{ issuer: 'https://oidc.eks.{region}.amazonaws.com/id/{hex:32}' }] }],
    platformVersion: 'eks.1',
    status: 'ACTIVE',
    createdAt: '2026-01-01T00:00:00Z',
  },
  'aws:eks/nodeGroup:NodeGroup': {
    id: '{in.clusterName}:{in.nodeGroupName}',
    arn: `${eks}:nodegroup/{in.clusterName}/{in.nodeGroupName}/{uuid}`,
    status: 'ACTIVE',
    resources: [{ autoscalingGroups: [{ name: 'eks-{in.nodeGroupName}-{uuid}' }] }],
  },
  'aws:eks/accessEntry:AccessEntry': {
    id: '{in.clusterName}:{in.principalArn}',
    accessEntryArn: `${eks}:access-entry/{in.clusterName}/role/{account}/{name}/{uuid}`,
    type: 'STANDARD',
    userName: '{in.principalArn}',
    createdAt: '2026-01-01T00:00:00Z',
    modifiedAt: '2026-01-01T00:00:00Z',
  },
  'aws:eks/accessPolicyAssociation:AccessPolicyAssociation': {
    id: '{in.clusterName}#{in.principalArn}#{in.policyArn}',
    associatedAt: '2026-01-01T00:00:00Z',
    modifiedAt: '2026-01-01T00:00:00Z',
  },
  'aws:eks/addon:Addon': {
    id: '{in.clusterName}:{in.addonName}',
    arn: `${eks}:addon/{in.clusterName}/{in.addonName}/{uuid}`,
    createdAt: '2026-01-01T00:00:00Z',
    modifiedAt: '2026-01-01T00:00:00Z',
  },
  'aws:eks/podIdentityAssociation:PodIdentityAssociation': {
    id: 'a-{hex:17}',
    associationId: '{id}',
    associationArn: `${eks}:podidentityassociation/{in.clusterName}/{id}`,
    externalId: '{uuid}',
  },
  'aws:secretsmanager/secretPolicy:SecretPolicy': { id: '{in.secretArn}' },
}
