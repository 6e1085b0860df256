import type { Resource } from '../graph.ts'
import type { Acl } from './acls.ts'
import type { Ranges } from './ranges.ts'
import type { Table } from './routes.ts'

/** A network and what is cut out of it. */
export interface Vpc {
  label: string
  resource: Resource
  addresses: Ranges
  subnets: Subnet[]
}

/** A subnet with all that decides where its packets go. */
export interface Subnet {
  label: string
  resource: Resource
  vpc: Vpc
  addresses: Ranges
  v6: boolean
  zone: string
  /** What launches in it gets a public address, unless it says otherwise. */
  mapsPublic: boolean
  /** More than one where two associations claim it; which of them AWS would keep is not known, so all count. */
  tables: Table[]
  acls: Acl[]
  tags: Record<string, string>
}
