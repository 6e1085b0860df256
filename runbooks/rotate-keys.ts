import { parseArgs } from 'node:util'
import {
  DescribeKeyCommand,
  GetKeyRotationStatusCommand,
  type KeyMetadata,
  ListKeyRotationsCommand,
  RotateKeyOnDemandCommand,
} from '@aws-sdk/client-kms'
import { ask, unless } from '../platform/aws/failure.ts'
import { keyNames } from '../platform/keys/policies.ts'
import { repository } from '../platform/settings/stack-file.ts'
import { type CommandContext, runCommand } from '../platform/terminal/run-command.ts'
import { table } from '../platform/terminal/table.ts'
import { CommandError, confirm, say } from '../platform/terminal/terminal.ts'
import { type Ground, goOn, withGround } from './database/ground.ts'

const usage = `Usage: npm run runbook -- runbooks/rotate-keys.ts --stack STACK [--rotate KIND] [--yes]

Says of each KMS key of a stack whether it can be used, whether AWS gives it new material every year, and when it last did. With --rotate
it gives one key new material now. No key that signs tokens is here: npm run secrets -- --rotate jwt-keys.

  --stack STACK   the stack
  --rotate KIND   one of ${keyNames.join(', ')}, pulumi
  --yes           does not ask
  --help          this

Exit codes: 0 every key is well (or was rotated), 1 one is not, 130 interrupted.`

/** The keys of the program, and the one that bootstrap made for secrets in Pulumi's state. */
const kinds = [...keyNames, 'pulumi'] as const

/** How often a key may be rotated on demand in its whole life (KMS developer guide, "Perform on-demand key rotation", 2026-11-21). */
const mostOnDemand = 25

interface Found {
  kind: string
  alias: string
  key: KeyMetadata | undefined
  /** What is wrong with it; undefined when it is well. */
  trouble: string | undefined
  yearly: boolean
  next: Date | undefined
  rotations: { date: Date; onDemand: boolean }[]
}

/** How the keys of a stack stand, and new material for one of them. */
export async function rotateKeys(context: CommandContext, now: Date = new Date()): Promise<number> {
  const { values } = parseArgs({
    args: context.argv,
    options: {
      stack: { type: 'string', short: 's' },
      rotate: { type: 'string' },
      yes: { type: 'boolean', short: 'y', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    say(context.terminal, usage)
    return 0
  }
  const { rotate, yes } = values
  if (rotate !== undefined && !kinds.some((kind) => kind === rotate)) {
    throw new CommandError(`--rotate ${JSON.stringify(rotate)} is no key of a stack: there are ${kinds.join(', ')}.`)
  }
  return withGround(context, values.stack, now, (ground) =>
    rotate === undefined ? lookAtAll(ground) : rotateOne(ground, rotate, yes),
  )
}

async function lookAtAll(ground: Ground): Promise<number> {
  const { terminal } = ground.context
  const found: Found[] = []
  for (const kind of kinds) {
    goOn(ground)
    found.push(await look(ground, kind))
  }
  for (const line of table(found.map((one) => [one.alias, shown(one)]))) say(terminal, line)
  const bad = found.filter(({ trouble }) => trouble !== undefined)
  if (bad.length > 0)
    say(terminal, `\nNot well: ${bad.map(({ kind }) => kind).join(', ')}. See runbooks/rotate-keys.md.`)
  return bad.length > 0 ? 1 : 0
}

async function rotateOne(ground: Ground, kind: string, yes: boolean): Promise<number> {
  const { terminal } = ground.context
  const one = await look(ground, kind)
  say(terminal, `${one.alias}: ${shown(one)}`)
  const { key } = one
  if (!key?.KeyId || key.KeyState !== 'Enabled')
    throw new CommandError(`${one.alias} cannot be rotated: ${one.trouble}.`)
  const used = one.rotations.filter(({ onDemand }) => onDemand).length
  const question = `Give ${one.alias} new material? It is one of ${mostOnDemand} times in its life, of which ${used} are used; what is encrypted stays as it is.`
  if (!yes && !(await confirm(terminal, question))) {
    say(terminal, 'Nothing was done.')
    return 1
  }
  goOn(ground)
  const { kms } = ground.clients
  await ask('kms:RotateKeyOnDemand', one.alias, () => kms.send(new RotateKeyOnDemandCommand({ KeyId: key.KeyId })))
  say(
    terminal,
    'AWS makes it within minutes; run this without --rotate to see. What that means and does not: runbooks/rotate-keys.md.',
  )
  return 0
}

async function look({ clients: { kms }, stack }: Ground, kind: string): Promise<Found> {
  const alias = kind === 'pulumi' ? `alias/dhakacart-${stack}-pulumi` : `alias/dhakacart-${stack}/${kind}`
  const described = await ask('kms:DescribeKey', alias, () => kms.send(new DescribeKeyCommand({ KeyId: alias }))).catch(
    unless('NotFoundException'),
  )
  const key = described?.KeyMetadata
  const KeyId = key?.KeyId
  const nothing = { kind, alias, key, yearly: false, next: undefined, rotations: [] }
  if (!KeyId)
    return {
      ...nothing,
      trouble:
        kind === 'pulumi'
          ? 'there is none: npm run bootstrap makes it'
          : `there is none: pulumi up -s ${stack} makes it`,
    }
  if (key.KeyState !== 'Enabled') return { ...nothing, trouble: unusable(key) }
  const status = await ask('kms:GetKeyRotationStatus', alias, () =>
    kms.send(new GetKeyRotationStatusCommand({ KeyId })),
  )
  const listed = await ask('kms:ListKeyRotations', alias, () =>
    kms.send(new ListKeyRotationsCommand({ KeyId, Limit: 1_000 })),
  )
  const rotations = (listed.Rotations ?? []).flatMap(({ RotationDate: date, RotationType: type }) =>
    date ? [{ date, onDemand: type === 'ON_DEMAND' }] : [],
  )
  const yearly = status.KeyRotationEnabled === true
  const trouble = yearly
    ? undefined
    : `AWS does not rotate it: ${kind === 'pulumi' ? 'npm run bootstrap' : `pulumi up -s ${stack}`} switches that on`
  return { kind, alias, key, yearly, next: status.NextRotationDate, rotations, trouble }
}

function unusable({ KeyState: state, DeletionDate: date }: KeyMetadata): string {
  if (state !== 'PendingDeletion') return `it is ${state}: nothing that it encrypted can be read`
  return `it is being deleted, and gone on ${day(date)}: aws kms cancel-key-deletion, then enable-key, if that was not wanted`
}

function shown({ trouble, rotations, next, yearly }: Found): string {
  if (trouble && !yearly && rotations.length === 0) return trouble
  const times = rotations.map(({ date }) => date.getTime())
  const last = times.length > 0 ? `last rotated ${day(new Date(Math.max(...times)))}` : 'never rotated yet'
  return [trouble, last, next && `next ${day(next)}`].filter(Boolean).join(', ')
}

const day = (date: Date | undefined) => date?.toISOString().slice(0, 10) ?? 'an unknown day'

if (import.meta.main) await runCommand(repository, (context) => rotateKeys(context))
