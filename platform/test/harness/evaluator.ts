import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Graph, Resource } from '../../plan/graph.ts'
import { managedPolicies } from '../../plan/reach/managed-policies.ts'
import { roleType } from '../../plan/reach/roles.ts'
import { ofType, one, text } from './graphs.ts'

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

/** A request of a role, by the role's logical name. */
export interface Asked {
  role: string
  request: Request
  /**
   * With all that AWS's own policies could ever let it do, where it has any (plan/reach/managed-policies.ts). A denial then holds whatever AWS
   * puts into them; that it is allowed says only that the boundary and the thing's policy let it through.
   */
  withPoliciesOfAws: boolean
}

const program = `
import { text } from 'node:stream/consumers'
const { runSimulation } = await import(process.argv[1])
const answers = []
for (const simulation of JSON.parse(await text(process.stdin))) {
  const answer = await runSimulation(simulation, {})
  const ignored = answer.result?.ignoredContextKeys ?? []
  if (answer.resultType === 'error') answers.push('error: ' + JSON.stringify(answer.errors))
  else answers.push(ignored.length > 0 ? 'error: it takes no ' + ignored.join(', ') : answer.overallResult)
}
console.log(JSON.stringify(answers))
`

/** Asks the evaluator, one answer for each: `Allowed`, `denied`, or an error in its words. */
export async function judge(graph: Graph, account: string, asked: readonly Asked[]): Promise<string[]> {
  const simulations = asked.map((one) => simulationOf(graph, account, one))
  const child = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, module], {
    maxBuffer: 1e7,
  })
  child.child.stdin?.end(JSON.stringify(simulations))
  const answers = JSON.parse((await child).stdout) as string[]
  return answers.map((answer) => (/^(Explicitly|Implicitly)Denied$/.test(answer) ? 'denied' : answer))
}

/**
 * This release leaves out of a request the keys that end in a name of the caller's, unless it stands behind a slash. So the encryption context,
 * whose names stand behind a colon, is given to it as tags of the principal, in policies and requests alike.
 */
const readable = (text: string) => text.replaceAll('kms:EncryptionContext:', 'aws:PrincipalTag/EncryptionContext:')

const parsed = (policy: string) => JSON.parse(readable(policy)) as object

function simulationOf(graph: Graph, account: string, { role: name, request, withPoliciesOfAws }: Asked) {
  const [action, resource, context = {}] = request
  const role = one(graph, roleType, name)
  const principal = text(role.outputs, 'arn')
  const policies = ofType(graph, 'aws:iam/policy:Policy')
  const attached = policyArnsOf(graph, role).flatMap((arn) => {
    const ours = policies.filter(({ outputs }) => outputs.arn === arn)
    if (ours.length > 0) return ours.map((one) => ({ name: one.name, policy: parsed(text(one.inputs, 'policy')) }))
    return withPoliciesOfAws ? [{ name: arn, policy: theMostOf(arn) }] : []
  })
  const inline = ofType(graph, 'aws:iam/rolePolicy:RolePolicy')
    .filter(({ inputs }) => inputs.role === role.outputs.name)
    .map((one) => ({ name: one.name, policy: parsed(text(one.inputs, 'policy')) }))
  const boundary = policies.filter(({ outputs }) => outputs.arn === role.inputs.permissionsBoundary)
  const ofThing = resourcePolicy(graph, action, resource)
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
        ...(action.startsWith('kms:') && { 'kms:CallerAccount': account }),
        ...Object.fromEntries(Object.entries(context).map(([key, value]) => [readable(key), value])),
      },
    },
    identityPolicies: [...inline, ...attached],
    permissionBoundaryPolicies: boundary.map((one) => ({
      name: one.name,
      policy: parsed(text(one.inputs, 'policy')),
    })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(ofThing && { resourcePolicy: parsed(ofThing) }),
  }
}

const policyArnsOf = (graph: Graph, role: Resource): string[] =>
  ofType(graph, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment')
    .filter(({ inputs }) => inputs.role === role.outputs.name)
    .map(({ inputs }) => text(inputs, 'policyArn'))

/** Whether all that a role may do is in policies of AWS's. */
export const hasOnlyPoliciesOfAws = (graph: Graph, role: Resource): boolean =>
  policyArnsOf(graph, role).every((arn) => arn.startsWith('arn:aws:iam::aws:')) &&
  ofType(graph, 'aws:iam/rolePolicy:RolePolicy').every(({ inputs }) => inputs.role !== role.outputs.name)

function theMostOf(arn: string): object {
  const known = managedPolicies(arn)
  if (!known) throw new Error(`${arn} is neither in the plan nor in plan/reach/managed-policies.ts`)
  const Statement = known.map(({ actions, resources }) => ({ Effect: 'Allow', Action: actions, Resource: resources }))
  return { Version: '2012-10-17', Statement }
}

/** The policy of what is asked for: of a secret, a key, a bucket or its object, or of a role that is to be taken. */
function resourcePolicy(graph: Graph, action: string, resource: string): string | undefined {
  const bucket = /^arn:aws:s3:::([^/]+)/.exec(resource)?.[1]
  const found = [
    ...ofType(graph, 'aws:secretsmanager/secretPolicy:SecretPolicy')
      .filter(({ inputs }) => inputs.secretArn === resource)
      .map(({ inputs }) => text(inputs, 'policy')),
    ...ofType(graph, 'aws:s3/bucketPolicy:BucketPolicy')
      .filter(({ inputs }) => inputs.bucket === bucket)
      .map(({ inputs }) => text(inputs, 'policy')),
    ...ofType(graph, 'aws:kms/key:Key')
      .filter(({ outputs }) => outputs.arn === resource)
      .map(({ inputs }) => text(inputs, 'policy')),
    ...ofType(graph, roleType)
      .filter(({ outputs }) => outputs.arn === resource && action.startsWith('sts:'))
      .map(({ inputs }) => text(inputs, 'assumeRolePolicy')),
  ]
  return found[0]
}
