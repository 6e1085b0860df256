import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Graph } from '../../plan/graph.ts'
import { list, ofType, one, text } from './graphs.ts'

/** The release that `.ci/run` installs. It is under the AGPL: never a dependency, and started as a program of its own. */
export const evaluatorVersion = '0.1.173'

const module = join(
  process.env.IAM_SIMULATE ?? join(homedir(), '.cache', 'dhakacart', `iam-simulate-${evaluatorVersion}`),
  'node_modules/@cloud-copilot/iam-simulate/dist/esm/index.js',
)

/** Why a test that needs a policy evaluator is skipped on this machine; false: it is not. */
export const evaluatorMissing: string | false = existsSync(module)
  ? false
  : `the policy evaluator is not installed: npm install --prefix ~/.cache/dhakacart/iam-simulate-${evaluatorVersion} @cloud-copilot/iam-simulate@${evaluatorVersion}`

/** An action, the ARN that it is on, and what the request says of itself. */
export type Request = [action: string, resource: string, context?: Record<string, string>]

const program = `
import { text } from 'node:stream/consumers'
const { runSimulation } = await import(process.argv[1])
const answers = []
for (const simulation of JSON.parse(await text(process.stdin))) {
  const answer = await runSimulation(simulation, {})
  answers.push(answer.resultType === 'error' ? 'error: ' + answer.errors.message + ' ' + JSON.stringify(answer.errors) : answer.overallResult)
}
console.log(JSON.stringify(answers))
`

/** Asks the evaluator, one answer for each: `Allowed`, `denied`, or an error in its words. */
export async function judge(
  graph: Graph,
  account: string,
  asked: readonly { role: string; request: Request }[],
): Promise<string[]> {
  const simulations = asked.map(({ role, request }) => simulationOf(graph, account, role, request))
  const child = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, module], {
    maxBuffer: 1e7,
  })
  child.child.stdin?.end(JSON.stringify(simulations))
  const answers = JSON.parse((await child).stdout) as string[]
  return answers.map((answer) => (/^(Explicitly|Implicitly)Denied$/.test(answer) ? 'denied' : answer))
}

const parsed = (policy: string) => JSON.parse(policy) as object

function simulationOf(graph: Graph, account: string, name: string, [action, resource, context = {}]: Request) {
  const role = one(graph, 'aws:iam/role:Role', name)
  const principal = text(role.outputs, 'arn')
  const policies = ofType(graph, 'aws:iam/policy:Policy')
  const attached = ofType(graph, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment')
    .filter(({ inputs }) => inputs.role === role.outputs.name)
    .flatMap(({ inputs }) => policies.filter(({ outputs }) => outputs.arn === inputs.policyArn))
  const inline = ofType(graph, 'aws:iam/rolePolicy:RolePolicy').filter(
    ({ inputs }) => inputs.role === role.outputs.name,
  )
  const boundary = policies.filter(({ outputs }) => outputs.arn === role.inputs.permissionsBoundary)
  const own = (all: typeof policies) =>
    all.map((one) => ({ name: one.name, policy: parsed(text(one.inputs, 'policy')) }))
  const ofThing = resourcePolicy(graph, resource)
  return {
    request: {
      principal: `${principal.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/session`,
      action,
      resource: { resource, accountId: account },
      contextVariables: {
        'aws:PrincipalArn': principal,
        'aws:PrincipalAccount': account,
        'aws:ResourceAccount': account,
        'aws:RequestedRegion': 'ap-southeast-1',
        'aws:SecureTransport': 'true',
        ...context,
      },
    },
    identityPolicies: own([...inline, ...attached]),
    permissionBoundaryPolicies: own(boundary),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(ofThing && { resourcePolicy: ofThing }),
  }
}

/** The policy of the secret or the bucket that is asked for. */
function resourcePolicy(graph: Graph, resource: string): object | undefined {
  const secrets = ofType(graph, 'aws:secretsmanager/secretPolicy:SecretPolicy').filter(
    ({ inputs }) => inputs.secretArn === resource,
  )
  const [, bucket] = /^arn:aws:s3:::([^/]+)/.exec(resource) ?? []
  const buckets = ofType(graph, 'aws:s3/bucketPolicy:BucketPolicy').filter(({ inputs }) => inputs.bucket === bucket)
  return list([...secrets, ...buckets]).map(({ inputs }) => parsed(text(inputs, 'policy')))[0]
}
