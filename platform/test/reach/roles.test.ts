import fc from 'fast-check'
import t from 'tap'
import type { Properties } from '../../plan/graph.ts'
import { administrators } from '../../plan/reach/administrators.ts'
import { fits } from '../../plan/reach/documents.ts'
import { permissionsOf, readIdentities, whatMayDo, whoCanAssume } from '../../plan/reach/roles.ts'
import { graphOf, type Short } from './build.ts'

const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const allow = (Action: string | string[], more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more })
const deny = (Action: string, more: object = {}) => ({ ...allow(Action, more), Effect: 'Deny' })
const role = (inputs: Properties = {}): Short => [
  'aws:iam/role:Role',
  'worker',
  {
    name: 'worker',
    assumeRolePolicy: policy({ ...allow('sts:AssumeRole'), Principal: { Service: 'ec2.amazonaws.com' } }),
    ...inputs,
  },
  { arn: 'arn:aws:iam::1:role/worker' },
]
const inline = (...statements: object[]): Short => [
  'aws:iam/rolePolicy:RolePolicy',
  'inline',
  { role: 'worker', policy: policy(...statements) },
]

function read(...shorts: Short[]) {
  const identities = readIdentities(graphOf(...shorts))
  const worker = identities.roles[0]
  if (!worker) throw new Error('there is no role')
  return { identities, worker, may: (action: string, on = '*') => whatMayDo(identities, worker, action, on) }
}

t.test('patterns of IAM meet as their texts do', async (t) => {
  t.ok(fits('eks:*Access*', 'eks:AssociateAccessPolicy'))
  t.ok(fits('s3:Get?bject', 's3:GetObject'))
  t.ok(fits('a*c', '*bc'), 'two patterns that can meet')
  t.notOk(fits('s3:Get*', 's3:PutObject'))
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 })
  fc.assert(
    fc.property(letters, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 }), (pattern, text) => {
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text)
      return fits(pattern, text) === expected && fits(text, pattern) === expected
    }),
  )
})

t.test('what a role may do, by every way to give it something', async (t) => {
  t.notOk(read(role()).may('s3:GetObject').allowed, 'nothing by itself')
  t.ok(read(role(), inline(allow('S3:get*'))).may('s3:GetObject', 'arn:aws:s3:::a/b').allowed, 'in any case')
  t.ok(read(role(), inline(allow([], { NotAction: 'iam:*' }))).may('s3:GetObject').allowed, 'everything but')
  t.notOk(read(role(), inline(allow([], { NotAction: 's3:*' }))).may('s3:GetObject').allowed)
  const elsewhere = allow('s3:*', { Resource: undefined, NotResource: 'arn:aws:s3:::a/*' })
  t.notOk(read(role(), inline(elsewhere)).may('s3:GetObject', 'arn:aws:s3:::a/b').allowed)
  t.ok(read(role(), inline(elsewhere)).may('s3:GetObject', 'arn:aws:s3:::c/b').allowed)
  t.ok(read(role({ inlinePolicies: [{ policy: policy(allow('s3:*')) }] })).may('s3:GetObject').allowed, 'in the role')
  const attached: Short[] = [
    ['aws:iam/policy:Policy', 'own', { policy: policy(allow('kms:*')) }, { arn: 'arn:own' }],
    ['aws:iam/policyAttachment:PolicyAttachment', 'to', { roles: ['worker'], policyArn: 'arn:own' }],
  ]
  t.match(read(role(), ...attached).may('kms:Decrypt').grants[0]?.says, /Policy 'own', statement 1/)
  const key: Short = [
    'aws:kms/key:Key',
    'key',
    { policy: policy({ ...allow('kms:Decrypt'), Principal: { AWS: 'arn:aws:iam::1:role/worker' } }) },
    { arn: 'arn:key' },
  ]
  t.ok(read(role(), key).may('kms:Decrypt', 'arn:key').allowed, "by the thing's own policy")
  t.notOk(read(role(), key).may('kms:Decrypt', 'arn:other').allowed)
})

t.test("AWS's own policies are known by a table, or not known", async (t) => {
  const known = read(role({ managedPolicyArns: ['arn:aws:iam::aws:policy/AmazonEKSNetworkingPolicy'] }))
  t.ok(known.may('ec2:DeleteVpc').allowed, 'taken for more than it is')
  t.notOk(known.may('s3:GetObject').allowed)
  const unknown = read(role({ managedPolicyArns: ['arn:aws:iam::aws:policy/service-role/New'] }))
  t.match(permissionsOf(unknown.identities, unknown.worker).doubts, [/New, and what is in it is not known/])
})

t.test('only a denial without conditions, of what is asked, is believed', async (t) => {
  t.notOk(read(role(), inline(allow('s3:*'), deny('s3:GetObject'))).may('s3:GetObject', 'arn:aws:s3:::a').allowed)
  const narrowed = deny('s3:GetObject', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } })
  t.ok(read(role(), inline(allow('s3:*'), narrowed)).may('s3:GetObject', 'arn:aws:s3:::a').allowed)
  t.ok(read(role(), inline(allow('s3:*'), deny('s3:GetObject'))).may('s3:*').allowed, 'another of them is left')
})

t.test('who takes a role', async (t) => {
  const trust = (statement: object) => {
    const { identities, worker } = read(
      role({ assumeRolePolicy: policy({ ...allow('sts:AssumeRole'), ...statement }) }),
    )
    return whoCanAssume(identities, worker).map(({ kind, name }) => `${kind} ${name}`)
  }
  t.strictSame(trust({ Principal: '*' }), ['everybody *'])
  t.strictSame(trust({ Principal: { AWS: 'arn:aws:iam::*:role/x' } }), ['everybody arn:aws:iam::*:role/x'])
  t.strictSame(trust({ Principal: { Federated: '*' } }), ['everybody *'])
  t.strictSame(trust({ Principal: { AWS: ['123456789012', 'arn:aws:iam::123456789012:root'] } }), [
    'account 123456789012',
    'account arn:aws:iam::123456789012:root',
  ])
  t.strictSame(trust({ Principal: { AWS: 'arn:aws:iam::123456789012:role/a' } }), [
    'principal arn:aws:iam::123456789012:role/a',
  ])
  t.strictSame(trust({ Action: 'sts:TagSession', Principal: '*' }), [], 'that alone takes no role')
  const { identities, worker } = read(role({ assumeRolePolicy: 'not json' }))
  t.strictSame(whoCanAssume(identities, worker), [])
  t.strictSame(
    identities.undecided.map(({ property }) => property),
    ['assumeRolePolicy', 'assumeRolePolicy'],
  )
})

t.test('a cluster that says little has administrators that nobody named', async (t) => {
  const cluster: Short = ['aws:eks/cluster:Cluster', 'cluster', {}]
  const found = administrators(read(role(), cluster).identities).all.map((one) => one.principal)
  t.strictSame(found, ['whoever makes the cluster', 'whoever the ConfigMap aws-auth names'])
})
