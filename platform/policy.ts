/** One condition block: operator, then key, then the values that pass. */
export type Conditions = Record<string, Record<string, string | string[]>>

/** One statement of an IAM, key, topic or endpoint policy, as AWS spells it. */
export interface Statement {
  Sid: string
  Effect: 'Allow' | 'Deny'
  Principal?: '*' | { AWS?: string | string[]; Service?: string | string[]; Federated?: string }
  Action: string | string[]
  /** Missing in a role's trust policy, where the resource is the role. */
  Resource?: string | string[]
  Condition?: Conditions
}

/**
 * A policy document as text. Where every part is plain, so is the text: a preview then shows the policy instead of "unknown".
 */
export function policyDocument(statements: Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}
