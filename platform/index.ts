import { Access } from './access.ts'
import { Account } from './account.ts'
import { Alarms } from './alarms.ts'
import { Backup } from './backup.ts'
import { Budget } from './budget.ts'
import { Cache } from './cache.ts'
import { Cluster } from './cluster.ts'
import { readSettings } from './config.ts'
import { Database } from './database.ts'
import { Door } from './door.ts'
import { GitHub } from './github.ts'
import { Identity } from './identity.ts'
import { Keys } from './keys.ts'
import { Network } from './network.ts'
import { Nodes } from './nodes.ts'
import { openStack } from './open-stack.ts'
import { Registry } from './registry.ts'
import { Runner } from './runner.ts'
import { Secrets } from './secrets.ts'
import { ShopPods } from './shop-pods.ts'
import { Storage } from './storage.ts'

const settings = readSettings()
const stack = openStack(settings)

const keys = new Keys('keys', { stack })
const { topicArn } = new Alarms('alarms', { stack, key: keys.alarms })
new Budget('budget', { stack, topicArn })
const network = new Network('network', { stack, logsKey: keys.logs })
const github = settings.githubRepository ? new GitHub('github', { stack }) : undefined
const access = new Access('access', { stack, topicArn, deploy: github?.deploy })
const cluster = new Cluster('cluster', { stack, network, keys, access })
const door = settings.door ? new Door('door', { stack, network, keys, access, cluster }) : undefined
const runner = settings.githubRepository ? new Runner('runner', { stack, network, keys, cluster }) : undefined
const shopPods = new ShopPods('shop-pods', { stack, network, cluster })
new Nodes('nodes', { stack, network, cluster, keys, shopPods, after: door?.ready })
const storage = new Storage('storage', { stack, keys })
const database = new Database('database', { stack, network, keys, shopPods, topicArn })
const cache = new Cache('cache', { stack, network, keys, shopPods, topicArn })
const secrets = new Secrets('secrets', { stack, keys })
const registry = new Registry('registry', { stack, keys, secrets })
new Backup('backup', { stack, keys, network, database, storage, topicArn })
new Identity('identity', { stack, keys, cluster, database, cache, storage, secrets })
new Account('account', { stack, keys, storage, topicArn })

// What people and runbooks ask the stack for: `pulumi stack output --json`. A null says that the stack has no such thing.
export const region = settings.region
export const clusterName = cluster.name
export const clusterEndpoint = cluster.endpoint
export const clusterCertificateAuthority = cluster.certificateAuthority
export const deployerRoleArn = access.deployer.arn
export const operatorRoleArn = access.operator?.arn ?? null
export const viewerRoleArn = access.viewer?.arn ?? null
export const breakGlassRoleArn = access.breakGlass?.arn ?? null
export const doorGroupName = door?.groupName ?? null
export const doorDocumentName = door?.documentName ?? null
export const doorConnectPolicyArn = door?.connectPolicyArn ?? null
export const deployRoleArn = github?.deploy.arn ?? null
export const previewRoleArn = github?.preview.arn ?? null
export const runnerProjectName = runner?.projectName ?? null
export const alarmTopicArn = topicArn
export const databaseEndpoint = database.inUse.endpoint
export const cacheAddress = cache.address
export const assetsBucketName = storage.assets.bucket
export const backupsBucketName = storage.backups.bucket
export const lokiBucketName = storage.loki.bucket
export const logsBucketName = storage.logs.bucket
export const repositoryUrl = registry.repositoryUrl
