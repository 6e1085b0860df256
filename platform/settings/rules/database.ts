import { connectionsOf, databaseClasses } from '../../database/classes.ts'
import { connectionsNeeded } from '../../database/connections.ts'
import { minutesOf } from '../../times.ts'
import { type Finding, shown } from '../problems.ts'
import type { Settings } from '../schema.ts'
import { type Rule, when } from './rule.ts'
import { exists } from './shop.ts'

const hour = 60
const day = 24 * hour
const week = 7 * day

export const databaseRules: readonly Rule[] = [
  {
    name: 'the database in use is one of those that stand',
    reads: ['databaseInstances', 'databaseInUse'],
    find({ databaseInstances, databaseInUse }) {
      const names = databaseInstances.map(({ name }) => name)
      return when(
        !names.includes(databaseInUse),
        'databaseInUse',
        `${shown(databaseInUse)} is none of databaseInstances; use ${names.join(' or ')}`,
      )
    },
  },
  {
    name: 'databases have names of their own',
    reads: ['databaseInstances'],
    find: ({ databaseInstances }) =>
      databaseInstances.flatMap(({ name }, at) =>
        when(
          databaseInstances.findIndex((other) => other.name === name) < at,
          `databaseInstances[${at}].name`,
          `${shown(name)} names an earlier database too; use a name of its own`,
        ),
      ),
  },
  {
    name: 'a database begins in one way, and not from itself',
    reads: ['databaseInstances'],
    find: ({ databaseInstances }) =>
      databaseInstances.flatMap((item, at) => checkBirth(item, `databaseInstances[${at}]`)),
  },
  {
    name: 'a database is restored to a time that has been',
    reads: ['databaseInstances'],
    find: ({ databaseInstances }, today) =>
      databaseInstances.flatMap(({ restoreTo }, at) =>
        restoreTo === undefined || restoreTo === 'latest'
          ? []
          : checkTime(restoreTo, `databaseInstances[${at}].restoreTo`, today),
      ),
  },
  {
    name: 'the disk of the database may grow',
    reads: ['databaseStorageGib', 'databaseMaxStorageGib'],
    // RDS refuses less than a tenth more (RDS user guide, "Managing capacity automatically", 2026-11-21).
    find({ databaseStorageGib, databaseMaxStorageGib }) {
      const least = databaseStorageGib + Math.ceil(databaseStorageGib / 10)
      return when(
        databaseMaxStorageGib < least,
        'databaseMaxStorageGib',
        `${databaseMaxStorageGib} is less than a tenth above databaseStorageGib ${databaseStorageGib}; use at least ${least}`,
      )
    },
  },
  {
    name: 'the database has connections for every pod',
    reads: ['databaseClass', 'shopMaxReplicas'],
    find({ databaseClass, shopMaxReplicas }) {
      const [needed, offered] = [connectionsNeeded(shopMaxReplicas), connectionsOf(databaseClass)]
      const enough = Object.keys(databaseClasses).filter((name) => connectionsOf(name) >= needed)
      const right =
        enough.length > 0 ? `use ${enough.join(', ')}, or fewer pods` : 'use fewer pods: no class has so many'
      return when(
        needed > offered,
        'databaseClass',
        `${shown(databaseClass)} surely offers ${offered} connections, and ${shopMaxReplicas} pods (shopMaxReplicas) need ${needed}; ${right}`,
      )
    },
  },
  {
    name: 'maintenance keeps away from backups',
    reads: ['backupTime', 'maintenanceTime'],
    // Three hours after their beginning the backups of the database, the cache and the vault are done; two hours before it maintenance is.
    find({ backupTime, maintenanceTime }) {
      const after = (((minutesOf(maintenanceTime) - minutesOf(backupTime)) % day) + day) % day
      return when(
        after < 3 * hour || day - after < 2 * hour,
        'maintenanceTime',
        `${shown(maintenanceTime)} is too near to backupTime ${backupTime}; use a time of day at least 3 hours after and 2 hours before it`,
      )
    },
  },
  {
    name: 'maintenance keeps away from sales',
    reads: ['maintenanceTime', 'saleWindows'],
    find: ({ maintenanceTime, saleWindows }) =>
      saleWindows.flatMap(({ name, start, end }) =>
        when(
          meets(maintenanceTime, start, end),
          'maintenanceTime',
          `${shown(maintenanceTime)} falls into the sale ${name} (${start} to ${end}); use another day or hour`,
        ),
      ),
  },
]

function checkBirth(item: Settings['databaseInstances'][number], path: string): Finding[] {
  const { name, snapshot, restoreOf, restoreTo } = item
  const two = snapshot !== undefined && (restoreOf ?? restoreTo) !== undefined
  return [
    ...when(two, path, `${shown(name)} has a snapshot and another database to be restored from; use one of them`),
    ...when(
      restoreOf !== undefined && restoreTo === undefined,
      `${path}.restoreTo`,
      `is not set while restoreOf is ${shown(restoreOf)}; use a time in UTC, such as 2027-03-15T14:00:00Z, or latest`,
    ),
    ...when(
      restoreOf === undefined && restoreTo !== undefined && !two,
      `${path}.restoreOf`,
      `is not set while restoreTo is ${shown(restoreTo)}; use the name of another database`,
    ),
    ...when(
      restoreOf === name,
      `${path}.restoreOf`,
      `${shown(restoreOf)} is the database itself; use the name of another one`,
    ),
  ]
}

function checkTime(text: string, path: string, today: Date): Finding[] {
  const time = new Date(text)
  // JavaScript would make 2 March of 30 February.
  const exists = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text.slice(0, -1))
  if (!exists)
    return [{ path, text: `${shown(text)} is no time of any calendar; use one such as 2027-03-15T14:00:00Z` }]
  return when(time > today, path, `${shown(text)} has not come yet; use a time that has been, or latest`)
}

/**
 * Whether the hour a week of maintenance meets a sale; all three are times in Dhaka, which has no daylight saving. What is no sale meets nothing:
 * other rules speak of it.
 */
function meets(maintenanceTime: string, start: string, end: string): boolean {
  if (!exists(start) || !exists(end) || end <= start) return false
  const from = minutesSinceMonday(start)
  const sinceWindow = (((from - minutesOf(maintenanceTime)) % week) + week) % week
  return sinceWindow < hour || from + week - sinceWindow < minutesSinceMonday(end)
}

/** Minutes since a Monday long ago (1970-01-05), so that their rest by a week is the time of the week. */
const minutesSinceMonday = (text: string): number => Date.parse(`${text}:00Z`) / 60_000 - 4 * day
