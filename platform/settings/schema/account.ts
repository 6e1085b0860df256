import { choice } from '../rows.ts'

/** What the account sees (account.ts). */
export const accountSettings = {
  cloudTrail: choice(
    {
      part: 'account',
      default: 'build',
      description:
        'Who writes down every call in the account: a trail of this stack, one that the account has already, or nobody. A second trail is charged.',
    },
    ['build', 'exists', 'none'],
  ),
  guardDuty: choice(
    {
      part: 'account',
      default: 'build',
      description:
        'Who looks for intruders: a detector of this stack, one that the account has already, or nobody. An account can have one; charged by what it reads.',
    },
    ['build', 'exists', 'none'],
  ),
  awsConfig: choice(
    {
      part: 'account',
      default: 'build',
      description:
        'Who records how every resource was: a recorder of this stack, one that the account has already, or nobody. An account can have one; charged by the change.',
    },
    ['build', 'exists', 'none'],
  ),
}
