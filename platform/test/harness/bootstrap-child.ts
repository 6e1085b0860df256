import { bootstrap } from '../../bootstrap/bootstrap.ts'
import { runCommand } from '../../terminal/run-command.ts'

// As platform/bootstrap/main.ts, on the stack files of a test.
await runCommand(process.env.TEST_ROOT ?? '', bootstrap)
