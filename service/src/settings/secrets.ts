import { openSecretFile, type SecretFile } from './secret-file.ts'
import { environmentName, type SecretName, type Settings } from './settings.ts'

/** The secrets among the settings, whether they were given as values or as files. */
export interface Secrets {
  /** The secret as it is now; undefined when it is not set. */
  current(name: SecretName): string | undefined
  close(): void
}

/**
 * Opens every secret that was given as a file; files are read again when they change.
 * @throws naming setting and path when a file cannot be read or is empty.
 */
export async function openSecrets(
  settings: Settings,
  log: { warn(details: object, message: string): void },
): Promise<Secrets> {
  const files = new Map<SecretName, SecretFile>()
  for (const name of secretNames) {
    const path = settings[`${name}File`]
    if (path) files.set(name, await openSecretFile({ setting: `${environmentName(name)}_FILE`, path, log }))
  }
  return {
    current: (name) => files.get(name)?.value ?? settings[name],
    close() {
      for (const file of files.values()) file.close()
    },
  }
}

// The database's own two are opened by database/credentials.ts, which reads them again at each new connection.
const secretNames: SecretName[] = ['redisUrl', 'jwtKeys', 'paymentWebhookSecret', 'outboxWebhookSecret']
