import { type Conditions, policyDocument, type Statement } from '../policy.ts'
import type { Stack } from '../stack.ts'

/**
 * How a principal proves that it is there: `machine` roles by their own session; `person` adds, for IAM users, a second factor and a
 * session named after them; `emergency` asks everybody for a second factor and stays in this region, where the alarm listens.
 */
export type Proof = 'machine' | 'person' | 'emergency'

const secondFactor: Conditions = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }

/** A user's session bears the user's name, so that Kubernetes' audit log names a person and not a role. */
const underOwnName: Conditions = { StringEquals: { 'sts:RoleSessionName': `\${aws:username}` } }

/**
 * The trust policy of a role that the named principals may take. Keys of an IAM user live long, so they never suffice alone; a role's
 * sessions are short, and its own issuer asked for the second factor.
 */
export function trustPolicy(stack: Stack, principals: readonly string[], proof: Proof): string {
  const isUser = (principal: string) => principal.includes(':user/')
  const here: Conditions = { StringEquals: { 'aws:RequestedRegion': stack.settings.region } }
  const ofUsers: Record<Proof, Conditions> = {
    machine: secondFactor,
    person: { ...secondFactor, ...underOwnName },
    emergency: { ...secondFactor, StringEquals: { ...here.StringEquals, ...underOwnName.StringEquals } },
  }
  return policyDocument([
    ...admit('Users', principals.filter(isUser), ofUsers[proof]),
    ...admit(
      'Roles',
      principals.filter((principal) => !isUser(principal)),
      proof === 'emergency' ? { ...secondFactor, ...here } : undefined,
    ),
  ])
}

/** The trust policy of a role that a service of AWS takes. */
export function serviceTrustPolicy(service: string, actions: string[] = ['sts:AssumeRole'], Condition?: Conditions) {
  return policyDocument([
    {
      Sid: 'Service',
      Effect: 'Allow',
      Principal: { Service: service },
      Action: actions,
      ...(Condition && { Condition }),
    },
  ])
}

function admit(Sid: string, principals: string[], Condition?: Conditions): Statement[] {
  if (principals.length === 0) return []
  const statement = { Sid, Effect: 'Allow', Principal: { AWS: principals }, Action: 'sts:AssumeRole' } as const
  return [Condition ? { ...statement, Condition } : statement]
}
