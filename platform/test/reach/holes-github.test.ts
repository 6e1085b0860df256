import * as aws from '@pulumi/aws'
import { type Hole, policyOf, seed } from './seed.ts'

const issuer = 'token.actions.githubusercontent.com'

/** One claim of the trust in a role, with other values; it is then compared as a pattern, or not at all where there are none. */
const claim =
  (role: string, name: string, values: string[]): Hole['change'] =>
  (type, itsName, props) => {
    if (type !== 'aws:iam/role:Role' || itsName !== role) return undefined
    const document = JSON.parse(String(props.assumeRolePolicy)) as {
      Statement: { Condition: Record<string, Record<string, unknown>> }[]
    }
    const [statement] = document.Statement
    if (!statement) return undefined
    const { [`${issuer}:${name}`]: _equal, ...equal } = statement.Condition.StringEquals ?? {}
    const { [`${issuer}:${name}`]: _like, ...like } = statement.Condition.StringLike ?? {}
    const StringLike = { ...like, ...(values.length > 0 && { [`${issuer}:${name}`]: values }) }
    const changed = { ...statement, Condition: { StringEquals: equal, StringLike } }
    return { ...props, assumeRolePolicy: JSON.stringify({ ...document, Statement: [changed] }) }
  }

await seed({
  'a deployment from every branch': {
    proof: 'jobs-of-one-repository',
    says: /Role 'github-deploy'.*: the claim 'ref' is refs\/heads\/\*/,
    change: claim('github-deploy', 'ref', ['refs/heads/*']),
  },
  'a deployment from a pull request': {
    proof: 'jobs-of-one-repository',
    says: /Role 'github-deploy'.*: the claim 'ref' is refs\/heads\/main or refs\/pull\/\*\/merge/,
    change: claim('github-deploy', 'ref', ['refs/heads/main', 'refs/pull/*/merge']),
  },
  'a deployment outside of the protected environment': {
    proof: 'jobs-of-one-repository',
    says: /Role 'github-deploy'.*: the environment is '' instead of 'production'/,
    change: claim('github-deploy', 'environment', []),
  },
  'a preview for every repository of the owner': {
    proof: 'jobs-of-one-repository',
    says: /Role 'github-preview'.*: the claim 'repository' is dhakacart\/\*/,
    change: claim('github-preview', 'repository', ['dhakacart/*']),
  },
  'another federation': {
    proof: 'jobs-of-one-repository',
    says: /Role 'hole'.*: arn:aws:iam::222222222222:oidc-provider\/example\.com is no provider that the settings name/,
    add: () => {
      const assumeRolePolicy = policyOf({
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: 'arn:aws:iam::222222222222:oidc-provider/example.com' },
        Condition: { StringEquals: { 'example.com:sub': 'me' } },
      })
      new aws.iam.Role('hole', { name: 'hole', assumeRolePolicy })
    },
  },
})
