import { whole } from '../rows.ts'

/** Buckets, images, and how long what is in them is kept. */
export const storageSettings = {
  accessLogRetentionDays: whole(
    {
      part: 'later: storage',
      default: 365,
      description: "How long AWS's logs of who asked for what are kept in their bucket.",
    },
    30,
    3_653,
  ),
  lokiRetentionDays: whole(
    { part: 'later: storage', default: 90, description: 'How long logs of what runs in the cluster are kept.' },
    7,
    3_653,
  ),
  dumpRetentionDays: whole(
    { part: 'later: storage', default: 90, description: 'How long what is put into the bucket of backups is kept.' },
    7,
    3_653,
  ),
  imagesKept: whole(
    { part: 'later: registry', default: 50, description: 'How many images of the shop the registry keeps.' },
    10,
    1_000,
  ),
}
