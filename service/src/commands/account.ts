import '../node-version.js'
import { runAccountCommand } from '../accounts/command.ts'
import { runCommand, withDatabase } from './with-database.ts'

/** `npm run account`: on the database that DATABASE_URL names, else on the embedded one. */
await runCommand(async () => {
  const argv = process.argv.slice(2)
  const { stdin, stdout } = process
  await withDatabase(process.env, async ({ database }) => {
    process.exitCode = await runAccountCommand({ database, argv, stdin, stdout })
  })
})
