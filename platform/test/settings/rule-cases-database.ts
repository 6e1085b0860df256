import { type Cases, inProduction } from './rule-cases.ts'

const sale = (start: string, end: string) => ({
  saleWindows: [{ name: 'eid', start, end, expectedVisitors: 100_000 }],
})
const main = { name: 'main' }
const restored = (changes: object) => ({ databaseInstances: [main, { name: 'restored', ...changes }] })
const ofMain = { restoreOf: 'main', restoreTo: '2026-11-20T14:00:00Z' }
const resourceId = `db-${'A1'.repeat(13)}`
const tooNear = (time: string, backup: string) =>
  `dhakacart:maintenanceTime: "${time}" is too near to backupTime ${backup}; use a time of day at least 3 hours after and 2 hours before it`
const inSale = (time: string, start: string, end: string) =>
  `dhakacart:maintenanceTime: "${time}" falls into the sale eid (${start} to ${end}); use another day or hour`

const rules: Record<string, Cases> = {
  'the database in use is one of those that stand': {
    fails: [
      [{ databaseInUse: 'restored' }, 'dhakacart:databaseInUse: "restored" is none of databaseInstances; use main'],
      [
        { databaseInstances: [main, { name: 'restored', ...ofMain }], databaseInUse: 'mian' },
        'dhakacart:databaseInUse: "mian" is none of databaseInstances; use main or restored',
      ],
    ],
    passes: [{}, { ...restored(ofMain), databaseInUse: 'restored' }],
  },
  'databases have names of their own': {
    fails: [
      [
        { databaseInstances: [main, { name: 'main', snapshot: 'before-the-sale' }] },
        'dhakacart:databaseInstances[1].name: "main" names an earlier database too; use a name of its own',
      ],
    ],
    passes: [restored(ofMain)],
  },
  'a database begins in one way, and not from itself': {
    fails: [
      [
        restored({ snapshot: 'before-the-sale', ...ofMain }),
        'dhakacart:databaseInstances[1]: "restored" has a snapshot and another database to be restored from; use one of them',
      ],
      [
        restored({ snapshot: 'before-the-sale', restoreTo: 'latest' }),
        'dhakacart:databaseInstances[1]: "restored" has a snapshot and another database to be restored from; use one of them',
      ],
      [
        restored({ restoreOf: 'main' }),
        'dhakacart:databaseInstances[1].restoreTo is not set while restoreOf is "main"; use a time in UTC, such as 2027-03-15T14:00:00Z, or latest',
      ],
      [
        restored({ restoreTo: 'latest' }),
        'dhakacart:databaseInstances[1].restoreOf is not set while restoreTo is "latest"; use the name of another database',
      ],
      [
        restored({ ...ofMain, restoreOf: 'restored' }),
        'dhakacart:databaseInstances[1].restoreOf: "restored" is the database itself; use the name of another one',
      ],
    ],
    passes: [
      restored({ snapshot: 'rds:dhakacart-prod-main-2026-11-20-20-05' }),
      restored({ restoreOf: 'main', restoreTo: 'latest' }),
      restored({ restoreOf: resourceId, restoreTo: 'latest' }),
      // The third step of a restore: what it was restored from is gone.
      { databaseInstances: [{ name: 'restored', ...ofMain }], databaseInUse: 'restored' },
    ],
  },
  'a database is restored to a time that has been': {
    fails: [
      [
        restored({ restoreOf: 'main', restoreTo: '2026-02-30T14:00:00Z' }),
        'dhakacart:databaseInstances[1].restoreTo: "2026-02-30T14:00:00Z" is no time of any calendar; use one such as 2027-03-15T14:00:00Z',
      ],
      [
        restored({ restoreOf: 'main', restoreTo: '2026-11-22T14:00:00Z' }),
        'dhakacart:databaseInstances[1].restoreTo: "2026-11-22T14:00:00Z" has not come yet; use a time that has been, or latest',
      ],
    ],
    passes: [restored(ofMain), restored({ restoreOf: 'main', restoreTo: '2024-02-29T23:59:59Z' })],
  },
  'the disk of the database may grow': {
    fails: [
      [
        { databaseStorageGib: 100, databaseMaxStorageGib: 109 },
        'dhakacart:databaseMaxStorageGib: 109 is less than a tenth above databaseStorageGib 100; use at least 110',
      ],
      [
        { databaseStorageGib: 45, databaseMaxStorageGib: 49 },
        'dhakacart:databaseMaxStorageGib: 49 is less than a tenth above databaseStorageGib 45; use at least 50',
      ],
    ],
    passes: [{ databaseStorageGib: 45, databaseMaxStorageGib: 50 }, {}],
  },
  'the database has connections for every pod': {
    // 12 pods (one more during a rollout), 14 connections each, 2 of a migration, 15 held back.
    fails: [
      [
        { production: false, databaseClass: 'db.t4g.small', shopMaxReplicas: 11 },
        'dhakacart:databaseClass: "db.t4g.small" surely offers 174 connections, and 11 pods (shopMaxReplicas) need 185; use db.t4g.medium, db.m7g.large, db.m7g.xlarge, db.m7g.2xlarge, db.r7g.large, db.r7g.xlarge, db.r7g.2xlarge, or fewer pods',
      ],
      [
        { shopMaxReplicas: 100 },
        'dhakacart:databaseClass: "db.m7g.large" surely offers 782 connections, and 100 pods (shopMaxReplicas) need 1431; use db.m7g.xlarge, db.m7g.2xlarge, db.r7g.large, db.r7g.xlarge, db.r7g.2xlarge, or fewer pods',
      ],
      [
        { shopMaxReplicas: 500, databaseClass: 'db.r7g.2xlarge' },
        'dhakacart:databaseClass: "db.r7g.2xlarge" surely offers 5000 connections, and 500 pods (shopMaxReplicas) need 7031; use fewer pods: no class has so many',
      ],
    ],
    passes: [{ production: false, databaseClass: 'db.t4g.small', shopMaxReplicas: 10 }, { shopMaxReplicas: 53 }],
  },
  'maintenance keeps away from backups': {
    fails: [
      [{ maintenanceTime: 'wed:04:59' }, tooNear('wed:04:59', '02:00')],
      [{ maintenanceTime: 'wed:02:00' }, tooNear('wed:02:00', '02:00')],
      [{ maintenanceTime: 'wed:00:01' }, tooNear('wed:00:01', '02:00')],
      [{ backupTime: '23:00', maintenanceTime: 'wed:01:59' }, tooNear('wed:01:59', '23:00')],
      [{ backupTime: '00:30', maintenanceTime: 'sun:23:00' }, tooNear('sun:23:00', '00:30')],
    ],
    passes: [
      { maintenanceTime: 'wed:05:00' },
      { maintenanceTime: 'wed:00:00' },
      { backupTime: '23:00', maintenanceTime: 'wed:02:00' },
      { backupTime: '00:30', maintenanceTime: 'sun:22:30' },
    ],
  },
  'maintenance keeps away from sales': {
    // 2027-03-17 is a Wednesday; maintenance is from 5 to 6.
    fails: [
      [sale('2027-03-16T20:00', '2027-03-17T05:01'), inSale('wed:05:00', '2027-03-16T20:00', '2027-03-17T05:01')],
      [sale('2027-03-17T05:59', '2027-03-17T09:00'), inSale('wed:05:00', '2027-03-17T05:59', '2027-03-17T09:00')],
      [sale('2027-03-17T05:10', '2027-03-17T05:20'), inSale('wed:05:00', '2027-03-17T05:10', '2027-03-17T05:20')],
      [sale('2027-03-12T00:00', '2027-03-20T00:00'), inSale('wed:05:00', '2027-03-12T00:00', '2027-03-20T00:00')],
      [
        { ...sale('2027-03-21T20:00', '2027-03-22T06:00'), maintenanceTime: 'mon:05:00' },
        inSale('mon:05:00', '2027-03-21T20:00', '2027-03-22T06:00'),
      ],
    ],
    passes: [
      sale('2027-03-16T20:00', '2027-03-17T05:00'),
      sale('2027-03-17T06:00', '2027-03-17T23:00'),
      sale('2027-03-18T00:00', '2027-03-24T05:00'),
      { ...sale('2027-03-21T20:00', '2027-03-22T06:00'), maintenanceTime: 'tue:05:00' },
    ],
  },
}

/** Cases of the rules about the database. */
export const databaseCases = {
  ...rules,
  ...inProduction('databaseMultiAz', false, true, 'use true, so that a lost zone takes a minute or two and no order'),
  ...inProduction(
    'databaseClass',
    'db.t4g.medium',
    'db.r7g.large',
    'use a class that lives without CPU credits, such as db.m7g.large',
  ),
  ...inProduction('databaseLogRetentionDays', 60, 90, 'use at least 90 days; break-ins are found late'),
}
