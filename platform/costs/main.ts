import { fileURLToPath } from 'node:url'
import { runCommand } from '../terminal/run-command.ts'
import { costs } from './costs.ts'

/** `npm run costs` */
await runCommand(fileURLToPath(new URL('../..', import.meta.url)), costs)
