import '../node-version.js'
import { runAccountCommand } from '../accounts/command.ts'
import { runCommand, withDatabase } from './with-database.ts'

/** `npm run account`: on the database that DATABASE_URL names, else on the embedded one. */
await runCommand(async () => {
  const { stdin, stdout } = process
  process.exitCode = await runAccountCommand({
    argv: process.argv.slice(2),
    stdin,
    stdout,
    withDatabase: (use) => withDatabase(process.env, ({ database }) => use(database)),
  })
})
