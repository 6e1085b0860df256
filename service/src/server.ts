import './node-version.js'
import { parseArgs } from 'node:util'
import { createLogger, flushLogger } from './process/logger.ts'
import { openShop } from './process/run-shop.ts'
import { serve } from './process/serve.ts'
import { printHelp } from './settings/help.ts'
import { readSettings } from './settings/settings.ts'

/*
 * The production server: `node service/src/server.ts`. It takes everything from the environment, opens nothing by default,
 * and never migrates: the schema must be its own or a newer one.
 */
const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } })

async function start(): Promise<void> {
  const settings = readSettings(process.env)
  const log = createLogger(settings.logLevel)
  const running = await openShop({ settings, log })
  await serve(running, { whenUnreachable: 'degrade', afterStop: () => flushLogger(log) })
}

if (values.help) {
  printHelp('node service/src/server.ts', 'Serves the shop. What it may be told stands in the environment:')
} else {
  await start().catch((error: Error) => {
    console.error(error.message)
    process.exit(1)
  })
}
