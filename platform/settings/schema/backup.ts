import { choice, text, whole } from '../rows.ts'

/** AWS Backup (backup.ts). */
export const backupSettings = {
  backupRetentionDays: whole(
    { part: 'backup', default: 30, description: 'How long the daily backups in the vault are kept.' },
    7,
    3_653,
  ),
  backupVaultLock: choice(
    {
      part: 'backup',
      default: 'governance',
      description:
        'Whether the vault can be opened before its backups expire: by nobody without a right of its own (governance), by nobody at all and for ever after three days (compliance), or freely (none).',
    },
    ['none', 'governance', 'compliance'],
  ),
  backupCopyRegion: text(
    {
      part: 'backup',
      default: 'ap-south-1',
      description: 'The second region that every backup is copied to, under a key of its own; empty copies nothing.',
      wanted: 'another region, such as ap-south-1, or nothing',
    },
    { pattern: '^$|^[a-z]{2}(-[a-z]+)+-[0-9]$' },
  ),
}
