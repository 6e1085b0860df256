import { parseCidrs } from './addresses.ts'
import { administrators } from './administrators.ts'
import { where } from './documents.ts'
import { factsOf, label } from './facts.ts'
import { canReach, describeAnswer, type Party, strangerIn } from './inside.ts'
import { describeExposure, publicEndpoints } from './outside.ts'
import { componentOf, linesOf, type Proof } from './proof.ts'
import { covers, subtract } from './ranges.ts'
import { type Identities, permissionsOf, roleType, type Trust, whoCanAssume } from './roles.ts'

const clusterType = 'aws:eks/cluster:Cluster'

const apiFromNamedAddresses: Proof = {
  name: 'kubernetes-from-named-addresses',
  says: 'From the internet, the Kubernetes API can be reached from the addresses in clusterPublicAccessCidrs only.',
  prove: ({ graph, world, settings }) => {
    const named = parseCidrs(settings.clusterPublicAccessCidrs).addresses
    const clusters = world.index.of(clusterType)
    const findings = publicEndpoints(world).flatMap((endpoint) =>
      endpoint.flows
        .filter((flow) => !covers(named, flow.peers))
        .map((flow) => describeExposure({ ...endpoint, flows: [{ ...flow, peers: subtract(flow.peers, named) }] })),
    )
    return {
      looked: clusters.length,
      at: `${clusters.length} clusters`,
      findings,
      undecided: linesOf(graph, world.undecided),
    }
  },
}

/** The parts of ours that are clients of the API. */
const clients = new Set(['Door', 'Runner', 'Nodes', 'Cluster'])

const apiFromNamedThings: Proof = {
  name: 'kubernetes-from-named-things',
  says: 'Inside the network, only the door, the runner and the nodes can reach the Kubernetes API, whatever else is put into a subnet.',
  prove: ({ graph, world }) => {
    const apis = world.things.filter((thing) => thing.resource.type === clusterType)
    const strangers: Party[] = world.subnets.map(strangerIn)
    const others = world.things.filter((thing) => !thing.silent && !clients.has(componentOf(thing.resource.urn) ?? ''))
    const doubts = new Set<string>()
    const findings = apis.flatMap((api) => {
      const friends = world.things.filter(
        (thing) => clients.has(componentOf(thing.resource.urn) ?? '') && thing !== api,
      )
      const open = friends.some((thing) => canReach(thing, api, 443).flows.length > 0)
      const wrong = [...strangers, ...others].flatMap((party) => {
        const answer = canReach(party, api)
        for (const doubt of answer.doubts) doubts.add(doubt)
        return answer.flows.length > 0 ? [describeAnswer(party, api, answer)] : []
      })
      return [...(open ? [] : [`nothing at all reaches ${api.label}, its nodes included`]), ...wrong]
    })
    const looked = apis.length === 0 ? 0 : strangers.length + others.length
    return {
      looked,
      at: `${looked} possible senders, ${apis.length} clusters`,
      findings,
      undecided: [...linesOf(graph, world.undecided), ...doubts],
    }
  },
}

/** Roles that may administer the cluster: by the end of the name that access.ts gives them. */
const adminRoles = { deployer: '-eks-deployer', breakGlass: '-break-glass' } as const

/** The role with which GitHub deploys (github.ts): it is a deployer, and makes the access entries. */
const githubDeploy = '-github-deploy'

/** The claims of a token that must all be looked at, or more than the one repository's protected environment takes the role. */
const claims = ['aud', 'repository', 'environment', 'ref', 'sub']

/** What of a token of GitHub's a trust leaves open. */
function openClaims({ kind, conditions, name }: Trust): string[] {
  if (kind !== 'federated' || !name.endsWith(':oidc-provider/token.actions.githubusercontent.com'))
    return ['everything']
  return claims.filter(
    (claim) =>
      !conditions.some((condition) => {
        const [, values] = condition.split(`token.actions.githubusercontent.com:${claim} = `)
        return values !== undefined && /^String(Equals|Like) /.test(condition) && !values.split(' or ').some(isOpen)
      }),
  )
}

/** A value that is open from its first word on. */
const isOpen = (value: string) => /^(repo:|refs\/)?[*?]/.test(value)

