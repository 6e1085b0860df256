import { fileURLToPath } from 'node:url'
import { runCommand } from '../terminal/run-command.ts'
import { bootstrap } from './bootstrap.ts'

/** `npm run bootstrap` */
await runCommand(fileURLToPath(new URL('../..', import.meta.url)), bootstrap)
