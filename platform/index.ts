import { Access } from './access.ts'
import { Alarms } from './alarms.ts'
import { Budget } from './budget.ts'
import { Cluster } from './cluster.ts'
import { readSettings } from './config.ts'
import { Keys } from './keys.ts'
import { Network } from './network.ts'
import { Nodes } from './nodes.ts'
import { openStack } from './stack.ts'

const settings = readSettings()
const stack = openStack(settings)

const keys = new Keys('keys', { stack })
const alarms = new Alarms('alarms', { stack, key: keys.alarms })
const { topicArn } = alarms
new Budget('budget', { stack, topicArn })
const network = new Network('network', { stack, logsKey: keys.logs })
const access = new Access('access', { stack, topicArn })
const cluster = new Cluster('cluster', { stack, network, keys, access })
new Nodes('nodes', { stack, network, cluster, keys })

export const region = settings.region
export const clusterName = cluster.name
export const clusterEndpoint = cluster.endpoint
export const alarmTopicArn = topicArn
