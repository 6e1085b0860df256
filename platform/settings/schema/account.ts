import { choice } from '../rows.ts'

/** What the account sees (account.ts). */
export const accountSettings = {
  cloudTrail: choice(
    {
      part: 'later: account',
      default: 'build',
      description:
        'Who writes down every call in the account: a trail of this stack, one that the account has already, or nobody.',
    },
    ['build', 'exists', 'none'],
  ),
  guardDuty: choice(
    {
      part: 'later: account',
      default: 'build',
      description:
        'Who looks for intruders: a detector of this stack, one that the account has already, or nobody. Charged by what it reads.',
    },
    ['build', 'exists', 'none'],
  ),
  awsConfig: choice(
    {
      part: 'later: account',
      default: 'build',
      description:
        'Who records how every resource was: a recorder of this stack, one that the account has already, or nobody. Charged by the change.',
    },
    ['build', 'exists', 'none'],
  ),
}
