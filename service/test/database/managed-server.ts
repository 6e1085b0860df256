import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import postgres, { type Sql } from 'postgres'
import type { Test } from 'tap'
import type { TokenSigner } from '../../src/database/iam-token.ts'
import type { Users } from '../../src/database/users.ts'
import { createLogger } from '../../src/process/logger.ts'
import { migrateDatabase } from '../../src/process/open-database.ts'
import { readDatabaseSettings } from '../../src/settings/settings.ts'
import { useTlsCluster } from './tls-cluster.ts'

/** The part that RDS and Secrets Manager play around a real PostgreSQL. */
export interface ManagedServer {
  users: Users
  master: string
  database: string
  /** As superuser, in this database. */
  sql: Sql
  /** What the secret holds from now on, until it is read `times` times. */
  secretHolds(password: string, times?: number): void
  /** How often the secret was read. */
  readonly secretReads: number
  /** Changes the master's password at the server and in the secret. */
  rotate(): Promise<string>
  /** One run of the migrations, as a Job would do it; what it said. */
  migrate(environment?: Record<string, string>): Promise<string[]>
  /** A plain connection of one of them. */
  connectAs(user: string): Promise<Sql>
}

export const tokenRole = 'rds_iam'

/** An empty database whose master is no superuser: he may make users and databases, and owns this one. */
export async function useManagedServer(t: Test): Promise<ManagedServer> {
  const { url, caFile, sql: superuser } = await useTlsCluster(t)
  const suffix = randomBytes(4).toString('hex')
  const users = { migrator: `migrator_${suffix}`, shop: `shop_${suffix}` }
  const [master, database] = [`master_${suffix}`, `managed_${suffix}`]
  const at = (user: string, password: string) => {
    const address = new URL(url)
    Object.assign(address, { username: user, password, pathname: `/${database}` })
    return address.href
  }
  await superuser.unsafe(`do $$ begin create role ${tokenRole}; exception when duplicate_object then null; end $$`)
  await superuser.unsafe(`create role ${master} login createrole createdb`)
  await superuser.unsafe(`grant ${tokenRole} to ${master} with admin option`)
  await superuser.unsafe(`create database ${database} owner ${master} template template0`)
  const admin = new URL(url)
  admin.pathname = `/${database}`
  const sql = postgres(admin.href, { max: 2, onnotice: () => undefined })
  const secret = await useSecret(t, master)
  t.teardown(async () => {
    await sql.end({ timeout: 5 })
    await superuser.unsafe(`drop database ${database} with (force)`)
    for (const role of [users.shop, users.migrator, master]) await superuser.unsafe(`drop role if exists ${role}`)
  })

  // RDS takes any token that is younger than 15 minutes from whoever is in rds_iam, and none from others. Here it is one for all, put in
  // place by one caller at a time: PostgreSQL fails the second of two who change a role together.
  const token = randomBytes(12).toString('hex')
  let placed: Promise<unknown> = Promise.resolve()
  const place = async (user: string) => {
    const [member] = await sql`select from pg_auth_members m join pg_roles g on g.oid = m.roleid
      join pg_roles u on u.oid = m.member where g.rolname = ${tokenRole} and u.rolname = ${user}`
    if (member) await sql.unsafe(`alter role ${user} password '${token}'`)
  }
  const signer: TokenSigner = async ({ user }) => {
    placed = placed.then(() => place(user))
    await placed
    return token
  }
  const server: ManagedServer = {
    users,
    master,
    database,
    sql,
    secretHolds: secret.holds,
    get secretReads() {
      return secret.reads()
    },
    async rotate() {
      const password = randomBytes(12).toString('hex')
      await superuser.unsafe(`alter role ${master} password '${password}'`)
      secret.holds(password)
      return password
    },
    async migrate(environment = {}) {
      const said: string[] = []
      const settings = readDatabaseSettings({
        DATABASE_URL: at(users.migrator, ''),
        DATABASE_AUTH: 'iam',
        DATABASE_CA_FILE: caFile,
        AWS_REGION: 'ap-southeast-1',
        DATABASE_MASTER_SECRET_ID: secret.id,
        ...environment,
      })
      await migrateDatabase(settings, createLogger('silent'), (sentence) => said.push(sentence), { signer, users })
      return said
    },
    async connectAs(user) {
      const password = randomBytes(12).toString('hex')
      await superuser.unsafe(`alter role ${user} password '${password}'`)
      const own = postgres(at(user, password), { max: 1, onnotice: () => undefined })
      t.teardown(() => own.end({ timeout: 1 }))
      return own
    },
  }
  await server.rotate()
  return server
}

/** Secrets Manager with one secret, where the AWS SDK looks for it. */
async function useSecret(t: Test, username: string) {
  const id = 'arn:aws:secretsmanager:ap-southeast-1:123456789012:secret:rds!db-example'
  const values: string[] = []
  let reads = 0
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const asked = JSON.parse(Buffer.concat(chunks).toString())
    const known = request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue' && asked.SecretId === id
    reads += 1
    const password = values.length > 1 ? values.shift() : values[0]
    response.writeHead(known ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(
      JSON.stringify(
        known
          ? { ARN: id, SecretString: JSON.stringify({ username, password }) }
          : { __type: 'ResourceNotFoundException', message: "Secrets Manager can't find the specified secret." },
      ),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const before = { ...process.env }
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'an-example-that-opens-nothing',
  })
  t.teardown(() => {
    process.env = before
    server.close()
  })
  return {
    id,
    reads: () => reads,
    holds(password: string, times = 0) {
      const now = values.at(-1)
      values.splice(0, values.length, ...Array.from({ length: times }, () => password), times ? (now ?? '') : password)
    },
  }
}
