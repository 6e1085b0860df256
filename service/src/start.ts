import './node-version.js'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { say } from './commands/with-database.ts'
import { demoAccounts, developmentEnvironment } from './development/development.ts'
import { seedDemo } from './development/seed-demo.ts'
import { welcome } from './development/welcome.ts'
import type { Cluster } from './embedded/cluster.ts'
import { dataDirectory, openDevelopmentCluster } from './embedded/development-cluster.ts'
import { buffered, createLogger, flushLogger } from './process/logger.ts'
import { migrateDatabase } from './process/open-database.ts'
import { openShop } from './process/run-shop.ts'
import { serve } from './process/serve.ts'
import { printHelp } from './settings/help.ts'
import { readSettings } from './settings/settings.ts'

/*
 * `npm start`: the shop on this machine. Without DATABASE_URL it brings its own PostgreSQL, a demo catalogue and demo accounts.
 * With DATABASE_URL it is as strict as the production server, unless --dev says that the database is one for development.
 */
const options = {
  dev: { type: 'boolean' },
  data: { type: 'string', default: dataDirectory },
  help: { type: 'boolean', short: 'h' },
} as const

async function start(): Promise<void> {
  const { values } = parseArgs({ options })
  if (values.help) return printHelp('npm start [-- --dev] [-- --data DIRECTORY]', help)
  const given = Boolean(process.env.DATABASE_URL || process.env.DATABASE_URL_FILE)
  if (given && !values.dev) return serveGiven()
  await serveDevelopment(values.data, given ? undefined : await openDevelopmentCluster(process.env, say, values.data))
}

const help = `Runs the shop on this machine: on a PostgreSQL of its own with a demo catalogue, unless DATABASE_URL names one.
  --dev             the database that DATABASE_URL names is for development: keys are made, the API's documentation is shown
  --data DIRECTORY  where development keeps its database, keys and log (.data)

Everything else it may be told stands in the environment:`

async function serveGiven(): Promise<void> {
  const settings = readSettings(process.env)
  const log = createLogger(settings.logLevel)
  await migrateDatabase(settings, log, say)
  await serve(await openShop({ settings, log }), { whenUnreachable: 'degrade', afterStop: () => flushLogger(log) })
}

async function serveDevelopment(directory: string, cluster: Cluster | undefined): Promise<void> {
  try {
    const own = cluster ? { DATABASE_URL: cluster.url } : {}
    const environment = await developmentEnvironment(directory, { ...process.env, ...own })
    const settings = readSettings(environment)
    const logFile = join(directory, 'shop.log')
    const log = createLogger(settings.logLevel, pino.destination({ ...buffered, dest: logFile, mkdir: true }))
    await migrateDatabase(settings, log, () => {})
    const running = await openShop({ settings, log, checksAnswers: true })
    const accounts = cluster ? await demoAccounts(directory) : []
    if (cluster) {
      await seedDemo(running.shop.database, accounts, () => {})
    }
    await serve(running, {
      whenUnreachable: 'exit',
      afterStop: async () => {
        await flushLogger(log)
        await cluster?.stop()
      },
    })
    console.log(welcome({ running, cluster, accounts, logFile }))
  } catch (error) {
    await cluster?.stop()
    throw error
  }
}

await start().catch((error: Error) => {
  say(error.message)
  process.exit(1)
})
