import { Type } from 'typebox'
import { databaseClasses } from '../../database/classes.ts'
import { choice, choiceOfDays, flag, list, text, whole } from '../rows.ts'

/** The database (database.ts). */
export const databaseSettings = {
  databaseVersion: choice(
    {
      part: 'database',
      default: '17',
      description:
        'The major version of PostgreSQL; up by a runbook only, never down. Minor versions come by themselves.',
    },
    ['17', '18'],
  ),
  databaseClass: choice(
    {
      part: 'database',
      default: 'db.m7g.large',
      description: 'The machine of the database; it also decides how many connections there are.',
    },
    Object.keys(databaseClasses),
  ),
  databaseStorageGib: whole(
    { part: 'database', default: 50, description: 'The disk that the database begins with; it never shrinks.' },
    20,
    16_384,
  ),
  databaseMaxStorageGib: whole(
    {
      part: 'database',
      default: 500,
      description: 'How far the disk grows by itself before an alarm is all that is left.',
    },
    22,
    65_536,
  ),
  databaseMultiAz: flag({
    part: 'database',
    default: true,
    description:
      'Whether a second machine in another zone takes over within a minute or two; doubles the price of the machine and its disk.',
  }),
  databaseReadReplicas: whole(
    {
      part: 'database',
      default: 0,
      description: 'Copies for reading, seconds behind; each costs a machine and a disk.',
    },
    0,
    3,
  ),
  databaseBackupRetentionDays: whole(
    {
      part: 'database',
      default: 35,
      description: 'How many days back the database can be restored to any second.',
    },
    1,
    35,
  ),
  databaseLogRetentionDays: choiceOfDays({
    part: 'database',
    default: 90,
    description: 'How long the logs of the database and of the cache are kept.',
  }),
  databaseInstances: list(
    {
      part: 'database',
      default: [{ name: 'main' }],
      description:
        'The databases that stand, each made empty, from a snapshot, or as another one was at a time; a restore adds one, and how it began can never be edited (runbooks/restore.md).',
      wanted:
        'a list of {name}, {name, snapshot} or {name, restoreOf, restoreTo}, times in UTC, such as 2027-03-15T14:00:00Z',
    },
    Type.Object(
      {
        name: Type.String({
          pattern: '^[a-z][a-z0-9]{1,19}$',
          wanted: 'lower-case letters and digits, such as restored20270315',
        }),
        snapshot: Type.Optional(
          Type.String({ pattern: '^([a-z]+:)?[A-Za-z0-9:/_-]{1,255}$', wanted: 'the identifier or ARN of a snapshot' }),
        ),
        restoreOf: Type.Optional(
          Type.String({
            pattern: '^([a-z][a-z0-9]{1,19}|db-[A-Z0-9]{26})$',
            wanted: 'the name of another database of this list, or the resource id (db-...) of one that is gone',
          }),
        ),
        restoreTo: Type.Optional(
          Type.String({
            pattern: '^(latest|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)$',
            wanted: 'a time in UTC, such as 2027-03-15T14:00:00Z, or latest',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    { minItems: 1, maxItems: 3 },
  ),
  databaseInUse: text(
    {
      part: 'database',
      default: 'main',
      description: 'The one of databaseInstances that the shop uses; only that one is protected.',
      wanted: 'the name of one of databaseInstances',
    },
    { pattern: '^[a-z][a-z0-9]{1,19}$' },
  ),
  backupTime: text(
    {
      part: 'database',
      default: '02:00',
      description:
        "When the daily backups begin, in Asia/Dhaka: the database's and the cache's own then, the vault's an hour later.",
      wanted: 'a time of day in Asia/Dhaka, such as 02:00',
    },
    { pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' },
  ),
  maintenanceTime: text(
    {
      part: 'database',
      default: 'wed:05:00',
      description: 'When the hour a week begins, in Asia/Dhaka, in which AWS may restart the database and the cache.',
      wanted: 'a day and a time in Asia/Dhaka, such as wed:05:00',
    },
    { pattern: '^(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]$' },
  ),
}
