import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const texts = new Map<string, string>()
let root: string | undefined

/** The source of the SDK's class for an AWS type: the one place on this machine that says what a type has. Empty where it has none. */
function classText(type: string): string {
  const known = texts.get(type)
  if (known !== undefined) return known
  root ??= dirname(require.resolve('@pulumi/aws/package.json'))
  const path = join(root, `${type.split(':')[1] ?? ''}.js`)
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  texts.set(type, text)
  return text
}

/** Whether an AWS type takes an input of this name and does not insist on it. */
export function optionalInput(type: string, property: string): boolean {
  const text = classText(type)
  return (
    text.includes(`resourceInputs["${property}"] = args`) && !text.includes(`Missing required property '${property}'`)
  )
}

/** Whether an AWS type has a property of this name, as an input or an output. */
export const hasProperty = (type: string, property: string): boolean =>
  classText(type).includes(`resourceInputs["${property}"] =`)
