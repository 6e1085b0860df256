import { facts } from '@dhakacart/service'

/**
 * Connections that the shop and its migration may not have: 3 that PostgreSQL keeps for superusers, 2 that RDS keeps for its own, 5 sessions of RDS
 * itself (health, backups, monitoring), 5 for people and their runbooks. The first two are PostgreSQL's and RDS's defaults, the others are ours.
 */
const heldBack = 15

/**
 * The connections that are open at once at most: every pod's pools, those of the one pod more that a rollout has, and a migration's.
 */
export function connectionsNeeded(pods: number): number {
  const { statements, transactions } = facts.database.connections
  return (pods + 1) * (statements + transactions) + facts.database.migrationConnections + heldBack
}
