import * as aws from '@pulumi/aws'
import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { type Hole, inputsOf, seed } from './seed.ts'

/** Other inputs of every resource of a type. */
const every =
  (type: string, inputs: Record<string, unknown>): Hole['change'] =>
  (itsType, _name, props) =>
    itsType === type ? { ...props, ...inputs } : undefined
const databaseType = 'aws:rds/instance:Instance'
const selectionType = 'aws:backup/selection:Selection'
const bucket = 'arn:aws:s3:::dhakacart-prod-backups-222222222222-ap-southeast-1'

/** The one rule of the plan of backups, changed. */
const rule =
  (change: object): Hole['change'] =>
  (type, _name, props) =>
    type === 'aws:backup/plan:Plan'
      ? { ...props, rules: (props.rules as pulumi.Input<object>[]).map((one) => ({ ...one, ...change })) }
      : undefined

await seed({
  'a database that AWS deletes without a question': {
    proof: 'state-is-held',
    says: /Instance 'main': deletionProtection is false instead of true/,
    change: every(databaseType, { deletionProtection: false }),
  },
  'a database that goes without a last snapshot': {
    proof: 'state-is-held',
    says: /Instance 'main': skipFinalSnapshot is true/,
    change: every(databaseType, { skipFinalSnapshot: true }),
  },
  'a database whose backups go with it': {
    proof: 'state-is-held',
    says: /Instance 'main': deleteAutomatedBackups is not said instead of false/,
    change: every(databaseType, { deleteAutomatedBackups: undefined }),
  },
  'a bucket that is emptied to be deleted': {
    proof: 'state-is-held',
    says: /Bucket 'assets': forceDestroy is true/,
    change: inputsOf('aws:s3/bucket:Bucket', 'assets', { forceDestroy: true }),
  },
  'a secret that is gone at once': {
    proof: 'state-is-held',
    says: /Secret 'jwt-keys': recoveryWindowInDays is less than 7/,
    change: inputsOf('aws:secretsmanager/secret:Secret', 'jwt-keys', { recoveryWindowInDays: 0 }),
  },
  'a key that is gone in a week': {
    proof: 'state-is-held',
    says: /Key 'volumes': deletionWindowInDays is 7 instead of 30/,
    change: inputsOf('aws:kms/key:Key', 'volumes', { deletionWindowInDays: 7 }),
  },
  'a bucket that Pulumi deletes': {
    proof: 'state-is-held',
    says: /Bucket 'hole': Pulumi does not protect it/,
    add: () => void new aws.s3.Bucket('hole', { bucket: 'hole' }),
  },
  'a cache that Pulumi deletes': {
    proof: 'state-is-held',
    says: /ReplicationGroup 'cache': Pulumi does not protect it/,
    unprotect: 'aws:elasticache/replicationGroup:ReplicationGroup',
  },
  'a vault whose lock locks another one': {
    proof: 'state-is-held',
    says: /Vault 'backups': it has no lock/,
    change: inputsOf('aws:backup/vaultLockConfiguration:VaultLockConfiguration', 'backups', {
      backupVaultName: 'other',
    }),
  },
  'a table that nobody speaks of': {
    proof: 'state-is-held',
    says: /Table 'hole': whether aws:dynamodb\/table:Table keeps data is not understood/,
    add: () => void new aws.dynamodb.Table('hole', { hashKey: 'id', attributes: [{ name: 'id', type: 'S' }] }),
  },
  'a disk of a pod that nobody speaks of': {
    proof: 'state-is-held',
    says: /PersistentVolumeClaim 'hole': whether kubernetes:core\/v1:PersistentVolumeClaim keeps data is not understood/,
    add: () => void new kubernetes.core.v1.PersistentVolumeClaim('hole', {}),
  },
  'a database that no selection names': {
    proof: 'stores-are-backed-up',
    says: /Instance 'main' should be in the plan of backups, and no selection names its ARN/,
    change: inputsOf(selectionType, 'database-main', {
      resources: ['arn:aws:rds:ap-southeast-1:222222222222:db:other'],
    }),
  },
  'a selection by a condition that may leave it out': {
    proof: 'stores-are-backed-up',
    says: /Instance 'main': Selection 'database-main': its selectionTags leave some out/,
    change: inputsOf(selectionType, 'database-main', {
      selectionTags: [{ type: 'STRINGEQUALS', key: 'backup', value: 'yes' }],
    }),
  },
  'backups that live for a week': {
    proof: 'stores-are-backed-up',
    says: /Bucket 'assets': Selection 'assets': a backup lives 7 days instead of 30/,
    change: rule({ lifecycle: { deleteAfter: 7 } }),
  },
  'backups that are copied nowhere': {
    proof: 'stores-are-backed-up',
    says: /Instance 'main': Selection 'database-main': nothing is copied to ap-south-1 for 30 days/,
    change: rule({ copyActions: [] }),
  },
  'copies in the same region': {
    proof: 'stores-are-backed-up',
    says: /nothing is copied to ap-south-1 for 30 days/,
    change: inputsOf('aws:backup/vault:Vault', 'copies', { region: 'ap-southeast-1' }),
  },
  'a bucket that no row of the table speaks of': {
    proof: 'stores-are-backed-up',
    says: /Bucket 'hole' is in no row of backup\/stores\.ts/,
    add: () => void new aws.s3.Bucket('hole', { bucket: 'hole' }),
  },
  'a selection of what has a reason not to be backed up': {
    proof: 'stores-are-backed-up',
    says: /Bucket 'backups' has a reason not to be backed up, and Selection 'assets' backs it up/,
    change: inputsOf(selectionType, 'assets', { resources: [bucket] }),
  },
  'a selection of something that this plan does not hold': {
    proof: 'stores-are-backed-up',
    says: /Selection 'assets' names arn:aws:s3:::\*, which is nothing of this plan/,
    change: inputsOf(selectionType, 'assets', { resources: ['arn:aws:s3:::*'] }),
  },
})
