import { setTimeout as pause } from 'node:timers/promises'

/** Waits until something is so, by asking again and again. Throws with the name of what never came true. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { deadlineMs = 15_000, everyMs = 10 } = {},
): Promise<void> {
  const deadline = performance.now() + deadlineMs
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Waited ${deadlineMs} ms in vain until ${what}.`)
    await pause(everyMs)
  }
}
