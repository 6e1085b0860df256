import type { Cases } from './rule-cases.ts'

const sale = (changes: object) => ({
  name: 'eid',
  start: '2027-03-15T20:00',
  end: '2027-03-16T02:00',
  expectedVisitors: 100_000,
  ...changes,
})

/** Cases of the rules about the shop and its sales. */
export const shopCases: Record<string, Cases> = {
  'the fewest pods are not more than the most': {
    fails: [
      [
        { shopMinReplicas: 11, shopMaxReplicas: 10 },
        'dhakacart:shopMinReplicas: 11 is above shopMaxReplicas 10; use at most 10',
      ],
    ],
    passes: [{ shopMinReplicas: 10, shopMaxReplicas: 10 }],
  },
  'the times of a sale exist': {
    fails: [
      [
        { saleWindows: [sale({ start: '2027-02-29T20:00' })] },
        'dhakacart:saleWindows[0].start: "2027-02-29T20:00" is no time of any calendar; use one such as 2027-03-15T20:00',
      ],
      [
        { saleWindows: [sale({ end: '2027-03-16T24:00' })] },
        'dhakacart:saleWindows[0].end: "2027-03-16T24:00" is no time of any calendar; use one such as 2027-03-15T20:00',
      ],
    ],
    passes: [{ saleWindows: [sale({ start: '2028-02-29T00:00', end: '2028-02-29T23:59' })] }],
  },
  'a sale ends after its start': {
    fails: [
      [
        { saleWindows: [sale({ end: '2027-03-15T20:00' })] },
        'dhakacart:saleWindows[0].end: "2027-03-15T20:00" is not after its start 2027-03-15T20:00; use a later time',
      ],
    ],
    passes: [{ saleWindows: [sale({ end: '2027-03-15T20:01' })] }],
  },
  'sales have names of their own': {
    fails: [
      [
        { saleWindows: [sale({}), sale({ expectedVisitors: 1 })] },
        'dhakacart:saleWindows[1].name: "eid" names an earlier sale too; use a name of its own',
      ],
    ],
    passes: [{ saleWindows: [sale({}), sale({ name: 'eid-2' })] }],
  },
}
