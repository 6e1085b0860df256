import { hash } from '../hash.ts'
import { packageOf } from '../urn.ts'
import { unknownValue, type Wire } from '../values.ts'
import { account } from './account.ts'
import { backups } from './backup.ts'
import { database } from './database.ts'
import { adopted, derived } from './derived.ts'
import { identity } from './identity.ts'
import { kubernetesState } from './kubernetes.ts'
import { network } from './network.ts'
import { registry } from './registry.ts'
import { services } from './services.ts'
import { storage } from './storage.ts'
import { fill, type Row, type Subject } from './template.ts'

/** The one table of made-up outputs: by type. An output that is not in it stays unknown. */
export const table: Record<string, Row> = {
  ...network,
  ...identity,
  ...services,
  ...backups,
  ...database,
  ...storage,
  ...registry,
  ...account,
}

/** What stands in the place of a state that only the cloud could give. */
export interface Made {
  id: string
  /** Outputs that give way to inputs of the same name. */
  outputs: Wire
  /** Outputs that do not. */
  overrides: Wire
}

function fromRow(subject: Subject, row: Row): Made {
  const { id: idText, arn: arnText, ...rest } = row
  const byArn = idText === '{arn}'
  const known: Wire = {}
  const other = adopted[subject.type]?.(subject)
  if (!byArn) known.id = typeof other === 'string' && other !== unknownValue ? other : fill(subject, known, idText)
  if (arnText !== undefined) known.arn = fill(subject, known, arnText)
  if (byArn) known.id = known.arn
  const outputs = fill(subject, known, rest) as Wire
  const { id, arn } = known
  return {
    id: id === unknownValue ? `${subject.name}-${hash(subject.urn, 12)}` : String(id),
    outputs: arn === undefined ? outputs : { ...outputs, arn },
    overrides: derived[subject.type]?.(subject) ?? {},
  }
}

/** The state that a resource would have: of the right shape, and the same at every run. */
export function madeUp(subject: Subject): Made {
  if (packageOf(subject.type) === 'kubernetes') return kubernetesState(subject)
  const row = table[subject.type]
  const url = subject.inputs.url
  if (typeof url === 'string') subject.inputs.host = url.replace(/^https:\/\//, '')
  return row ? fromRow(subject, row) : { id: `${subject.name}-${hash(subject.urn, 12)}`, outputs: {}, overrides: {} }
}
