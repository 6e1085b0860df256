import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { type Hole, inputsOf, seed } from './seed.ts'

const name = (purpose: string) => `dhakacart-prod-${purpose}-222222222222-ap-southeast-1`
const arn = (purpose: string) => `arn:aws:s3:::${name(purpose)}`

/** The policy of one bucket with other statements. */
const bucketPolicy =
  (bucket: string, change: (statements: Statement[]) => object[]): Hole['change'] =>
  (type, itsName, props) => {
    if (type !== 'aws:s3/bucketPolicy:BucketPolicy' || itsName !== bucket) return undefined
    const policy = pulumi.output(props.policy as pulumi.Input<string>).apply((text) => {
      const document = JSON.parse(text) as { Statement: Statement[] }
      return JSON.stringify({ ...document, Statement: change(document.Statement) })
    })
    return { ...props, policy }
  }
interface Statement {
  Sid: string
  Condition?: object
}
/** A statement more, which lets somebody read the pictures of the shop. */
const and = (statement: object): Hole['change'] =>
  bucketPolicy('assets', (statements) => [
    ...statements,
    { Sid: 'Hole', Effect: 'Allow', Action: 's3:GetObject', Resource: `${arn('assets')}/*`, ...statement },
  ])
const cdn = (Condition: object) => and({ Principal: { Service: 'cloudfront.amazonaws.com' }, Condition })

await seed({
  'a bucket that nobody closes to callers without TLS': {
    proof: 'buckets-closed',
    says: /Bucket 'backups': nothing refuses callers without TLS/,
    change: bucketPolicy('backups', (statements) => statements.filter(({ Sid }) => Sid !== 'OnlyTls')),
  },
  'a refusal of callers without TLS that spares some of them': {
    proof: 'buckets-closed',
    says: /Bucket 'backups': nothing refuses callers without TLS/,
    change: bucketPolicy('backups', (statements) =>
      statements.map((one) =>
        one.Sid === 'OnlyTls'
          ? { ...one, Condition: { ...one.Condition, StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }
          : one,
      ),
    ),
  },
  'a bucket for everybody': {
    proof: 'buckets-closed',
    says: /Bucket 'assets': statement 'Hole' lets \* s3:GetObject: it is not held to this account/,
    change: and({ Principal: '*' }),
  },
  'a bucket for everybody who comes from some address': {
    proof: 'buckets-closed',
    says: /lets \* s3:GetObject, where IpAddress aws:SourceIp = 203\.0\.113\.0\/24: it is not held to this account/,
    change: and({ Principal: { AWS: '*' }, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
  },
  'a bucket for another account': {
    proof: 'buckets-closed',
    says: /lets arn:aws:iam::999999999999:root s3:GetObject: it is not held to this account/,
    change: and({ Principal: { AWS: 'arn:aws:iam::999999999999:root' } }),
  },
  'a bucket for everybody but one': {
    proof: 'buckets-closed',
    says: /everybody but 999999999999 s3:GetObject: that is the world/,
    change: and({ NotPrincipal: { AWS: '999999999999' } }),
  },
  'a bucket for the CDN of anybody': {
    proof: 'buckets-closed',
    says: /lets cloudfront\.amazonaws\.com s3:GetObject: any distribution of anybody could serve it/,
    change: and({ Principal: { Service: 'cloudfront.amazonaws.com' } }),
  },
  'a bucket for a distribution that this plan does not make': {
    proof: 'buckets-closed',
    says: /any distribution of anybody could serve it/,
    change: cdn({ StringEquals: { 'aws:SourceArn': 'arn:aws:cloudfront::222222222222:distribution/E1' } }),
  },
  'a service that delivers for any account': {
    proof: 'buckets-closed',
    says: /Bucket 'logs': statement 'LogsOfBuckets' lets logging\.s3\.amazonaws\.com s3:PutObject: it would do so for any account/,
    change: bucketPolicy('logs', (statements) =>
      statements.map((one) => (one.Sid === 'LogsOfBuckets' ? { ...one, Condition: undefined } : one)),
    ),
  },
  'a service that reads what it delivered': {
    proof: 'buckets-closed',
    says: /lets logging\.s3\.amazonaws\.com s3:Get\*.*: all that it needs is s3:PutObject/,
    change: bucketPolicy('logs', (statements) =>
      statements.map((one) => (one.Sid === 'LogsOfBuckets' ? { ...one, Action: 's3:Get*' } : one)),
    ),
  },
  'a public access block with a gap': {
    proof: 'buckets-closed',
    says: /Bucket 'loki': no public access block says restrictPublicBuckets/,
    change: inputsOf('aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock', 'loki', {
      restrictPublicBuckets: false,
    }),
  },
  'ACLs switched on again': {
    proof: 'buckets-closed',
    says: /Bucket 'loki': its ACLs are not switched off, objectOwnership is ObjectWriter/,
    change: inputsOf('aws:s3/bucketOwnershipControls:BucketOwnershipControls', 'loki', {
      rule: { objectOwnership: 'ObjectWriter' },
    }),
  },
  'an ACL for everybody': {
    proof: 'buckets-closed',
    says: /BucketAcl 'hole' gives a way to a bucket that is not understood/,
    add: () => void new aws.s3.BucketAcl('hole', { bucket: name('assets'), acl: 'public-read' }),
  },
  'an access point': {
    proof: 'buckets-closed',
    says: /AccessPoint 'hole' gives a way to a bucket that is not understood/,
    add: () => void new aws.s3.AccessPoint('hole', { bucket: name('backups') }),
  },
  'copies for another account': {
    proof: 'buckets-closed',
    says: /BucketReplicationConfig 'hole' gives a way to a bucket that is not understood/,
    add: () => {
      const destination = { bucket: 'arn:aws:s3:::of-others', account: '999999999999' }
      const rules = [{ status: 'Enabled', destination }]
      const role = 'arn:aws:iam::222222222222:role/hole'
      new aws.s3.BucketReplicationConfig('hole', { bucket: name('backups'), role, rules })
    },
  },
  'logs of a bucket that go to a bucket of others': {
    proof: 'buckets-closed',
    says: /BucketLogging 'backups': targetBucket of-others is no bucket of this plan/,
    change: inputsOf('aws:s3/bucketLogging:BucketLogging', 'backups', { targetBucket: 'of-others' }),
  },
  'a bucket without anything around it': {
    proof: 'buckets-closed',
    says: /Bucket 'hole' has 0 bucket policies instead of one/,
    add: () => void new aws.s3.Bucket('hole', { bucket: 'hole' }),
  },
})
