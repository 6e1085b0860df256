import * as aws from '@pulumi/aws'
import { type Hole, policyOf, seed } from './seed.ts'

const keyArn = 'arn:aws:kms:ap-southeast-1:222222222222:key/*'

/** The policy of one key with another statement, or without one. */
const keyPolicy =
  (name: string, change: (statements: { Sid: string }[]) => object[]): Hole['change'] =>
  (type, itsName, props) => {
    if (type !== 'aws:kms/key:Key' || itsName !== name) return undefined
    const document = JSON.parse(String(props.policy)) as { Statement: { Sid: string }[] }
    return { ...props, policy: JSON.stringify({ ...document, Statement: change(document.Statement) }) }
  }
const and = (statement: object) => (statements: object[]) => [
  ...statements,
  { Sid: 'Hole', Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', ...statement },
]
const role = (statement: object) => {
  const assumeRolePolicy = policyOf({ Principal: { Service: 'ec2.amazonaws.com' } })
  const { name } = new aws.iam.Role('hole', { name: 'hole', assumeRolePolicy })
  new aws.iam.RolePolicy('hole', { role: name, policy: policyOf(statement) })
}

await seed({
  'a key policy with one user more': {
    proof: 'keys-for-the-named',
    says: /Key 'database': nobody named this: Role 'eks-viewer' may read/,
    change: keyPolicy(
      'database',
      and({ Principal: { AWS: 'arn:aws:iam::222222222222:role/dhakacart-prod-eks-viewer' } }),
    ),
  },
  'a key policy for another account': {
    proof: 'keys-for-the-named',
    says: /Key 'buckets': nobody named this: arn:aws:iam::999999999999:root may read/,
    change: keyPolicy('buckets', and({ Principal: { AWS: 'arn:aws:iam::999999999999:root' } })),
  },
  'a key policy for everybody of the account, whatever IAM says': {
    proof: 'keys-for-the-named',
    says: /Key 'secrets': nobody named this: everybody may read, where StringEquals kms:CallerAccount/,
    change: keyPolicy(
      'secrets',
      and({ Principal: '*', Condition: { StringEquals: { 'kms:CallerAccount': '222222222222' } } }),
    ),
  },
  'a service that asks in the name of any account': {
    proof: 'keys-for-the-named',
    says: /nobody named this: cloudtrail\.amazonaws\.com may write\n[\s\S]*named, and is not so: cloudtrail/,
    change: keyPolicy('audit', (statements) =>
      statements.map((one) => (one.Sid === 'Trail' ? { ...one, Condition: undefined } : one)),
    ),
  },
  'a key that the account can use without a service between': {
    proof: 'keys-for-the-named',
    says: /Key 'cache': nobody named this: whoever IAM lets may read, write, grant, sign, administer/,
    change: keyPolicy('cache', and({ Principal: { AWS: '222222222222' }, Action: 'kms:*' })),
  },
  'a role that decrypts everything': {
    proof: 'keys-for-the-named',
    says: /Key 'database': nobody named this: Role 'hole' may read, where StringEquals kms:ViaService = rds/,
    add: () => role({ Action: 'kms:Decrypt', Resource: '*' }),
  },
  'a role that lost its key': {
    proof: 'keys-for-the-named',
    says: /Key 'secrets': named, and is not so: Role 'grafana' may read/,
    change: (type, name, props) =>
      type === 'aws:iam/rolePolicy:RolePolicy' && name === 'grafana'
        ? { ...props, policy: policyOf({ Action: 'secretsmanager:GetSecretValue', Resource: '*' }) }
        : undefined,
  },
  'a role that rewrites the policies of keys': {
    proof: 'keys-for-the-named',
    says: /Key 'logs': nobody named this: Role 'hole' may administer/,
    add: () => role({ Action: 'kms:Put*', Resource: keyArn }),
  },
  'a grant beside the policy': {
    proof: 'keys-for-the-named',
    says: /nobody named this: arn:aws:iam::222222222222:user\/mallory by Grant 'hole' may read/,
    add: (prod) => {
      const granteePrincipal = 'arn:aws:iam::222222222222:user/mallory'
      new aws.kms.Grant('hole', {
        keyId: prod.id('aws:kms/key:Key', 'volumes'),
        granteePrincipal,
        operations: ['Decrypt'],
      })
    },
  },
  'a second policy of a key': {
    proof: 'keys-for-the-named',
    says: /Key 'registry': nobody named this: everybody may read, write, grant, sign, administer/,
    add: (prod) => {
      const policy = policyOf({ Action: 'kms:*', Resource: '*', Principal: '*' })
      new aws.kms.KeyPolicy('hole', { keyId: prod.id('aws:kms/key:Key', 'registry'), policy })
    },
  },
  'a key of a kind that nobody reads here': {
    proof: 'keys-for-the-named',
    says: /ExternalKey 'hole' is a key of a kind that is not understood/,
    add: () => void new aws.kms.ExternalKey('hole', {}),
  },
  'a key that no row speaks of': {
    proof: 'keys-for-the-named',
    says: /Key 'hole' is in no row of the table of key users/,
    add: () => void new aws.kms.Key('hole', { enableKeyRotation: true }),
  },
})
