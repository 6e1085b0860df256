/** One statement of a policy document, as AWS writes and reads it. */
export interface Statement {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Principal?: unknown
  Action?: string | string[]
  NotAction?: string | string[]
  Resource?: string | string[]
  Condition?: unknown
}

export interface PolicyDocument {
  Version?: string
  Statement: Statement[]
}

/** The statements of ours that a policy lacks or has otherwise, by their ids. What others have added is not our business. */
export function missingStatements(policy: string | undefined, ours: Statement[]): string[] {
  const found = new Map(read(policy).map((statement) => [statement.Sid, canonical(statement)]))
  return ours
    .filter((statement) => found.get(statement.Sid) !== canonical(statement))
    .map((statement) => statement.Sid ?? '')
}

/** The policy with our statements in it, those of the same id replaced, and every other kept. */
export function withStatements(policy: string | undefined, ours: Statement[]): string {
  const ids = new Set(ours.map(({ Sid }) => Sid))
  const kept = read(policy).filter(({ Sid }) => !ids.has(Sid))
  return JSON.stringify({ Version: '2012-10-17', Statement: [...ours, ...kept] })
}

function read(policy: string | undefined): Statement[] {
  if (!policy) return []
  const { Statement: statements }: { Statement: Statement | Statement[] } = JSON.parse(policy)
  return [statements].flat()
}

/** AWS gives a list of one back as a string, and keys in any order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? canonical(value[0]) : `[${value.map(canonical).sort()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(String(value))
  const entries = Object.entries(value).map(([key, of]) => `${key}:${canonical(of)}`)
  return `{${entries.sort()}}`
}
