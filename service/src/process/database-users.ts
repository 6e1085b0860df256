/*
 * Where nobody has a password, the first migration must come in by the one that exists: the master's, which RDS keeps in Secrets Manager.
 *
 *   as the migrator, by token ── let in, and both users are whole ──► nothing to do; the master's secret is not read
 *            │ refused, or something is missing
 *            ▼
 *   as the master, by password ──► both users, in one transaction ──► once more as the master: the door still opens
 *                                                                        │ refused
 *                                                                        ▼
 *                                                           the users lose their tokens again; an error says why
 */
import type { FastifyBaseLogger } from 'fastify'
import { type Client, createClient } from '../database/client.ts'
import { type ConnectionSource, openConnectionSource } from '../database/credentials.ts'
import { DatabaseRefusedError, type Statements } from '../database/database.ts'
import { codeOf } from '../database/errors.ts'
import type { MasterLogin, MasterSecret } from '../database/master-secret.ts'
import { withMigrationLock } from '../database/migrate.ts'
import { makeUsers, type Users, usersAreReady, withdrawTokens } from '../database/users.ts'
import type { DatabaseSettings } from '../settings/settings.ts'

export interface UsersContext {
  settings: DatabaseSettings
  log: FastifyBaseLogger
  say: (sentence: string) => void
  users: Users
  readMaster: MasterSecret
  /** Where the database is, and who migrates it. */
  target: { host: string; port: number; database: string; user: string }
  /** Asks something as the migrator. */
  asMigrator<T>(ask: (sql: Statements) => Promise<T>): Promise<T>
}

/**
 * Makes the users that migrate and serve, unless they are there. Safe to run twice, and by two at once.
 * @throws a sentence when the users cannot be made; nothing is half made then.
 */
export async function ensureUsers(context: UsersContext): Promise<void> {
  const { target, users, say } = context
  if (target.user !== users.migrator) {
    throw new Error(
      `DATABASE_URL names the user ${target.user}; with DATABASE_MASTER_SECRET_ID it must be ${users.migrator}, who owns the schema.`,
    )
  }
  const why = await whyNotReady(context)
  if (why === undefined) return
  say(`${why}: the users are made as the master of the database.`)
  await asMaster(context, async (sql, login) => {
    await withMigrationLock({ sql, log: say }, () => makeUsers(sql, users))
    await tryDoor(context, sql, login)
  })
  say(`${users.migrator} and ${users.shop} log in by token.`)
}

/** Undefined: the migrator was let in, and nothing is missing. */
async function whyNotReady({ asMigrator, users }: UsersContext): Promise<string | undefined> {
  try {
    return (await asMigrator((sql) => usersAreReady(sql, users))) ? undefined : 'A user is not whole'
  } catch (error) {
    if (error instanceof DatabaseRefusedError) return `${users.migrator} is not let in`
    throw error
  }
}

/** Does something as the master; once more with the secret read anew when its password was changed just now. */
async function asMaster(context: UsersContext, use: AsMaster): Promise<void> {
  try {
    await withMaster(context, await context.readMaster(), use)
  } catch (error) {
    if (!isRefusal(error)) throw error
    const login = await context.readMaster()
    await withMaster(context, login, use).catch((cause: unknown) => {
      if (!isRefusal(cause)) throw cause
      throw new Error(
        `The master ${login.user} is not let in (${(cause as Error).message}): look whether DATABASE_MASTER_SECRET_ID is the secret of this database.`,
        { cause },
      )
    })
  }
}

type AsMaster = (sql: Client['sql'], login: MasterLogin) => Promise<void>

/** Shows that the master can still log in by password, while this session of his can still take the tokens back. */
async function tryDoor(context: UsersContext, sql: Client['sql'], login: MasterLogin): Promise<void> {
  try {
    await withMaster(context, login, async (again) => {
      await again`select`
    })
  } catch (cause) {
    await withdrawTokens(sql, context.users)
    throw new Error(
      `The master ${login.user} could not log in any more (${(cause as Error).message}): ${context.users.migrator} and ${context.users.shop} were taken out of rds_iam again. See pg_auth_members for how he is a member of it.`,
      { cause },
    )
  }
}

async function withMaster(context: UsersContext, login: MasterLogin, use: AsMaster): Promise<void> {
  const source = await masterSource(context, login)
  const client = createClient(
    {
      source,
      log: context.log,
      connectTimeoutMs: 5_000,
      keepAliveMs: 15_000,
      parameters: { application_name: 'dhakacart-users' },
    },
    true,
    () => {},
  )
  try {
    await use(client.sql, login)
  } finally {
    await client.close()
    source.close()
  }
}

function masterSource({ settings, log, target }: UsersContext, login: MasterLogin): Promise<ConnectionSource> {
  const url = new URL(`postgres://${target.host.includes(':') ? `[${target.host}]` : target.host}`)
  url.port = String(target.port)
  url.username = encodeURIComponent(login.user)
  url.pathname = `/${encodeURIComponent(target.database)}`
  return openConnectionSource({
    url: url.href,
    password: login.password,
    auth: 'password',
    tls: settings.databaseTls,
    caFile: settings.databaseCaFile,
    log,
  })
}

function isRefusal(error: unknown): boolean {
  return codeOf(error)?.startsWith('28') === true
}
