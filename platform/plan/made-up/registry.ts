import type { Row } from './template.ts'

/** Images. */
export const registry: Record<string, Row> = {
  'aws:ecr/lifecyclePolicy:LifecyclePolicy': { id: '{in.repository}', registryId: '{account}' },
  'aws:ecr/pullThroughCacheRule:PullThroughCacheRule': { id: '{in.ecrRepositoryPrefix}', registryId: '{account}' },
  'aws:ecr/repository:Repository': {
    id: '{in.name}',
    arn: 'arn:aws:ecr:{region}:{account}:repository/{in.name}',
    registryId: '{account}',
    repositoryUrl: '{account}.dkr.ecr.{region}.amazonaws.com/{in.name}',
  },
  'aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate': { id: '{in.prefix}', registryId: '{account}' },
}
