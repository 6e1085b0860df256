import { createHash } from 'node:crypto'
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager'
import type { Clients } from '../aws/clients.ts'
import { AwsFailure, ask, unless } from '../aws/failure.ts'
import { CommandError } from '../terminal/terminal.ts'

/** What Secrets Manager has of one secret; `changed` and `version` are of its present value. */
export type SecretState =
  | { state: 'not declared' | 'empty' | 'being deleted' }
  | { state: 'has a value'; version: string; changed: Date }

/** Looks at one secret without reading its value. */
export async function lookAtSecret({ secrets }: Clients, id: string): Promise<SecretState> {
  const found = await ask('secretsmanager:DescribeSecret', id, () =>
    secrets.send(new DescribeSecretCommand({ SecretId: id })),
  ).catch(unless('ResourceNotFoundException'))
  if (!found) return { state: 'not declared' }
  if (found.DeletedDate) return { state: 'being deleted' }
  const { Versions } = await ask('secretsmanager:ListSecretVersionIds', id, () =>
    secrets.send(new ListSecretVersionIdsCommand({ SecretId: id })),
  )
  const current = Versions?.find(({ VersionStages }) => VersionStages?.includes('AWSCURRENT'))
  if (!current?.VersionId) return { state: 'empty' }
  return { state: 'has a value', version: current.VersionId, changed: current.CreatedDate ?? new Date(0) }
}

/** Reads the present value: only for what must be kept while something is added to it. */
export async function readSecret({ secrets }: Clients, id: string): Promise<string> {
  const found = await ask('secretsmanager:GetSecretValue', id, () =>
    secrets.send(new GetSecretValueCommand({ SecretId: id })),
  )
  return found.SecretString ?? ''
}

/**
 * Writes a value in the place of the version that was seen (none: the first one). Two people at once cannot overwrite one another:
 * the token of the request goes by the version that it follows, and AWS takes a token once.
 * @throws {CommandError} when somebody else was faster
 */
export async function writeSecret({ secrets }: Clients, id: string, value: string, after?: string): Promise<void> {
  const token = createHash('sha256')
    .update(`${id} after ${after ?? 'nothing'}`)
    .digest('hex')
  const request = new PutSecretValueCommand({ SecretId: id, SecretString: value, ClientRequestToken: token })
  try {
    await ask('secretsmanager:PutSecretValue', id, () => secrets.send(request))
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.code !== 'ResourceExistsException') throw error
    throw new CommandError(`Somebody else wrote ${id} just now: it was left as it is. Run it again to see.`)
  }
}
