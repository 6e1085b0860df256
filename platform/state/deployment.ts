import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PulumiCli } from '../bootstrap/pulumi-cli.ts'

/** A resource as Pulumi's state has it; values of secrets are ciphertext in it. */
export interface StateResource {
  urn: string
  type: string
  custom?: boolean
  inputs?: Record<string, unknown>
  protect?: boolean
  retainOnDelete?: boolean
}

/** The state of a stack, as `pulumi stack export` writes it. */
export interface Deployment {
  /** As it came, for a backup. */
  text: string
  resources: StateResource[]
  /** What was under way when Pulumi was last interrupted: nobody knows whether it happened. */
  pending: { type: string; urn: string }[]
}

/** Reads the state of a stack; changes nothing. */
export async function exportState(pulumi: PulumiCli, stack: string): Promise<Deployment> {
  const text = await pulumi.run(['stack', 'export', '-s', stack])
  const { deployment } = JSON.parse(text)
  const pending: { type: string; resource: { urn: string } }[] = deployment?.pending_operations ?? []
  return {
    text,
    resources: deployment?.resources ?? [],
    pending: pending.map(({ type, resource }) => ({ type, urn: resource.urn })),
  }
}

/**
 * Keeps a copy of the state below `.data`, which git ignores.
 * @returns where it is
 */
export async function backUpState(root: string, stack: string, { text }: Deployment, now: Date): Promise<string> {
  const directory = join(root, '.data', 'state-backups')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, `${stack}-${now.toISOString().replaceAll(':', '')}.json`)
  await writeFile(path, text, { mode: 0o600, flag: 'wx' })
  return path
}
