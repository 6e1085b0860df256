import { facts } from '@dhakacart/service'

/**
 * Connections that the shop and its migration may not have: 3 that PostgreSQL keeps for superusers, 2 that RDS keeps for its own, 5 sessions of RDS
 * itself (health, backups, monitoring), 5 for people and their runbooks. The first two are PostgreSQL's and RDS's defaults, the others are ours.
 */
const heldBack = 15

const { connections, migrationConnections } = facts.database

/** What one pod of the shop has at most: both its pools. */
export const connectionsOfPod = connections.statements + connections.transactions

/** What the shop has at most: every pod's, those of the one pod more that a rollout has, and a migration's. */
export const connectionsOfShop = (pods: number): number => (pods + 1) * connectionsOfPod + migrationConnections

/** The connections that are open at once at most: the shop's, and those that it may not have. */
export const connectionsNeeded = (pods: number): number => connectionsOfShop(pods) + heldBack
