import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { workloadRoleArn } from './identity/names.ts'
import type { Keys } from './keys.ts'
import { policyDocument } from './policy.ts'
import { type SecretReader, type SecretRow, secretId, secretTable } from './secrets/table.ts'
import type { Stack } from './stack.ts'

export interface SecretsArgs {
  stack: Stack
  keys: Keys
}

/**
 * The secrets of the stack, declared empty: a value that the program wrote would stay in its state for ever. `npm run secrets` gives
 * them their values.
 */
export class Secrets extends pulumi.ComponentResource {
  private readonly arns = new Map<string, pulumi.Output<string>>()

  constructor(name: string, args: SecretsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Secrets', name, {}, { ...opts, provider: args.stack.provider })
    for (const row of secretTable) this.arns.set(row.name, this.make(row, args))
    this.registerOutputs({})
  }

  /**
   * The ARN of a secret of `secrets/table.ts`, with the six characters that AWS puts behind its name.
   * @throws Error on a name that the table does not have
   */
  arnOf(name: string): pulumi.Output<string> {
    const arn = this.arns.get(name)
    if (!arn) throw new Error(`There is no secret ${name}; there are ${[...this.arns.keys()].join(', ')}.`)
    return arn
  }

  private make(row: SecretRow, { stack, keys }: SecretsArgs): pulumi.Output<string> {
    const { settings } = stack
    const secret = new aws.secretsmanager.Secret(
      row.name,
      {
        name: secretId(stack.name, row),
        description: `${row.description} Rotated ${row.rotated}.`,
        kmsKeyId: row.underKeyOfAws ? undefined : keys.secrets.arn,
        recoveryWindowInDays: settings.kmsDeletionWindowDays,
        tags: stack.tags(row.name, 'internal'),
      },
      { parent: this, protect: settings.protect },
    )
    const policy = new aws.secretsmanager.SecretPolicy(
      row.name,
      { secretArn: secret.arn, policy: readingPolicy(stack, row.reader), blockPublicPolicy: true },
      { parent: this, deletedWith: secret },
    )
    return policy.secretArn
  }
}

/**
 * Nobody reads the value but its reader and the keepers, whatever IAM allows them. Only reading is denied: whoever may change this policy
 * can undo it, which CloudTrail shows, so a wrong name in it locks nobody out. It gives nothing either: the reader's own role must allow
 * the call too. Names stand in a condition, because AWS refuses a principal that does not exist yet.
 */
function readingPolicy(stack: Stack, reader: SecretReader): string {
  return policyDocument([
    {
      Sid: 'NobodyElseReads',
      Effect: 'Deny',
      Principal: '*',
      Action: 'secretsmanager:GetSecretValue',
      // In the policy of a secret: this one.
      Resource: '*',
      Condition: {
        ArnNotEquals: { 'aws:PrincipalArn': [readerArn(stack, reader), ...stack.settings.secretKeeperPrincipals] },
      },
    },
  ])
}

function readerArn(stack: Stack, reader: SecretReader): string {
  if (reader !== 'pull-through cache') return workloadRoleArn(stack, reader)
  return `arn:aws:iam::${stack.settings.accountId}:role/aws-service-role/pullthroughcache.ecr.amazonaws.com/AWSServiceRoleForECRPullThroughCache`
}
