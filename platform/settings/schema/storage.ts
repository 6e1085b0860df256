import { Type } from 'typebox'
import { list, whole } from '../rows.ts'

/** Buckets, images, and how long what is in them is kept. */
export const storageSettings = {
  accessLogRetentionDays: whole(
    {
      part: 'storage',
      default: 365,
      description:
        "How long AWS's own logs are kept: who asked a bucket, the load balancer or the CDN for what, and the account's trail.",
    },
    30,
    3_653,
  ),
  lokiRetentionDays: whole(
    { part: 'storage', default: 90, description: 'How long logs of what runs in the cluster are kept.' },
    7,
    3_653,
  ),
  dumpRetentionDays: whole(
    { part: 'storage', default: 90, description: 'How long what is put into the bucket of backups is kept.' },
    7,
    3_653,
  ),
  imagesKept: whole(
    { part: 'registry', default: 50, description: 'How many images of the shop the registry keeps.' },
    10,
    1_000,
  ),
  imageLogins: list(
    {
      part: 'registry',
      default: [],
      description:
        'Registries with a login whose images are cached too; its secret must have its value before (npm run secrets).',
      wanted: 'docker-hub, github or both',
    },
    Type.Enum(['docker-hub', 'github']),
  ),
}
