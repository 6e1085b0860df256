import t from 'tap'
import type { SettingSchema } from '../../settings/problems.ts'
import { fullKey } from '../../settings/problems.ts'
import { schema } from '../../settings/schema.ts'
import { type Config, changedBy, connection, differing, effectOf, exceptions, settings } from './plans.ts'

/* Every setting that a part reads changes something in the plan of that part; those in which the stacks differ are in `stacks.test.ts`. */

// Some forty plans, on a machine that may do other things besides.
t.setTimeout(600_000)

const principal = (name: string) => JSON.stringify([`arn:aws:iam::222222222222:role/${name}`])

/** Another value of each setting in which the stacks do not differ; a setting that is in neither fails. */
const others: Record<string, string | Config> = {
  imageLogins: '["docker-hub"]',
  cloudTrail: 'exists',
  region: {
    'aws:region': 'ap-south-1',
    'dhakacart:backupCopyRegion': 'ap-southeast-1',
    'dhakacart:availabilityZones': '["ap-south-1a","ap-south-1b","ap-south-1c"]',
    'dhakacart:githubConnectionArn': connection('ap-south-1', '222222222222'),
  },
  accountId: {
    'dhakacart:accountId': '333333333333',
    'dhakacart:githubConnectionArn': connection('ap-southeast-1', '333333333333'),
  },
  owner: 'somebody-else',
  cacheVersion: '8.1',
  clusterVersion: '1.36',
  clusterServiceCidr: '172.21.0.0/16',
  clusterPublicAccessCidrs: '["203.0.113.7/32"]',
  deployerPrincipals: principal('another-deployer'),
  operatorPrincipals: principal('another-operator'),
  viewerPrincipals: principal('another-viewer'),
  breakGlassPrincipals: principal('another-break-glass'),
  secretKeeperPrincipals: principal('another-keeper'),
  door: 'false',
  githubRepository: 'dhakacart/another',
  githubConnectionArn: connection('ap-southeast-1', '222222222222').replace('abcdef', 'abcdee'),
  githubActorIds: '["8"]',
  githubDeployWorkflow: 'release',
  githubRepositoryId: '7',
  githubBranch: 'release',
  alarmEmails: '["another@dhakacart.example"]',
  databaseVersion: '18',
  databaseReadReplicas: '1',
  databaseInstances: '[{"name":"main"},{"name":"other","restoreOf":"main","restoreTo":"latest"}]',
  databaseInUse: {
    'dhakacart:databaseInstances': '[{"name":"main"},{"name":"other","snapshot":"before-the-sale"}]',
    'dhakacart:databaseInUse': 'other',
  },
  backupTime: '01:30',
  maintenanceTime: 'thu:05:00',
}

/** Another value of each setting that nothing reads yet. */
const notRead: Record<string, string> = {
  shopMinReplicas: '2',
  shopMaxReplicas: '4',
  shopImage: 'ghcr.io/dhakacart/shop:1',
  saleWindows: '[{"name":"eid","start":"2027-03-15T20:00","end":"2027-03-16T02:00","expectedVisitors":9}]',
}

t.test('every setting that a part reads changes something in that part', async (t) => {
  for (const [key] of settings.filter(([key]) => !(key in exceptions) && !differing.includes(key))) {
    const other = others[key]
    t.ok(other, `${key}: another value of it is known`)
    const { all, inPart } = await effectOf(key, typeof other === 'object' ? other : { [fullKey(key)]: other ?? '' })
    t.ok(inPart > 0, `${key} changes ${all.size} values, ${inPart} of them in its part`)
  }
})

t.test('what changes nothing does so for a reason', async (t) => {
  for (const [key, reason] of Object.entries(exceptions)) {
    const setting = (schema.properties as Record<string, SettingSchema>)[key]
    t.ok(setting && (setting.part?.startsWith('later: ') || key === 'production'), `${key}: ${reason}`)
  }
  const production = await changedBy({ 'dhakacart:production': 'true' })
  t.strictSame([...production], [], 'production by itself builds nothing')
  const later: Config = Object.fromEntries(
    Object.keys(exceptions)
      .filter((key) => key !== 'production')
      .map((key) => [fullKey(key), notRead[key] ?? '']),
  )
  t.notOk(Object.values(later).includes(''), 'another value is known of each')
  const unread = await changedBy(later)
  t.strictSame([...unread], [], 'nothing reads these yet; what begins to must leave the table of exceptions')
})
