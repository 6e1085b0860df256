import { fileURLToPath } from 'node:url'
import { runCommand } from '../terminal/run-command.ts'
import { secrets } from './secrets.ts'

/** `npm run secrets` */
await runCommand(fileURLToPath(new URL('../..', import.meta.url)), (context) => secrets(context))
