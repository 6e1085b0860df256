import { shown } from '../problems.ts'
import type { Settings } from '../schema.ts'
import { type Rule, when } from './rule.ts'

const groups = [
  'deployerPrincipals',
  'operatorPrincipals',
  'viewerPrincipals',
  'breakGlassPrincipals',
  'secretKeeperPrincipals',
] as const

export const peopleRules: readonly Rule[] = [
  {
    name: 'the account can exist',
    reads: ['accountId'],
    find: ({ accountId }) =>
      when(
        /^0+$/.test(accountId),
        'accountId',
        `${shown(accountId)} is nobody's; use the 12 digits of an account, in quotes`,
      ),
  },
  // One rule for each list, so that a mistake in one does not hide those in another. Accounts other than the stack's are right: many keep
  // their people in an account of its own.
  ...groups.map(
    (group): Rule => ({
      name: `accounts of ${group} can exist`,
      reads: [group],
      find: (settings: Settings) =>
        settings[group].flatMap((arn, at) =>
          when(
            /^0+$/.test(arn.split(':')[4] ?? ''),
            `${group}[${at}]`,
            `${shown(arn)} is of account 000000000000, which is nobody's; use the account of the role or user`,
          ),
        ),
    }),
  ),
  {
    name: 'a runner has its connection and its actors',
    reads: ['githubRepository', 'githubConnectionArn', 'githubActorIds'],
    find({ githubRepository, githubConnectionArn, githubActorIds }) {
      if (githubRepository === '') return []
      const because = `while githubRepository is ${shown(githubRepository)}`
      return [
        ...when(
          githubConnectionArn === '',
          'githubConnectionArn',
          `is empty ${because}; use the ARN of a CodeConnections connection`,
        ),
        ...when(
          githubActorIds.length === 0,
          'githubActorIds',
          `is empty ${because}; use at least one numeric id, or nobody can start the runner`,
        ),
      ]
    },
  },
  {
    name: 'the connection is of this account and region',
    reads: ['region', 'accountId', 'githubConnectionArn'],
    find({ region, accountId, githubConnectionArn }) {
      const [, , , where, account] = githubConnectionArn.split(':')
      const differs = githubConnectionArn !== '' && (where !== region || account !== accountId)
      const others = [where !== region && `region ${where}`, account !== accountId && `account ${account}`].filter(
        Boolean,
      )
      return when(
        differs,
        'githubConnectionArn',
        `${shown(githubConnectionArn)} is of ${others.join(' and ')}; use a connection of ${region} in ${accountId}`,
      )
    },
  },
]
