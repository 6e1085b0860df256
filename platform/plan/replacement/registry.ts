import { cloudFormationOnly, inPlace, type Rules, terraform } from './rules.ts'

/** Images. */
export const registry: Record<string, Rules> = {
  'aws:ecr/lifecyclePolicy:LifecyclePolicy': {
    source: terraform('ecr/lifecycle_policy.go', '00a35305dc1b297a6fcdecdfbba33f1e63c3da39'),
    replace: ['policy', 'repository'],
    update: [],
  },
  'aws:ecr/pullThroughCacheRule:PullThroughCacheRule': {
    source: terraform('ecr/pull_through_cache_rule.go', '0509e60e8e895c393eb27fcebb30cceceff51528'),
    cloudFormation: { type: 'AWS::ECR::PullThroughCacheRule' },
    replace: ['ecrRepositoryPrefix', 'upstreamRegistryUrl', 'upstreamRepositoryPrefix'],
    update: ['credentialArn', 'customRoleArn'],
    differs: { credentialArn: inPlace, customRoleArn: inPlace },
  },
  'aws:ecr/repository:Repository': {
    source: cloudFormationOnly,
    cloudFormation: {
      type: 'AWS::ECR::Repository',
      names: {
        RepositoryName: 'name',
        EncryptionConfiguration: 'encryptionConfigurations',
        'EncryptionConfiguration/EncryptionType': 'encryptionConfigurations.encryptionType',
        'EncryptionConfiguration/KmsKey': 'encryptionConfigurations.kmsKey',
      },
    },
    replace: [
      'name',
      'encryptionConfigurations',
      'encryptionConfigurations.encryptionType',
      'encryptionConfigurations.kmsKey',
    ],
    update: ['forceDelete', 'imageScanningConfiguration', 'imageTagMutability', 'imageTagMutabilityExclusionFilters'],
  },
  'aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate': {
    source: terraform('ecr/repository_creation_template.go', '083b5c7aff2ae2c12dcba1e8e1cc1beb7754b60a'),
    cloudFormation: { type: 'AWS::ECR::RepositoryCreationTemplate' },
    replace: ['prefix'],
    update: [
      'appliedFors',
      'customRoleArn',
      'description',
      'encryptionConfigurations',
      'imageTagMutability',
      'imageTagMutabilityExclusionFilters',
      'lifecyclePolicy',
      'repositoryPolicy',
      'resourceTags',
    ],
  },
}
