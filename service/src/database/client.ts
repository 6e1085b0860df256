import type { Socket } from 'node:net'
import postgres, { type Options, type PostgresType, type Sql } from 'postgres'
import { type BackendKey, requestCancel } from './cancel-request.ts'
import type { ConnectionSource } from './credentials.ts'
import { connectionError } from './errors.ts'
import type { DatabaseLog } from './log.ts'
import { openSocket } from './socket.ts'
import { wireTypes } from './types.ts'

export interface SessionOptions {
  source: ConnectionSource
  log: DatabaseLog
  connectTimeoutMs: number
  keepAliveMs: number
  /** What the server is told at connect: application_name, statement_timeout ... */
  parameters: Record<string, string | number>
}

/**
 * One connection, and postgres.js speaking on it. It is opened by the first statement, is never opened again, and whoever
 * holds it holds it alone.
 *
 * One instance of postgres.js for each connection, because its own pool would reopen a lost connection under a transaction that
 * still believes in it, keep what it had not yet written for the next one, and pipeline strangers while a connection of the pool is
 * being recycled.
 */
export interface Client {
  readonly sql: Sql
  /** The server has let us in. */
  readonly ready: boolean
  /** The connection is gone, or about to be: no statement may be sent any more. */
  readonly dead: boolean
  /** The connection was ended by the other side, after it had let us in. */
  readonly lost: boolean
  /** Why it was destroyed, where that says more than "the connection was closed". */
  readonly fault: Error | undefined
  cancel(key: BackendKey, timeoutMs: number): Promise<void>
  /** Says goodbye to the server; for a client that nobody uses. */
  close(): Promise<void>
  /** Ends the connection at once; statements in flight reject. */
  destroy(fault?: Error): void
}

/** A client that is not connected yet. `exclusive` lets it send BEGIN; without, postgres.js refuses transactions. */
export function createClient(session: SessionOptions, exclusive: boolean, onEnd: (client: Client) => void): Client {
  const { source, log, connectTimeoutMs } = session
  const target = source.target()
  const giveUp = new AbortController()
  let socket: Socket | undefined
  let password = ''
  let used = false
  let ready = false
  let dead = false
  let lost = false
  let fault: Error | undefined

  function ended(): void {
    if (dead) return
    dead = true
    onEnd(client)
  }

  async function open(): Promise<Socket> {
    if (used || dead) throw connectionError('CONNECTION_DESTROYED', 'this connection is over')
    used = true
    const login = await source.login()
    if (login.user !== target.user || login.database !== target.database) {
      throw connectionError('CREDENTIALS_CHANGED', 'the credentials changed while the connection was being opened')
    }
    password = login.password
    socket = await openSocket(login, connectTimeoutMs, giveUp.signal)
    // Before postgres.js listens, so that nothing is sent by somebody who has not heard.
    socket.once('close', () => {
      lost = ready && !dead
      ended()
    })
    return socket
  }

  const options: Options<Record<string, PostgresType>> & { socket: () => Promise<Socket> } = {
    host: target.host,
    port: target.port,
    user: target.user,
    database: target.database,
    password: () => password,
    socket: open,
    ssl: false,
    // Two, of which one is used: with one, postgres.js does not notice a BEGIN among single statements.
    max: exclusive ? 1 : 2,
    connect_timeout: Math.ceil(connectTimeoutMs / 1000),
    keep_alive: session.keepAliveMs / 1000,
    // Age and idleness are the pool's to watch: a timer in here ends a connection just as it is lent.
    idle_timeout: 0,
    max_lifetime: 0,
    backoff: () => 0,
    fetch_types: false,
    types: wireTypes,
    connection: session.parameters,
    onnotice: (notice) => log.debug({ notice: notice.message, code: notice.code }, 'notice from the database'),
    onparameter: (name, value) => {
      ready = true
      // target_session_attrs=read-write of postgres.js looks at the second only, so a hot standby passes it.
      if ((name === 'in_hot_standby' || name === 'default_transaction_read_only') && value === 'on') {
        client.destroy(connectionError('READ_ONLY_SERVER', `the server is not the primary: ${name} is on`))
      }
    },
  }
  const sql = postgres(options)

  const client: Client = {
    sql,
    get ready() {
      return ready
    },
    get dead() {
      return dead
    },
    get lost() {
      return lost
    },
    get fault() {
      return fault
    },
    cancel: (key, timeoutMs) => requestCancel(source.target(), key, timeoutMs),
    async close() {
      ended()
      giveUp.abort()
      await sql.end({ timeout: 1 })
      socket?.destroy()
    },
    destroy(reason) {
      fault ??= reason
      ended()
      giveUp.abort()
      socket?.destroy()
    },
  }
  return client
}
