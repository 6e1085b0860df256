import type { ISql, PendingQuery, Row, TransactionSql } from 'postgres'
import type { BackendKey } from './cancel-request.ts'
import type { Client } from './client.ts'
import { connectionError } from './errors.ts'

/**
 * The tagged template for single statements: what postgres.js has, without anything that opens a transaction, reserves a
 * connection, or takes SQL from a string.
 */
export type Statements = ISql & { unsafe: never; file: never; notify: never }

// What postgres.js 3.4.9 keeps on a query and does not declare; the version is pinned, and the deadline tests fail without it.
interface SentQuery {
  active: boolean
  state: BackendKey | null
}

/** A call's view of its client: it remembers what was sent, to cancel it, and falls silent when the call is over. */
export interface Handle {
  readonly statements: Statements
  readonly transaction: TransactionSql
  /** BEGIN, COMMIT, ROLLBACK: not stopped by `silence`, and never cancelled. */
  control(text: string): PendingQuery<Row[]>
  /** From now on statements of the caller throw `reason`. */
  silence(reason: Error): void
  /** The key of the statement that the server is working on, if it may be cancelled. */
  cancellable(): BackendKey | null
  /** Whether the server was sent a statement and has not answered. */
  unanswered(): boolean
}

const hidden = new Set<PropertyKey>([
  'begin',
  'reserve',
  'listen',
  'subscribe',
  'largeObject',
  'end',
  'close',
  'prepare',
  'file',
  'notify',
])
// As many as one call has in flight; older ones are answered.
const remembered = 100

/** A handle of a client for one call. */
export function createHandle(client: Client): Handle {
  const sent: SentQuery[] = []
  const controls: SentQuery[] = []
  let silenced: Error | undefined
  let savepoints = 0

  function check(): void {
    if (silenced) throw silenced
    if (client.dead)
      throw client.fault ?? connectionError('CONNECTION_DESTROYED', 'the connection of this call is lost')
  }

  function remember<T>(made: T): T {
    if (made instanceof Promise) {
      sent.push(made as unknown as SentQuery)
      if (sent.length > remembered) sent.shift()
    }
    return made
  }

  async function savepoint<T>(nameOrBody: string | Body<T>, body?: Body<T>): Promise<T> {
    const run = typeof nameOrBody === 'string' ? body : nameOrBody
    if (!run) throw new TypeError('savepoint needs a function')
    savepoints += 1
    const name = `s${savepoints}`
    await control(`savepoint ${name}`)
    try {
      return await run(transaction)
    } catch (error) {
      if (!client.dead) await control(`rollback to ${name}`)
      throw error
    }
  }

  function control(text: string): PendingQuery<Row[]> {
    const query = client.sql.unsafe<Row[]>(text)
    controls.push(query as unknown as SentQuery)
    return query
  }

  function view(extra: Record<string, unknown>): unknown {
    return new Proxy(client.sql, {
      apply(target, self, parameters) {
        check()
        return remember(Reflect.apply(target as never, self, parameters))
      },
      get(target, name) {
        check()
        if (typeof name === 'string' && name in extra) return extra[name]
        if (hidden.has(name)) throw new TypeError(`sql.${String(name)} is not to be had here`)
        return Reflect.get(target, name)
      },
    })
  }

  // Without a type of its own: the cast beside it in the SQL says what it is (`types.ts`).
  const array = (values: readonly never[]): unknown => client.sql.typed(values, 0)
  const unsafe = (...parameters: Parameters<ISql['unsafe']>): unknown => {
    check()
    return remember(client.sql.unsafe(...parameters))
  }
  const statements = view({ array, unsafe: undefined }) as Statements
  const transaction = view({ array, unsafe, savepoint }) as TransactionSql

  return {
    statements,
    transaction,
    control,
    silence(reason) {
      silenced ??= reason
    },
    cancellable() {
      return sent.find((query) => query.active)?.state ?? null
    },
    unanswered() {
      return sent.some((query) => query.active) || controls.some((query) => query.active)
    },
  }
}

type Body<T> = (sql: TransactionSql) => T | Promise<T>
