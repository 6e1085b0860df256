import * as aws from '@pulumi/aws'
import * as kubernetes from '@pulumi/kubernetes'
import { type Hole, inputsOf, policyOf, seed } from './seed.ts'

const clusterName = 'dhakacart-prod'
const role = (assumeRolePolicy: string) => new aws.iam.Role('hole', { name: 'hole', assumeRolePolicy })

/** Other inputs of the cluster, whatever the component calls it. */
const cluster =
  (change: (props: Record<string, unknown>) => object): Hole['change'] =>
  (type, _name, props) =>
    type === 'aws:eks/cluster:Cluster' ? { ...props, ...change(props) } : undefined
const endpoint = (config: object) => cluster((props) => ({ vpcConfig: { ...(props.vpcConfig as object), ...config } }))

await seed({
  'the Kubernetes API open to everybody in two halves': {
    proof: 'kubernetes-from-named-addresses',
    says: /publicAccessCidrs 0\.0\.0\.0\/1, 128\.0\.0\.0\/1/,
    change: endpoint({ endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/1', '128.0.0.0/1'] }),
  },
  'the Kubernetes API open with an empty list, which is everybody': {
    proof: 'kubernetes-from-named-addresses',
    says: /for every address/,
    change: endpoint({ endpointPublicAccess: true, publicAccessCidrs: [] }),
  },
  'the Kubernetes API with no word about its public endpoint': {
    proof: 'kubernetes-from-named-addresses',
    says: /for every address/,
    change: endpoint({ endpointPublicAccess: undefined }),
  },
  'an administrator more': {
    proof: 'named-administrators',
    says: /role\/dhakacart-prod-eks-operator administers the cluster: AccessPolicyAssociation 'hole'/,
    add: (prod) => {
      new aws.eks.AccessPolicyAssociation('hole', {
        clusterName,
        principalArn: `arn:aws:iam::222222222222:role/${prod.role('eks-operator')}`,
        policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy',
        accessScope: { type: 'cluster' },
      })
    },
  },
  'an entry in a group that a binding makes administrators': {
    proof: 'named-administrators',
    says: /AccessEntry 'hole' puts it into the group ops/,
    add: () => {
      const principalArn = 'arn:aws:iam::222222222222:user/mallory'
      new aws.eks.AccessEntry('hole', { clusterName, principalArn, kubernetesGroups: ['ops'] })
      new kubernetes.rbac.v1.ClusterRoleBinding('hole', {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
        subjects: [{ kind: 'Group', name: 'ops' }],
      })
    },
  },
  'the creator of the cluster made an administrator': {
    proof: 'named-administrators',
    says: /whoever makes the cluster/,
    change: cluster(() => ({ accessConfig: { authenticationMode: 'API' } })),
  },
  'a role that can let itself in': {
    proof: 'named-administrators',
    says: /RolePolicy 'hole'.*lets it give itself access/,
    add: (prod) => {
      const policy = policyOf({ Action: 'eks:*Access*', Resource: '*' })
      new aws.iam.RolePolicy('hole', { role: prod.role('door'), policy })
    },
  },
  'one more who takes the deployer': {
    proof: 'named-administrators',
    says: /arn:aws:iam::222222222222:root take it/,
    change: inputsOf('aws:iam/role:Role', 'eks-deployer', {
      assumeRolePolicy: policyOf({ Principal: { AWS: 'arn:aws:iam::222222222222:root' } }),
    }),
  },
  'break-glass without a second factor': {
    proof: 'named-administrators',
    says: /break-glass-1 take it.* without a second factor/,
    change: inputsOf('aws:iam/role:Role', 'break-glass', {
      assumeRolePolicy: policyOf({
        Principal: { AWS: 'arn:aws:iam::222222222222:user/break-glass-1' },
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } },
      }),
    }),
  },
  'a role for everybody': {
    proof: 'no-role-trusts-the-world',
    says: /Role 'hole': statement 1 lets \* take it/,
    add: () => role(policyOf({ Principal: { AWS: '*' } })),
  },
  'a role for everybody but one': {
    proof: 'no-role-trusts-the-world',
    says: /everybody but arn:aws:iam::222222222222:user\/mallory/,
    add: () => role(policyOf({ NotPrincipal: { AWS: 'arn:aws:iam::222222222222:user/mallory' } })),
  },
  'a role for another account': {
    proof: 'no-role-trusts-the-world',
    says: /333333333333/,
    add: () => role(policyOf({ Principal: { AWS: ['333333333333'] }, Action: 'sts:*' })),
  },
  'a role for every repository of GitHub': {
    proof: 'no-role-trusts-the-world',
    says: /token\.actions\.githubusercontent\.com take it/,
    add: () =>
      role(
        policyOf({
          Action: 'sts:AssumeRoleWithWebIdentity',
          Principal: { Federated: 'arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com' },
          Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } },
        }),
      ),
  },
  'a runner that may do something': {
    proof: 'runner-may-do-nothing',
    says: /may secretsmanager:GetSecretValue/,
    add: (prod) => {
      const policy = policyOf({ Action: ['secretsmanager:GetSecretValue', 'logs:PutLogEvents'], Resource: '*' })
      new aws.iam.RolePolicy('hole', { role: prod.role('runner'), policy })
    },
  },
  'a runner that may do everything but one thing': {
    proof: 'runner-may-do-nothing',
    says: /everything but iam:\*/,
    add: (prod) => {
      const statement = { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }
      const own = new aws.iam.Policy('hole', { name: 'hole', policy: JSON.stringify({ Statement: statement }) })
      new aws.iam.RolePolicyAttachment('hole', { role: prod.role('runner'), policyArn: own.arn })
    },
  },
  "a runner with a policy of AWS's that nobody here knows": {
    proof: 'runner-may-do-nothing',
    says: /not known: .*AWSSomethingNew, and what is in it is not known/,
    add: (prod) => {
      new aws.iam.RolePolicyAttachment('hole', {
        role: prod.role('runner'),
        policyArn: 'arn:aws:iam::aws:policy/AWSSomethingNew',
      })
    },
  },
})
