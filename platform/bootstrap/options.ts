import { parseArgs } from 'node:util'
import { CommandError } from '../terminal/terminal.ts'

export const usage = `Usage: npm run bootstrap -- --stack STACK [--yes] [--dry-run]

Makes what must exist once before the first "pulumi up" of a stack: the bucket of Pulumi's state and its key, the key of Pulumi's
secrets, what belongs to the whole account (GitHub's identity provider, EBS encryption by default, AWS Backup's opt-in for RDS, the
cost tag "stack", and that the trail, GuardDuty and AWS Config are as the settings say), the login to the bucket, and the stack itself. It says what it will do and asks. It can be run again at any time:
what is there stays, and what is not as it should be is mended.

  --stack STACK   staging, prod, or another with a file Pulumi.STACK.yaml
  --yes           does not ask
  --dry-run       says what it would do, and does nothing
  --backend URL   another place for Pulumi's state than the bucket, such as file:///var/lib/state (the bucket is made all the same)
  --help          this

It uses the AWS credentials that the AWS CLI would use (AWS_PROFILE, "aws sso login"), and the pulumi on PATH or in PULUMI_BIN.
Exit codes: 0 all is there, 1 something could not be done, 130 interrupted.`

export interface Options {
  stack: string
  yes: boolean
  dryRun: boolean
  backend?: string
}

/** @returns undefined when help was asked for */
export function readOptions(argv: string[]): Options | undefined {
  const { values } = parseArgs({
    args: argv,
    options: {
      stack: { type: 'string', short: 's' },
      yes: { type: 'boolean', short: 'y', default: false },
      'dry-run': { type: 'boolean', default: false },
      backend: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return undefined
  if (!values.stack)
    throw new CommandError('Which stack? Pass --stack, for example: npm run bootstrap -- --stack staging')
  return { stack: values.stack, yes: values.yes, dryRun: values['dry-run'], backend: values.backend }
}
