/** Makes the password of one connection: an IAM token that RDS accepts for 15 minutes. */
export type TokenSigner = (login: { host: string; port: number; user: string }) => Promise<string>

/** The signer of @aws-sdk/rds-signer, loaded only where it is used: it takes 100 ms that a shop with a password need not wait. */
export async function iamSigner(region: string): Promise<TokenSigner> {
  const { Signer } = await import('@aws-sdk/rds-signer')
  return ({ host, port, user }) => new Signer({ region, hostname: host, port, username: user }).getAuthToken()
}
