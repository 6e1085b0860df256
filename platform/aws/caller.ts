import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { CommandError } from '../terminal/terminal.ts'
import type { Clients } from './clients.ts'
import { ask } from './failure.ts'

/** The accounts that the repository's stack files hold until somebody puts in their own. */
export const documentationAccounts = ['111111111111', '222222222222']

/**
 * Who we are to AWS; refuses every account but the stack's own.
 * @returns the ARN of the caller
 * @throws {CommandError} naming both accounts and what to do
 */
export async function checkCaller(clients: Clients, stack: string, accountId: string): Promise<string> {
  const caller = await ask('sts:GetCallerIdentity', 'these credentials', () =>
    clients.sts.send(new GetCallerIdentityCommand({})),
  )
  if (caller.Account === accountId) return caller.Arn ?? 'unknown'
  const setting = `dhakacart:accountId in Pulumi.${stack}.yaml`
  throw new CommandError(
    documentationAccounts.includes(accountId)
      ? `${setting} is still ${accountId}, an account for documentation: put in your own. These credentials are of account ${caller.Account} (${caller.Arn}).`
      : `These credentials are of account ${caller.Account} (${caller.Arn}), and ${setting} is ${accountId}: take credentials of ${accountId} (AWS_PROFILE), or correct the setting. Nothing was done.`,
  )
}