const namedAdministrators: Proof = {
  name: 'named-administrators',
  says: "Only the deployer, GitHub's deploy role and break-glass administer the cluster, and only the principals in the settings and jobs of the one repository, branch and environment take those roles.",
  prove: ({ graph, identities, settings }) => {
    const { all, doubts } = administrators(identities)
    const prefix = `arn:aws:iam::${settings.accountId}:role/dhakacart-${graph.stack}`
    const named: Record<string, { principals: string[]; second: boolean }> = {
      [`${prefix}${adminRoles.deployer}`]: {
        principals: [
          ...settings.deployerPrincipals,
          ...(settings.githubRepository ? [`${prefix}${githubDeploy}`] : []),
        ],
        second: false,
      },
      [`${prefix}${adminRoles.breakGlass}`]: { principals: settings.breakGlassPrincipals, second: true },
    }
    const findings = all.flatMap(({ principal, role, because }) => {
      if (role && settings.githubRepository && principal === `${prefix}${githubDeploy}`) {
        return whoCanAssume(identities, role).flatMap((trust) => {
          const open = openClaims(trust)
          return open.length > 0 ? [`${saysOf(trust)}, and it administers the cluster: ${open.join(', ')} is open`] : []
        })
      }
      const allowed = named[principal]
      if (!allowed || !role) return [`${principal} administers the cluster: ${because}`]
      return whoCanAssume(identities, role).flatMap((trust) => [
        ...(trust.kind === 'principal' && allowed.principals.includes(trust.name)
          ? []
          : [`${saysOf(trust)}, and it administers the cluster`]),
        ...(allowed.second && !hasSecondFactor(trust) ? [`${saysOf(trust)} without a second factor`] : []),
      ])
    })
    return {
      looked: all.length,
      at: `${all.length} ways to administer`,
      findings,
      undecided: undecidedOf(identities, doubts),
    }
  },
}

const hasSecondFactor = (trust: Trust) => trust.conditions.includes('Bool aws:MultiFactorAuthPresent = true')
const saysOf = (trust: Trust) => `${trust.says} lets ${trust.name} take it${where(trust.conditions)}`

const noRoleTrustsTheWorld: Proof = {
  name: 'no-role-trusts-the-world',
  says: 'No role can be taken by everybody, by another account that the settings do not name, or by a whole federation.',
  prove: ({ identities, settings }) => {
    const { deployerPrincipals, operatorPrincipals, viewerPrincipals, breakGlassPrincipals } = settings
    const named = [deployerPrincipals, operatorPrincipals, viewerPrincipals, breakGlassPrincipals].flat()
    const findings = identities.roles.flatMap((role) =>
      whoCanAssume(identities, role).flatMap((trust) => {
        if (trust.kind === 'everybody') return [saysOf(trust)]
        if (trust.account && trust.account !== settings.accountId && !named.includes(trust.name)) return [saysOf(trust)]
        const subject = trust.conditions.some((condition) => /:sub = /.test(condition) && !/= \*$/.test(condition))
        return trust.kind === 'federated' && !subject ? [`${saysOf(trust)}, whoever its token is for`] : []
      }),
    )
    const looked = identities.roles.length
    return { looked, at: `${looked} roles`, findings, undecided: undecidedOf(identities) }
  },
}

/** What CodeBuild itself needs of a project's role in a VPC: nothing of it reads or changes what is ours. */
const harmless = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'codeconnections:GetConnection',
  'codeconnections:GetConnectionToken',
  'codestar-connections:GetConnection',
  'codestar-connections:GetConnectionToken',
  'ec2:DescribeDhcpOptions',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
]
/** Allowed with a condition only: it hands an interface to whoever is named. */
const harmlessWhenNarrowed = ['ec2:CreateNetworkInterfacePermission']

const projectType = 'aws:codebuild/project:Project'

const runnerMayDoNothing: Proof = {
  name: 'runner-may-do-nothing',
  says: 'The role of the runner can write its log and hold its network interface, and nothing else.',
  applies: ({ identities, settings }) =>
    settings.githubRepository !== '' || identities.index.of(projectType).length > 0,
  prove: ({ identities }) => {
    const { index, undecided } = identities
    const roles = index.of(projectType).flatMap((project) => {
      const said = factsOf(project, undecided)
      const role = index.find([roleType], said.text('serviceRole'))
      if (!role) said.note('serviceRole', 'names a role that this plan does not hold')
      return role ?? []
    })
    const doubts: string[] = []
    const findings = roles.flatMap((role) => {
      const permissions = permissionsOf(identities, role)
      doubts.push(...permissions.doubts)
      return permissions.grants.flatMap(({ statement, says }) => {
        const allowed = statement.conditions.length > 0 ? [...harmless, ...harmlessWhenNarrowed] : harmless
        const more = statement.actions.filter((action) => !allowed.includes(action))
        const all =
          statement.notActions.length > 0 ? [...more, `everything but ${statement.notActions.join(', ')}`] : more
        return all.length > 0 ? [`${says}: ${label(role)} may ${all.join(', ')}`] : []
      })
    })
    return {
      looked: roles.length,
      at: `${roles.length} roles of projects`,
      findings,
      undecided: undecidedOf(identities, doubts),
    }
  },
}

const undecidedOf = ({ graph, undecided }: Identities, doubts: string[] = []) => [
  ...linesOf(graph, undecided),
  ...new Set(doubts),
]

/** Proofs about the Kubernetes API and about roles. */
export const accessProofs: Proof[] = [
  apiFromNamedAddresses,
  apiFromNamedThings,
  namedAdministrators,
  noRoleTrustsTheWorld,
  runnerMayDoNothing,
]
