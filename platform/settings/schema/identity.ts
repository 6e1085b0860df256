import { principals, text } from '../rows.ts'

/** Roles that GitHub takes, and who reads secrets (identity.ts, secrets.ts). */
export const identitySettings = {
  secretKeeperPrincipals: principals({
    part: 'secrets',
    default: [],
    description:
      'Who may read the values of secrets beside the workload that needs them: to rotate the keys of tokens a person must add to them.',
    wanted: 'ARNs of IAM roles or users',
  }),
  githubRepositoryId: text(
    {
      part: 'identity',
      default: '',
      description: 'The number of githubRepository, which another repository of that name can never have.',
      wanted: 'a number in quotes, as https://api.github.com/repos/<owner>/<name> tells it as `id`',
    },
    { pattern: '^$|^[0-9]{1,12}$' },
  ),
  githubBranch: text(
    {
      part: 'identity',
      default: 'main',
      description: 'The one branch that deploys.',
      wanted: 'the name of a branch, in letters, digits, ., _, - and /',
    },
    { pattern: '^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$' },
  ),
  githubEnvironment: text(
    {
      part: 'identity',
      default: 'production',
      description:
        'The protected environment of GitHub that deploys this stack; previews use the one of that name with `-preview`.',
      wanted: 'the name of an environment, in letters, digits, _ and -',
    },
    { pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$' },
  ),
}
