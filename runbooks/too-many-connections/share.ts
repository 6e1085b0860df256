import { facts } from '@dhakacart/service'
import type { Settings } from '../../platform/settings/schema.ts'

const { connections, migrationConnections } = facts.database

/** What one pod of the shop has at most. */
export const ofPod = connections.statements + connections.transactions

/** What the shop and its migration may have at the same time, and of what that is the sum. A rollout has one pod more for a while. */
export function shopsShare({ shopMaxReplicas }: Pick<Settings, 'shopMaxReplicas'>): { most: number; sum: string } {
  return {
    most: (shopMaxReplicas + 1) * ofPod + migrationConnections,
    sum: `${shopMaxReplicas} pods and one more during a rollout, ${ofPod} each, and ${migrationConnections} for a migration`,
  }
}
