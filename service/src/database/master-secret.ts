/** The login of the database's master, as RDS keeps it in Secrets Manager. */
export interface MasterLogin {
  user: string
  password: string
}

/** Reads it as it is now: RDS changes the password on its own schedule. */
export type MasterSecret = () => Promise<MasterLogin>

/** From Secrets Manager, with the credentials that the AWS SDK finds by itself; the SDK is loaded only here. */
export async function masterSecret(region: string, id: string): Promise<MasterSecret> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager')
  const client = new SecretsManagerClient({ region })
  return async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id })).catch((cause: Error) => {
      throw new Error(`The secret ${id} (DATABASE_MASTER_SECRET_ID) cannot be read: ${cause.message}`, { cause })
    })
    const login = parse(SecretString)
    if (login) return login
    throw new Error(
      `The secret ${id} (DATABASE_MASTER_SECRET_ID) is not one of RDS: it must be {"username": ..., "password": ...}.`,
    )
  }
}

function parse(text: string | undefined): MasterLogin | undefined {
  try {
    const { username, password } = JSON.parse(text ?? '') as { username?: unknown; password?: unknown }
    return typeof username === 'string' && typeof password === 'string' ? { user: username, password } : undefined
  } catch {
    return undefined
  }
}
