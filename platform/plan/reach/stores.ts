import type { Resource } from '../graph.ts'
import { factsOf, type Index, label, type Undecided } from './facts.ts'
import type { Thing } from './things.ts'

/** What a kind of store listens on where nobody says, and what in it is wrong with its TLS. */
interface Store {
  port: number
  tls(index: Index, resource: Resource, undecided: Undecided[]): string[]
}

const groupType = 'aws:rds/parameterGroup:ParameterGroup'

/** The databases and caches whose TLS can be read here. Others that stand in the network are told as not understood. */
const known: Record<string, Store> = {
  'aws:rds/instance:Instance': {
    port: 5432,
    tls: (index, resource, undecided) => {
      const name = factsOf(resource, undecided).text('parameterGroupName')
      const group = index.find([groupType], name)
      if (!group)
        return [`${label(resource)} has the parameter group ${name ?? 'of AWS'}, which this plan does not hold`]
      // Since version 15 AWS forces it where nobody says; a group that says so outlives a change of theirs.
      const forced = factsOf(group, undecided)
        .list('parameters')
        .some((one) => one.text('name') === 'rds.force_ssl' && one.text('value') === '1')
      return forced
        ? []
        : [`${label(resource)} takes connections without TLS: ${label(group)} does not set rds.force_ssl to 1`]
    },
  },
  'aws:elasticache/replicationGroup:ReplicationGroup': {
    port: 6379,
    tls: (_index, resource, undecided) => {
      const said = factsOf(resource, undecided)
      const on = said.flag('transitEncryptionEnabled') === true
      // AWS takes `required` where nobody says, and the provider sends what is said.
      const mode = said.text('transitEncryptionMode') ?? 'required'
      if (on && mode === 'required') return []
      return [
        `${label(resource)} takes connections without TLS: ${on ? `transitEncryptionMode is ${mode}` : 'transitEncryptionEnabled is not true'}`,
      ]
    },
  },
}

const notRead: Store = {
  port: 0,
  tls: (_index, resource) => [`${label(resource)} is of a kind whose TLS is not understood: ${resource.type}`],
}

/** Everything with data of the shop that listens in the network, understood or not. */
const all: Record<string, Store> = {
  ...known,
  'aws:rds/cluster:Cluster': notRead,
  'aws:rds/clusterInstance:ClusterInstance': notRead,
  'aws:rds/proxy:Proxy': notRead,
  'aws:elasticache/cluster:Cluster': notRead,
  'aws:elasticache/serverlessCache:ServerlessCache': notRead,
  'aws:memorydb/cluster:Cluster': notRead,
  'aws:efs/mountTarget:MountTarget': notRead,
}

/** Types of databases, caches and file systems. */
export const storeTypes: readonly string[] = Object.keys(all)

/** The port of a store. */
export const portOf = (store: Thing): number =>
  factsOf(store.resource, []).number('port') ?? all[store.resource.type]?.port ?? 0

/** Why a store would speak without TLS; nothing where it never does. */
export const forcesTls = (index: Index, resource: Resource, undecided: Undecided[]): string[] =>
  (all[resource.type] ?? notRead).tls(index, resource, undecided)
