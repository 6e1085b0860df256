import { execFile } from 'node:child_process'
import { CommandError } from '../terminal/terminal.ts'

/** A command of the AWS CLI, without `aws` in front. */
export type AwsCommand = readonly string[]

/** A command as a person would type it. */
export function typed(command: AwsCommand): string {
  return ['aws', ...command]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ')
}

/**
 * Runs the AWS CLI that PATH finds and returns what it answered.
 * @throws {CommandError} with the command, and what the CLI said of it
 */
export async function askAws(env: NodeJS.ProcessEnv, command: AwsCommand): Promise<unknown> {
  const answer = await new Promise<string>((resolve, reject) => {
    const options = { env: { ...env, AWS_PAGER: '' }, timeout: 60_000 }
    execFile('aws', [...command, '--output', 'json'], options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout)
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
      const said = missing ? 'the AWS CLI is not on PATH' : stderr.trim() || error.message
      reject(new CommandError(`${typed(command)} failed: ${said}`))
    })
  })
  return answer.trim() === '' ? undefined : JSON.parse(answer)
}
