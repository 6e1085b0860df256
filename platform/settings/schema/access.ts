import { Type } from 'typebox'
import { flag, list, principals, text } from '../rows.ts'

/** Who comes in, and the runner of the deploy workflow. */
export const accessSettings = {
  deployerPrincipals: principals(
    {
      part: 'access',
      description: 'Who may take the role under which Pulumi talks to Kubernetes.',
      wanted: 'ARNs of IAM roles or users',
    },
    { minItems: 1 },
  ),
  operatorPrincipals: principals({
    part: 'access',
    default: [],
    description:
      'People who may come through the door and change what runs in the cluster, not its access or its nodes.',
    wanted: 'ARNs of IAM roles or users',
  }),
  viewerPrincipals: principals({
    part: 'access',
    default: [],
    description: 'People who may come through the door and look, at everything but secrets.',
    wanted: 'ARNs of IAM roles or users',
  }),
  breakGlassPrincipals: principals({
    part: 'access',
    default: [],
    description:
      'People who may take the break-glass role, with a second factor and an alarm; empty makes no such role.',
    wanted: 'ARNs of IAM roles or users',
  }),
  door: flag({
    part: 'access',
    default: true,
    description: 'Whether the small host stands through which people reach the private endpoint; about 4 USD a month.',
  }),
  githubRepository: text(
    {
      part: 'runner',
      default: '',
      description: 'The repository whose deploy workflow the runner serves; empty makes no runner.',
      wanted: 'owner/name',
    },
    { pattern: '^$|^[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}$' },
  ),
  githubConnectionArn: text(
    {
      part: 'runner',
      default: '',
      description: "The connection to GitHub that was consented to by hand in AWS's console.",
      wanted: 'the ARN of a CodeConnections connection',
    },
    { pattern: '^$|^arn:aws:(codeconnections|codestar-connections):[a-z0-9-]+:[0-9]{12}:connection/[0-9a-f-]{36}$' },
  ),
  githubActorIds: list(
    {
      part: 'runner',
      default: [],
      description: 'Numeric ids of the GitHub accounts whose workflow runs the runner takes.',
      wanted: 'numbers in quotes, as https://api.github.com/users/<name> tells them',
    },
    Type.String({ pattern: '^[0-9]{1,12}$' }),
    { maxItems: 20 },
  ),
  githubDeployWorkflow: text(
    {
      part: 'runner',
      default: 'deploy',
      description: 'The name of the one workflow that the runner serves.',
      wanted: 'the name of a workflow, in letters, digits, spaces, _ and -',
    },
    { pattern: '^[A-Za-z0-9 _-]{1,64}$' },
  ),
}
