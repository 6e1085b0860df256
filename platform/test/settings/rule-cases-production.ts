import { type Cases, inProduction } from './rule-cases.ts'

const zones = (...letters: string[]) => letters.map((letter) => `ap-southeast-1${letter}`)
const digest = `sha256:${'0a'.repeat(32)}`

/** Cases of the rules about what production must be, but for those of a subject with a file of its own. */
export const productionCases: Record<string, Cases> = {
  'availabilityZones is that of a production stack': {
    fails: [
      [
        { availabilityZones: zones('a', 'b') },
        'dhakacart:availabilityZones: ["ap-southeast-1a","ap-southeast-1b"] is too little for production; name three zones, so that a lost one leaves two',
      ],
    ],
    passes: [{ production: false, availabilityZones: zones('a', 'b') }, {}],
  },
  ...inProduction('natGateways', 'one', 'onePerZone', 'use onePerZone, so that a lost zone takes no other with it'),
  ...inProduction(
    'interfaceEndpoints',
    'one',
    'onePerZone',
    'use onePerZone, so that a lost zone takes no other with it',
  ),
  ...inProduction('protect', false, true, 'use true, so that no typing error deletes an order'),
  ...inProduction('flowLogRetentionDays', 60, 90, 'use at least 90 days; break-ins are found late'),
  ...inProduction('clusterLogRetentionDays', 60, 90, 'use at least 90 days; break-ins are found late'),
  ...inProduction('databaseBackupRetentionDays', 29, 30, 'use at least 30 days'),
  ...inProduction('alarmEmails', [], ['a@b.c'], 'name at least one address, or alarms reach nobody'),
  ...inProduction(
    'breakGlassPrincipals',
    [],
    ['arn:aws:iam::222222222222:role/x'],
    'name who comes in when all else fails',
  ),
  ...inProduction(
    'secretKeeperPrincipals',
    [],
    ['arn:aws:iam::222222222222:role/x'],
    'name who rotates the keys of tokens',
  ),
  ...inProduction(
    'shopImage',
    'ghcr.io/dhakacart/shop:1',
    `ghcr.io/dhakacart/shop@${digest}`,
    'use registry/name@sha256:<64 hexadecimal digits>; a tag can be moved',
  ),
  'an image has a name and a tag or digest': {
    fails: [
      [
        { production: false, shopImage: 'the newest' },
        'dhakacart:shopImage: "the newest" is no image; use registry/name:tag or registry/name@sha256:<64 hexadecimal digits>',
      ],
    ],
    passes: [
      { production: false, shopImage: 'localhost:5000/shop:v1.2' },
      { production: false, shopImage: `ghcr.io/dhakacart/shop@${digest}` },
    ],
  },
}
