import { text } from '../rows.ts'

/** Roles that GitHub takes (identity.ts). */
export const identitySettings = {
  githubBranch: text(
    {
      part: 'later: identity',
      default: 'main',
      description: 'The one branch that deploys.',
      wanted: 'the name of a branch, in letters, digits, ., _, - and /',
    },
    { pattern: '^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$' },
  ),
  githubEnvironment: text(
    {
      part: 'later: identity',
      default: 'production',
      description:
        'The protected environment of GitHub that deploys this stack; previews use the one of that name with `-preview`.',
      wanted: 'the name of an environment, in letters, digits, _ and -',
    },
    { pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$' },
  ),
}
