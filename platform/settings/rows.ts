import { type TSchema, Type } from 'typebox'

/** Which part of the platform reads a setting; `later` names parts that are not built yet. */
export type Part =
  | 'provider'
  | 'everything'
  | 'network'
  | 'keys'
  | 'cluster'
  | 'nodes'
  | 'access'
  | 'runner'
  | 'alarms'
  | 'budget'
  | 'database'
  | 'cache'
  | 'storage'
  | 'registry'
  | 'backup'
  | 'account'
  | 'identity'
  | 'secrets'
  | 'later: shop'

/** What is said about a setting, beside its type and bounds. */
export interface Row {
  /** One sentence: what it chooses, and its price where it has one. */
  description: string
  part: Part
  /** What would be right, where the schema's own words (pattern, bounds) do not say it to a person. */
  wanted?: string
  default?: unknown
  secret?: boolean
}

const arn = '^arn:aws:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]+$'
/** The shape of a network; whether it is one is for `rules/addresses.ts`. */
export const cidr = '^([0-9]{1,3}\\.){3}[0-9]{1,3}/[0-9]{1,2}$'

/** A setting that is a text. */
export const text = (row: Row, rules: { pattern?: string; minLength?: number; maxLength?: number } = {}) =>
  Type.String({ ...row, ...rules })

/** A whole number; its unit is in the setting's name. */
export const whole = (row: Row, minimum: number, maximum: number) => Type.Integer({ ...row, minimum, maximum })

/** True or false. */
export const flag = (row: Row & { default: boolean }) => Type.Boolean({ ...row })

/** One of a few words. */
export const choice = <const T extends string[]>(row: Row, values: T) => Type.Enum(values, { ...row })

/** A list that names each thing once. */
export const list = <const T extends TSchema>(
  row: Row,
  item: T,
  rules: { minItems?: number; maxItems?: number } = {},
) => Type.Array(item, { ...row, uniqueItems: true, ...rules })

/** Roles and users of IAM; a session of one (`arn:aws:sts::...:assumed-role/...`) is none. */
export const principals = (row: Row, rules: { minItems?: number } = {}) =>
  list(row, Type.String({ pattern: arn }), { maxItems: 20, ...rules })

/** The days that CloudWatch Logs can keep a log group; it knows no others. */
export function choiceOfDays(row: Row) {
  return Type.Enum(
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
    { ...row },
  )
}
