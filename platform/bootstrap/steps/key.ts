import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KeyMetadata,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  paginateListKeys,
} from '@aws-sdk/client-kms'
import { ask, unless } from '../../aws/failure.ts'
import { missingStatements, type Statement, withStatements } from '../../aws/policy.ts'
import { CommandError } from '../../terminal/terminal.ts'
import type { Action, Finding, Place, Step } from '../step.ts'

export interface KeyOptions {
  name: string
  scope: Step['scope']
  /** `alias/...`; the key is found by it. */
  alias: string
  description: string
  statements: Statement[]
}

/** A step whose key others need: its ARN is known once the key was seen, or made. */
export interface KeyStep extends Step {
  arn(): string | undefined
}

/** By this tag a key is found again that was made just before the alias could not be. */
const aliasTag = 'bootstrap-alias'

/** A KMS key with an alias, yearly rotation and a policy. One costs about 1 USD a month (2026-11). */
export function keyStep(place: Place, options: KeyOptions): KeyStep {
  const { clients } = place
  const { alias } = options
  let known: string | undefined

  async function look(): Promise<Finding> {
    const key = await describe(place, alias)
    known = key?.Arn
    if (!key?.KeyId) return { state: 'create', actions: [{ say: `make the key ${alias}`, do: create }] }
    if (key.KeySpec !== 'SYMMETRIC_DEFAULT' || key.KeyUsage !== 'ENCRYPT_DECRYPT') {
      throw new CommandError(
        `${alias} names the key ${key.Arn}, which is ${key.KeySpec} for ${key.KeyUsage}: it must be a symmetric key for encryption. Point the alias elsewhere, or delete it, and run it again.`,
      )
    }
    const actions = await repairs(key.KeyId, key.KeyState)
    return { state: actions.length > 0 ? 'change' : 'present', actions }
  }

  async function create(): Promise<void> {
    const keyId = (await findWithoutAlias(place, alias)) ?? (await createKey())
    await ask('kms:CreateAlias', alias, () =>
      clients.kms.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: keyId })),
    )
    const key = await describe(place, alias)
    known = key?.Arn
    for (const action of await repairs(keyId, key?.KeyState)) await action.do()
  }

  async function createKey(): Promise<string> {
    const { KeyMetadata } = await ask('kms:CreateKey', alias, () =>
      clients.kms.send(
        new CreateKeyCommand({
          Description: options.description,
          KeySpec: 'SYMMETRIC_DEFAULT',
          KeyUsage: 'ENCRYPT_DECRYPT',
          Policy: withStatements(undefined, options.statements),
          Tags: tags({ ...tagsOf(place, options.scope), [aliasTag]: alias }),
        }),
      ),
    )
    return KeyMetadata?.KeyId ?? ''
  }

  async function repairs(keyId: string, state: string | undefined): Promise<Action[]> {
    const { kms } = clients
    if (state === 'PendingDeletion') {
      const revive = async () => {
        await ask('kms:CancelKeyDeletion', alias, () => kms.send(new CancelKeyDeletionCommand({ KeyId: keyId })))
        await ask('kms:EnableKey', alias, () => kms.send(new EnableKeyCommand({ KeyId: keyId })))
        for (const action of await repairs(keyId, 'Enabled')) await action.do()
      }
      return [{ say: `take ${alias} back from deletion`, do: revive }]
    }
    const actions: Action[] = []
    const add = (say: string, call: string, send: () => Promise<unknown>) =>
      actions.push({ say, do: async () => void (await ask(call, alias, send)) })
    if (state === 'Disabled') {
      add(`enable ${alias}`, 'kms:EnableKey', () => kms.send(new EnableKeyCommand({ KeyId: keyId })))
    }
    const { Policy } = await ask('kms:GetKeyPolicy', alias, () =>
      kms.send(new GetKeyPolicyCommand({ KeyId: keyId, PolicyName: 'default' })),
    )
    const missing = missingStatements(Policy, options.statements)
    if (missing.length > 0) {
      const policy = withStatements(Policy, options.statements)
      add(`put ${missing.join(' and ')} into the policy of ${alias}`, 'kms:PutKeyPolicy', () =>
        kms.send(new PutKeyPolicyCommand({ KeyId: keyId, PolicyName: 'default', Policy: policy })),
      )
    }
    const rotation = await ask('kms:GetKeyRotationStatus', alias, () =>
      kms.send(new GetKeyRotationStatusCommand({ KeyId: keyId })),
    )
    if (!rotation.KeyRotationEnabled) {
      add(`turn the yearly rotation of ${alias} on`, 'kms:EnableKeyRotation', () =>
        kms.send(new EnableKeyRotationCommand({ KeyId: keyId })),
      )
    }
    return actions
  }

  return { name: options.name, target: alias, scope: options.scope, look, arn: () => known }
}

/** The account itself administers a key, or nobody could: IAM's policies then say who may use it. */
export function accountAdministers(place: Place): Statement {
  return {
    Sid: 'AccountAdministers',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${place.accountId}:root` },
    Action: 'kms:*',
    Resource: '*',
  }
}

/** Tags of what the bootstrap makes; the budget of a stack sees only what is the stack's own. */
export function tagsOf(place: Place, scope: Step['scope']): Record<string, string> {
  const shared = { project: 'dhakacart', owner: place.owner, 'cost-centre': place.costCentre, 'data-class': 'internal' }
  return scope === 'stack' ? { ...shared, stack: place.stack } : shared
}

const tags = (of: Record<string, string>) => Object.entries(of).map(([TagKey, TagValue]) => ({ TagKey, TagValue }))

async function describe({ clients }: Place, id: string): Promise<KeyMetadata | undefined> {
  const found = await ask('kms:DescribeKey', id, () => clients.kms.send(new DescribeKeyCommand({ KeyId: id }))).catch(
    unless('NotFoundException'),
  )
  return found?.KeyMetadata
}

/** The key of an earlier run that ended between the key and its alias. */
async function findWithoutAlias({ clients }: Place, alias: string): Promise<string | undefined> {
  const { kms } = clients
  const ids = await ask('kms:ListKeys', alias, async () => {
    const pages = await Array.fromAsync(paginateListKeys({ client: kms }, {}))
    return pages.flatMap(({ Keys }) => Keys ?? []).flatMap(({ KeyId }) => KeyId ?? [])
  })
  for (const id of ids) {
    // Other people's keys may hide their tags from us: then they are not ours.
    const { Tags } = await kms.send(new ListResourceTagsCommand({ KeyId: id })).catch(() => ({ Tags: [] }))
    if (Tags?.some(({ TagKey, TagValue }) => TagKey === aliasTag && TagValue === alias)) {
      const { KeyMetadata } = await ask('kms:DescribeKey', id, () => kms.send(new DescribeKeyCommand({ KeyId: id })))
      if (KeyMetadata?.KeyState === 'Enabled') return id
    }
  }
  return undefined
}
