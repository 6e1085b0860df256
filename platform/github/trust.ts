import { githubAudience, githubIssuer, githubProviderArn } from '../bootstrap/names.ts'
import { policyDocument } from '../policy.ts'
import type { Stack } from '../stack.ts'

/**
 * Who may take a role from GitHub: jobs of the one repository in the one environment, on the branches given. AWS has looked at these claims
 * one by one since 2026-02 (STS, "provider-specific claims"; read 2026-11-21); a claim that is missing passes no condition. IAM demands one on
 * `sub` besides, whose default has the owner's and the repository's numbers in it for repositories made since the summer of 2026.
 * @param refs patterns of the ref that the job runs on: `refs/heads/main`
 */
export function githubTrust({ settings }: Stack, environment: string, refs: string[]): string {
  const { accountId, githubRepository, githubRepositoryId } = settings
  const [owner = '', name = ''] = githubRepository.split('/')
  const subject = (repository: string) => `repo:${repository}:environment:${environment}`
  const claim = (key: string) => `${githubIssuer}:${key}`
  return policyDocument([
    {
      Sid: 'GitHub',
      Effect: 'Allow',
      Principal: { Federated: githubProviderArn(accountId) },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          [claim('aud')]: githubAudience,
          [claim('repository')]: githubRepository,
          [claim('environment')]: environment,
          ...(githubRepositoryId !== '' && { [claim('repository_id')]: githubRepositoryId }),
        },
        StringLike: {
          [claim('ref')]: refs,
          [claim('sub')]: [subject(githubRepository), subject(`${owner}@*/${name}@${githubRepositoryId || '*'}`)],
        },
      },
    },
  ])
}
