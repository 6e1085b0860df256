/* `npm run proofs`: what a stack promises about who can reach what, proved over its plan. */
import { resolve } from 'node:path'
import { runCommand } from '../../terminal/run-command.ts'
import { proofsCommand } from './command.ts'

await runCommand(resolve(import.meta.dirname, '../../..'), proofsCommand)
