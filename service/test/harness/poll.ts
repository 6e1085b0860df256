import { setTimeout as delay } from 'node:timers/promises'

/** Waits until `condition` holds, looking every few milliseconds. Throws, saying what it waited for, after `timeoutMs`. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 10_000,
): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs
  while (!(await condition())) {
    if (performance.now() > giveUpAt) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`)
    await delay(5)
  }
}
