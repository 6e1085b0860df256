import { createHash, randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type { ISql } from 'postgres'
import { ShopError } from '../errors.ts'
import type { ShopApp } from '../http/app-type.ts'
import type { Shop } from '../shop.ts'
import { signAccessToken } from './access-token.ts'
import type { SessionView } from './account-schemas.ts'
import type { AccountRecord } from './account-store.ts'
import { insertSession } from './session-store.ts'

export interface RefreshToken {
  token: string
  /** What is stored: SHA-256 of 256 random bits needs no salt and no slowness. */
  hash: Buffer
}

export function makeRefreshToken(): RefreshToken {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashRefreshToken(token) }
}

export function hashRefreshToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

export interface StartedSession {
  sessionId: string
  refreshToken: string
}

/** Stores a new session; undefined when the account has changed since it was read. */
export async function startSession(
  sql: ISql,
  { settings }: Pick<Shop, 'settings'>,
  account: Pick<AccountRecord, 'id' | 'version'>,
): Promise<StartedSession | undefined> {
  const { token, hash } = makeRefreshToken()
  const sessionId = await insertSession(sql, account, { tokenHash: hash, seconds: settings.refreshTokenSeconds })
  return sessionId === undefined ? undefined : { sessionId, refreshToken: token }
}

/**
 * Answers with the tokens of a session, which no cache may keep.
 * @throws ShopError `wrong_credentials` when there is none, because the account has changed since its password was verified.
 */
export function answerSession(
  { app, shop, reply }: { app: ShopApp; shop: Shop; reply: FastifyReply },
  { id, username, role, version }: Omit<AccountRecord, 'passwordHash'>,
  session: StartedSession | undefined,
): SessionView {
  if (!session) throw new ShopError('wrong_credentials')
  reply.header('cache-control', 'no-store')
  return {
    accessToken: signAccessToken(app, shop, { accountId: id, sessionId: session.sessionId, version }),
    refreshToken: session.refreshToken,
    expiresInSeconds: shop.settings.accessTokenSeconds,
    account: { id, username, role },
  }
}
