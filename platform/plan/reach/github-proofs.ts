import type { Settings } from '../../settings/schema.ts'
import { type Test, where } from './documents.ts'
import { linesOf, type Proof } from './proof.ts'
import { type Trust, whoCanAssume } from './roles.ts'

const issuer = 'token.actions.githubusercontent.com'

/** The claims of a token that have to be looked at, and the values that may pass. */
function claimsOf({ githubRepository, githubEnvironment, githubBranch }: Settings, environment: string) {
  const branch = `refs/heads/${githubBranch}`
  const [owner = '', name = ''] = githubRepository.split('/').map((part) => part.replace(/[.]/g, '\\.'))
  // Numbers behind the names stand in the subjects of repositories made since the summer of 2026.
  const subject = new RegExp(`^repo:${owner}(@[0-9*]+)?/${name}(@[0-9*]+)?:environment:${environment}$`)
  const previews = environment === `${githubEnvironment}-preview`
  const is = (wanted: string[]) => (value: string) => wanted.includes(value)
  return {
    aud: is(['sts.amazonaws.com']),
    repository: is([githubRepository]),
    environment: is([environment]),
    // A pull request may be looked at from its own merge commit; only the one branch changes anything.
    ref: is(previews ? [branch, 'refs/pull/*/merge'] : [branch]),
    sub: (value: string) => subject.test(value),
  }
}

/** What is wrong with a federated trust; nothing where it admits jobs of the one repository in one environment of the stack only. */
function openTo(trust: Trust, settings: Settings): string[] {
  if (!trust.name.endsWith(`:oidc-provider/${issuer}`)) return [`${trust.name} is no provider that the settings name`]
  const named = (claim: string): Test | undefined =>
    trust.tests.find(
      ({ operator, key }) => ['StringEquals', 'StringLike'].includes(operator) && key === `${issuer}:${claim}`,
    )
  const environment = named('environment')?.values.join() ?? ''
  if (![settings.githubEnvironment, `${settings.githubEnvironment}-preview`].includes(environment)) {
    return [`the environment is '${environment}' instead of '${settings.githubEnvironment}' or the one of previews`]
  }
  return Object.entries(claimsOf(settings, environment)).flatMap(([claim, right]) => {
    const values = named(claim)?.values ?? []
    if (values.length > 0 && values.every(right)) return []
    return [`the claim '${claim}' is ${values.join(' or ') || 'not looked at'}`]
  })
}

const jobsOfOneRepository: Proof = {
  name: 'jobs-of-one-repository',
  says: 'Only jobs of the one repository, in an environment of this stack, on its branch or on a pull request that is only looked at, take a role by federation.',
  applies: ({ settings }) => settings.githubRepository !== '',
  prove: ({ graph, identities, settings }) => {
    const trusts = identities.roles.flatMap((role) => whoCanAssume(identities, role))
    const federated = trusts.filter(({ kind, name }) => kind === 'federated' || name.includes('oidc-provider'))
    const findings = federated.flatMap((trust) =>
      openTo(trust, settings).map(
        (why) => `${trust.says} lets ${trust.name} take it${where(trust.conditions)}: ${why}`,
      ),
    )
    return {
      looked: federated.length,
      at: `${federated.length} trusts in a federation`,
      findings,
      undecided: linesOf(graph, identities.undecided),
    }
  },
}

/** Proofs about what GitHub takes. */
export const githubProofs: Proof[] = [jobsOfOneRepository]
