import { cloudFormationOnly, noSuchProperty, type Rules } from './rules.ts'

/** Secrets, and the roles of pods. Roles and their policies are in `services.ts`. */
export const identity: Record<string, Rules> = {
  'aws:secretsmanager/secret:Secret': {
    source: cloudFormationOnly,
    cloudFormation: { type: 'AWS::SecretsManager::Secret' },
    replace: ['name', 'namePrefix'],
    update: ['description', 'forceOverwriteReplicaSecret', 'kmsKeyId', 'policy', 'recoveryWindowInDays', 'replicas'],
    differs: { namePrefix: noSuchProperty },
  },
  'aws:secretsmanager/secretPolicy:SecretPolicy': {
    source: cloudFormationOnly,
    cloudFormation: { type: 'AWS::SecretsManager::ResourcePolicy', names: { SecretId: 'secretArn' } },
    replace: ['secretArn'],
    update: ['blockPublicPolicy', 'policy'],
  },
  'aws:eks/podIdentityAssociation:PodIdentityAssociation': {
    source: cloudFormationOnly,
    cloudFormation: { type: 'AWS::EKS::PodIdentityAssociation' },
    replace: ['clusterName', 'namespace', 'serviceAccount'],
    update: ['disableSessionTags', 'roleArn', 'targetRoleArn'],
  },
}
