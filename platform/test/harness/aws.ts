import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Moto, startMoto } from './moto.ts'

/** One call as it came over the wire. */
export interface Call {
  /** `kms:CreateKey`, or `PUT /bucket?versioning` for what has no name on the wire. */
  name: string
  method: string
  path: string
  body: string
}

/** An answer in place of moto's. */
export interface Answer {
  status?: number
  headers?: Record<string, string>
  body?: string
}

/** A pretended AWS on loopback: moto, with what it lacks answered here, and every call written down. */
export interface TestAws {
  url: string
  /** The environment that sends an SDK here, and nowhere else. */
  env: Record<string, string>
  calls: Call[]
  /** Names of the calls that change something, since the last time this was asked. */
  changes(): string[]
  /** Answers calls in moto's place, until it returns undefined; the last one added is asked first. */
  intercept(answer: (call: Call) => Answer | undefined): void
  /** Lets something else happen just before a call is answered: a rival, placed on purpose. */
  hold(which: (call: Call) => boolean, meanwhile: () => Promise<unknown>): void
  /** Makes moto ask IAM's policies at every call from now on, or no more. */
  enforcePolicies(on?: boolean): Promise<void>
  /** Forgets all resources, calls and interceptions. */
  reset(): Promise<void>
  stop(): Promise<void>
}

export async function openTestAws(): Promise<TestAws> {
  const moto = await startMoto()
  const calls: Call[] = []
  const holds: { which: (call: Call) => boolean; meanwhile: () => Promise<unknown> }[] = []
  let seen = 0
  let answers: ((call: Call) => Answer | undefined)[] = [...lacking()]
  const server = createServer(async (incoming, outgoing) => {
    const body = await text(incoming)
    const call = { ...describe(incoming, body), body }
    calls.push(call)
    for (const { which, meanwhile } of holds) if (which(call)) await meanwhile()
    const answer = answers.map((one) => one(call)).find((one) => one !== undefined)
    if (answer) outgoing.writeHead(answer.status ?? 200, answer.headers ?? {}).end(answer.body ?? '{}')
    else forward(moto, incoming, body, outgoing)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  refuseOtherThanLoopback(url)
  return {
    url,
    env: environment(url),
    calls,
    changes() {
      const names = calls
        .slice(seen)
        .filter(isChange)
        .map(({ name }) => name)
      seen = calls.length
      return names
    },
    intercept: (answer) => void answers.unshift(answer),
    hold: (which, meanwhile) => void holds.push({ which, meanwhile }),
    async enforcePolicies(on = true) {
      await fetch(`${moto.url}/moto-api/reset-auth`, { method: 'POST', body: on ? '0' : 'inf' })
    },
    async reset() {
      await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' })
      answers = [...lacking()]
      holds.length = 0
      calls.length = 0
      seen = 0
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await moto.stop()
    },
  }
}

/** No test may ever reach AWS, whatever this machine's environment says. */
export function refuseOtherThanLoopback(endpoint: string | undefined): void {
  const host = endpoint && new URL(endpoint).hostname
  if (host !== '127.0.0.1' && host !== 'localhost' && host !== '[::1]') {
    throw new Error(`The endpoint of a test must be on loopback, and is ${endpoint}.`)
  }
}

function environment(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
  }
}

/**
 * What moto 5.2.5 has not got: AWS Backup's regional settings, cost allocation tags, the right name of AWS Config's own role, and conditions
 * in a bucket's policy (it would deny by "OnlyTls" whatever the connection). A new account answers like this.
 */
function* lacking(): Generator<(call: Call) => Answer | undefined> {
  yield bucketPolicies()
  yield roleOfConfig()
  const optIn: Record<string, boolean> = { RDS: false, S3: false, DynamoDB: true }
  const headers = { 'content-type': 'application/x-amz-json-1.1' }
  yield ({ method, path, body }) => {
    if (path !== '/account-settings') return undefined
    if (method === 'PUT') Object.assign(optIn, JSON.parse(body).ResourceTypeOptInPreference)
    return { headers, body: JSON.stringify({ ResourceTypeOptInPreference: optIn }) }
  }
  let status = 'Inactive'
  yield ({ name, body }) => {
    if (name === 'ce:UpdateCostAllocationTagsStatus') {
      status = JSON.parse(body).CostAllocationTagsStatus[0].Status
      return { headers, body: JSON.stringify({ Errors: [] }) }
    }
    if (name !== 'ce:ListCostAllocationTags') return undefined
    return {
      headers,
      body: JSON.stringify({ CostAllocationTags: [{ TagKey: 'stack', Type: 'UserDefined', Status: status }] }),
    }
  }
}

/** moto calls it AWSServiceRoleForconfig. */
function roleOfConfig(): (call: Call) => Answer | undefined {
  const role = '<Role><RoleName>AWSServiceRoleForConfig</RoleName></Role>'
  const body = `<GetRoleResponse><GetRoleResult>${role}</GetRoleResult></GetRoleResponse>`
  let made = false
  return (call) => {
    if (call.name === 'CreateServiceLinkedRole') made ||= call.body.includes('config.amazonaws.com')
    const asked = call.name === 'GetRole' && call.body.includes('RoleName=AWSServiceRoleForConfig')
    return made && asked ? { headers: { 'content-type': 'text/xml' }, body } : undefined
  }
}

function bucketPolicies(): (call: Call) => Answer | undefined {
  const policies = new Map<string, string>()
  const headers = { 'content-type': 'application/json' }
  return ({ method, path, body }) => {
    if (!/\?policy=?$/.test(path)) return undefined
    if (method === 'PUT') policies.set(path, body)
    const policy = policies.get(path)
    if (method === 'GET' && policy === undefined) return undefined
    return method === 'GET' ? { headers, body: policy } : { status: 204 }
  }
}

const services: Record<string, string> = { trentservice: 'kms', awsinsightsindexservice: 'ce' }

function describe(incoming: IncomingMessage, body: string): Omit<Call, 'body'> {
  const path = (incoming.url ?? '/').replace(/[?&]x-id=\w+/, '')
  const method = incoming.method ?? 'GET'
  const target = incoming.headers['x-amz-target']
  if (typeof target === 'string') {
    const [prefix = '', operation] = target.split('.')
    const service = prefix.toLowerCase()
    return { name: `${services[service] ?? service}:${operation}`, method, path }
  }
  const action = /(?:^|&)Action=(\w+)/.exec(body)?.[1]
  return { name: action ?? `${method} ${path}`, method, path }
}

function isChange({ name, method }: Call): boolean {
  if (method === 'PUT' || method === 'DELETE') return true
  return method === 'POST' && !/(^|:)(Get|List|Describe|Head|Lookup|Decrypt|Encrypt)/.test(name)
}

function forward(moto: Moto, incoming: IncomingMessage, body: string, outgoing: ServerResponse): void {
  const { method, url: path, headers } = incoming
  const { hostname, port } = new URL(moto.url)
  const onward = request({ hostname, port, method, path, headers, agent: false }, (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers)
    response.pipe(outgoing)
  })
  onward.on('error', (error) => outgoing.destroy(error))
  onward.end(body)
}
