import { readFile } from 'node:fs/promises'

export interface SecretFileOptions {
  /** The setting that names the file, for messages: `DATABASE_PASSWORD_FILE`. */
  setting: string
  path: string
  /** How often the file is read again; at most 30 s by what the platform promises about rotated secrets. */
  pollMs?: number
  log: { warn(details: object, message: string): void }
}

/** A secret in a file that may be replaced while we run (Kubernetes swaps a symlink above it). */
export interface SecretFile {
  /** The secret as last read. */
  readonly value: string
  /** Reads the file now. Keeps the last good value, and logs, when that fails. */
  reload(): Promise<string>
  /** Calls back after each change; returns what stops that. */
  onChange(listener: (value: string) => void): () => void
  close(): void
}

/** Reads a secret and keeps reading it. Throws, naming setting and path, when there is no secret to begin with. */
export async function openSecretFile(options: SecretFileOptions): Promise<SecretFile> {
  const { setting, path, pollMs = 30_000, log } = options
  const listeners = new Set<(value: string) => void>()
  let value = await readSecret(setting, path)

  async function reload(): Promise<string> {
    try {
      const next = await readSecret(setting, path)
      if (next !== value) {
        value = next
        for (const listener of listeners) listener(value)
      }
    } catch (err) {
      log.warn({ err, setting, path }, 'a secret cannot be read again; the last good one stays in use')
    }
    return value
  }

  // By content and by path, not by fs.watch: a watch holds on to the file that the symlink named before the swap.
  const timer = setInterval(reload, pollMs).unref()

  return {
    get value() {
      return value
    },
    reload,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      clearInterval(timer)
      listeners.clear()
    },
  }
}

async function readSecret(setting: string, path: string): Promise<string> {
  const content = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`${setting}: ${path} cannot be read; it must be a file that holds the secret`, { cause })
  })
  const secret = content.replace(/\r?\n$/, '')
  if (secret === '') throw new Error(`${setting}: ${path} is empty; it must hold the secret`)
  return secret
}
