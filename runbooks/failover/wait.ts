import { say } from '../../platform/terminal/terminal.ts'
import { type Ground, goOn, type Pause } from '../database/ground.ts'

const everyMs = 5_000
/** AWS names a minute or two for both; the zone that it shows may follow some minutes later. */
const lookMost = 180

/**
 * Looks every five seconds until something is so, and tells each change on the way.
 * @returns the seconds that it took, by the pauses; undefined after a quarter of an hour
 * @throws {Interrupted} on Ctrl-C; AWS goes on by itself
 */
export async function waitUntil(
  ground: Ground,
  pause: Pause,
  look: () => Promise<{ done: boolean; said: string }>,
): Promise<number | undefined> {
  const started = performance.now()
  let last = ''
  for (let looked = 0; looked < lookMost; looked++) {
    goOn(ground)
    const { done, said } = await look()
    if (said !== last) say(ground.context.terminal, `  ${said}`)
    last = said
    if (done) return (performance.now() - started) / 1_000
    await pause(everyMs)
  }
  say(
    ground.context.terminal,
    'Not over after a quarter of an hour: look in the console at the events, and at runbooks/failover.md.',
  )
  return undefined
}
