import { shown } from '../problems.ts'
import { type Rule, when } from './rule.ts'

export const shopRules: readonly Rule[] = [
  {
    name: 'the fewest pods are not more than the most',
    reads: ['shopMinReplicas', 'shopMaxReplicas'],
    find: ({ shopMinReplicas: least, shopMaxReplicas: most }) =>
      when(least > most, 'shopMinReplicas', `${least} is above shopMaxReplicas ${most}; use at most ${most}`),
  },
  {
    name: 'the times of a sale exist',
    reads: ['saleWindows'],
    find: ({ saleWindows }) =>
      saleWindows.flatMap((sale, at) =>
        (['start', 'end'] as const).flatMap((side) =>
          when(
            !exists(sale[side]),
            `saleWindows[${at}].${side}`,
            `${shown(sale[side])} is no time of any calendar; use one such as 2027-03-15T20:00`,
          ),
        ),
      ),
  },
  {
    name: 'a sale ends after its start',
    reads: ['saleWindows'],
    // Both are local times of one zone without daylight saving, in a form whose order is that of its text.
    find: ({ saleWindows }) =>
      saleWindows.flatMap(({ start, end }, at) =>
        when(end <= start, `saleWindows[${at}].end`, `${shown(end)} is not after its start ${start}; use a later time`),
      ),
  },
  {
    name: 'sales have names of their own',
    reads: ['saleWindows'],
    find: ({ saleWindows }) =>
      saleWindows.flatMap(({ name }, at) =>
        when(
          saleWindows.findIndex((sale) => sale.name === name) < at,
          `saleWindows[${at}].name`,
          `${shown(name)} names an earlier sale too; use a name of its own`,
        ),
      ),
  },
]

/** Whether a local time such as 2027-02-28T20:00 exists; JavaScript would make 2 March of 30 February. */
export function exists(text: string): boolean {
  const time = new Date(`${text}:00Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text)
}
