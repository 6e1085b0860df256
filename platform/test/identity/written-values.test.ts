import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import t, { type Test } from 'tap'
import type { Graph } from '../../plan/graph.ts'
import { plan } from '../../plan/index.ts'
import { secrets } from '../../secrets/secrets.ts'
import { secretId, secretTable } from '../../secrets/table.ts'
import { openTestAws } from '../harness/aws.ts'
import { runHere } from '../harness/command.ts'
import { github } from '../harness/github.ts'
import { motoMissing, motoTimeoutMs } from '../harness/moto.ts'
import { openTestProject } from '../harness/project.ts'

/* Values that AWS has are not in the plan, not even where the program that is planned could read them. */

const stacks = [
  ['staging', '111111111111'],
  ['prod', '222222222222'],
] as const

/** Outputs that the provider or the program marks as secret, by type and property, and why no value is ever in one. */
const secretOutputs: Record<string, string> = {
  'aws:codebuild/webhook:Webhook.secret': 'GitHub comes by a connection, whose webhooks have none',
  'aws:elasticache/replicationGroup:ReplicationGroup.authToken': 'the shop logs in by IAM',
  'aws:elasticache/replicationGroup:ReplicationGroup.authTokenWo': 'the shop logs in by IAM',
  'aws:elasticache/user:User.passwords': 'the shop logs in by IAM',
  'aws:elasticache/user:User.passwordsWo': 'the shop logs in by IAM',
  'aws:rds/instance:Instance.password': "RDS makes its master's password and keeps it itself",
  'aws:rds/instance:Instance.passwordWo': "RDS makes its master's password and keeps it itself",
}

/** Every value that is marked as secret, and where: the first property below a resource, or below the stack. */
function* marked(value: unknown, path: string, depth = 0): Generator<[path: string, value: unknown]> {
  if (typeof value !== 'object' || value === null) return
  if ('$secret' in value) yield [path, value.$secret]
  else for (const [key, inside] of Object.entries(value)) yield* marked(inside, depth > 0 ? path : `${path}.${key}`, 1)
}

const markedIn = ({ resources, outputs }: Graph) => [
  ...resources.flatMap(({ type, inputs, outputs }) => [...marked(inputs, `${type} in`), ...marked(outputs, type)]),
  ...marked(outputs, 'stack'),
]

for (const [stack, account] of stacks) {
  t.test(`${stack}: what is marked as secret in the plan is known, and holds nothing`, async (t) => {
    for (const mode of ['preview', 'applied'] as const) {
      const found = markedIn(await plan({ stack, mode, overrides: github(account) }))
      const places = [...new Set(found.map(([path]) => path))].sort()
      t.strictSame(places, Object.keys(secretOutputs), mode)
      const held = found.filter(([, value]) => JSON.stringify(value) !== '{"$unknown":true}')
      t.strictSame(held, [], `${mode}: no value, in a plan that makes up all that AWS would say`)
    }
  })
}

/** A value for each secret of the table, with the part of it that is found nowhere else. */
function newValueOf(first: string, name: string): { value: string; unique: string } {
  const unique = `canary-${randomBytes(32).toString('base64url')}`
  if (first === 'key ring') {
    const key = randomBytes(32).toString('base64')
    return { value: JSON.stringify({ active: 'k1', keys: { k1: key } }), unique: key }
  }
  const login = name.endsWith('-login') && JSON.stringify({ username: 'shop', accessToken: unique })
  return { value: login || unique, unique }
}

t.test('what npm run secrets wrote is not in the plan', { skip: motoMissing, timeout: motoTimeoutMs }, async (t) => {
  const aws = await openTestAws()
  t.teardown(() => aws.stop())
  withEnvironment(t, aws.env)
  const manager = new SecretsManagerClient({ region: 'ap-southeast-1' })
  t.teardown(() => manager.destroy())
  const root = await openTestProject(t)
  const uniques: string[] = []
  for (const [stack] of stacks) {
    const argv = ['--stack', stack, '--yes']
    for (const row of secretTable) {
      await manager.send(new CreateSecretCommand({ Name: secretId(stack, row) }))
      const { value, unique } = newValueOf(row.first, row.name)
      const path = join(root, `${stack}-${row.name}`)
      await writeFile(path, value)
      argv.push('--file', `${row.name}=${path}`)
      uniques.push(unique)
    }
    const { code, stderr } = await runHere(secrets, { argv, root })
    t.equal(code, 0, stderr)
  }
  t.equal(uniques.length, 2 * secretTable.length)
  const foundIn = (graph: Graph) => uniques.filter((unique) => JSON.stringify(graph).includes(unique))

  aws.calls.length = 0
  for (const [stack, account] of stacks) {
    for (const mode of ['preview', 'applied'] as const) {
      const graph = await plan({ stack, mode, overrides: github(account) })
      t.ok(graph.resources.length > 200, `${stack}, ${mode}: ${graph.resources.length} resources`)
      t.strictSame(foundIn(graph), [], `${stack}, ${mode}: no value`)
    }
  }
  t.strictSame(aws.calls, [], 'no plan asks AWS for anything')

  const reader = async () => {
    const values = await Promise.all(
      secretTable.map((row) => manager.send(new GetSecretValueCommand({ SecretId: secretId('prod', row) }))),
    )
    return { leaked: values.map(({ SecretString }) => SecretString) }
  }
  const leaky = await plan({ stack: 'prod', mode: 'preview', program: reader })
  t.equal(foundIn(leaky).length, secretTable.length, 'a program that read them would be found out')
})

function withEnvironment(t: Test, env: Record<string, string>): void {
  const before = Object.keys(env).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, env)
  t.teardown(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  })
}
