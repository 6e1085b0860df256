import type { Cases } from './rule-cases.ts'

const connection = (region: string, account: string) =>
  `arn:aws:codeconnections:${region}:${account}:connection/01234567-89ab-cdef-0123-456789abcdef`
const runner = { githubConnectionArn: connection('ap-southeast-1', '222222222222'), githubActorIds: ['7'] }
const nobody = (kind: string) => `arn:aws:iam::000000000000:role/${kind}`

/** Cases of the rules about people, the account and the runner. */
export const peopleCases: Record<string, Cases> = {
  'the account can exist': {
    fails: [
      [
        { accountId: '000000000000' },
        `dhakacart:accountId: "000000000000" is nobody's; use the 12 digits of an account, in quotes`,
      ],
    ],
    passes: [{ accountId: '000000000001' }],
  },
  ...Object.fromEntries(
    (
      [
        'deployerPrincipals',
        'operatorPrincipals',
        'viewerPrincipals',
        'breakGlassPrincipals',
        'secretKeeperPrincipals',
      ] as const
    ).map((group): [string, Cases] => [
      `accounts of ${group} can exist`,
      {
        fails: [
          [
            { [group]: ['arn:aws:iam::333333333333:role/a', nobody('b')] },
            `dhakacart:${group}[1]: "${nobody('b')}" is of account 000000000000, which is nobody's; use the account of the role or user`,
          ],
        ],
        passes: [{ [group]: ['arn:aws:iam::333333333333:user/team/a'] }],
      },
    ]),
  ),
  'a runner has its connection and its actors': {
    fails: [
      [
        { githubRepository: 'dhakacart/dhakacart' },
        'dhakacart:githubConnectionArn is empty while githubRepository is "dhakacart/dhakacart"; use the ARN of a CodeConnections connection',
        'dhakacart:githubActorIds is empty while githubRepository is "dhakacart/dhakacart"; use at least one numeric id, or nobody can start the runner',
      ],
    ],
    passes: [{ githubRepository: 'dhakacart/dhakacart', ...runner }, { githubRepository: '' }],
  },
  'the connection is of this account and region': {
    fails: [
      [
        { githubConnectionArn: connection('us-east-1', '333333333333') },
        `dhakacart:githubConnectionArn: ${JSON.stringify(connection('us-east-1', '333333333333')).slice(0, 77)}... is of region us-east-1 and account 333333333333; use a connection of ap-southeast-1 in 222222222222`,
      ],
    ],
    passes: [runner],
  },
}
