import '../node-version.js'
import { parseArgs } from 'node:util'
import { createLogger } from '../process/logger.ts'
import { migrateDatabase } from '../process/open-database.ts'
import { readDatabaseSettings } from '../settings/settings.ts'
import { runCommand, say } from './with-database.ts'

const help = `Usage: npm run migrate [-- --help]

Brings the schema of the database that DATABASE_URL (or DATABASE_URL_FILE) names up to this version's.
Safe to run twice, and by two at once: the second waits for the first. "npm start" does it for its own database.`

await runCommand(async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } })
  if (values.help) return console.log(help)
  const version = await migrateDatabase(readDatabaseSettings(process.env), createLogger('silent'), say)
  say(`The schema is at version ${version}.`)
})
