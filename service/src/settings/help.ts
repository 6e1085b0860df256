import { describeSettings } from './settings.ts'

/** Prints what a command is for and every setting it reads. */
export function printHelp(usage: string, about: string): void {
  console.log(`Usage: ${usage}\n\n${about}\n`)
  for (const { name, secret, default: value, description } of describeSettings()) {
    const notes = [value && `default ${value}`, secret && `or ${name}_FILE`].filter(Boolean).join('; ')
    console.log(`  ${name}${notes ? ` (${notes})` : ''}\n      ${description}`)
  }
}
