import '../node-version.js'
import { parseArgs } from 'node:util'
import { makeDemoAccounts } from '../development/development.ts'
import { seedDemo } from '../development/seed-demo.ts'
import { runCommand, say, withDatabase } from './with-database.ts'

const help = `Usage: npm run seed -- --demo

Puts the demo catalogue and three demo accounts into the database that DATABASE_URL names. What is there already stays.
"npm start" does it by itself for its own database, and never for one that DATABASE_URL names.`

await runCommand(async () => {
  const { values } = parseArgs({ options: { demo: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } })
  if (values.help) return console.log(help)
  if (!values.demo) {
    say(help)
    process.exitCode = 2
    return
  }
  await withDatabase(process.env, async ({ database }) => {
    const accounts = makeDemoAccounts()
    const made = await seedDemo(database, accounts, say)
    for (const { username, password, role } of made) console.log(`${role.padEnd(8)} ${username}  ${password}`)
  })
})
