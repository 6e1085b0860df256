/** Makes the password of one connection to ElastiCache for this user: an IAM token that is accepted for 15 minutes. */
export type CacheTokenSigner = (user: string) => Promise<string>

/** As long as ElastiCache allows; it is looked at only when a connection is made. */
const validSeconds = 900

/**
 * Signs with the credentials that the AWS SDK finds by itself (EKS Pod Identity in the cluster), read anew when they expire. The SDK is
 * loaded only here, as it takes 100 ms that a shop without it need not wait.
 *
 * The token is a presigned `GET http://<cache>/?Action=connect&User=<user>` for the service `elasticache`, less its scheme: no port, and the
 * cache's name instead of its address (docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html, read 2026-11-21).
 */
export async function cacheTokenSigner(region: string, cacheName: string): Promise<CacheTokenSigner> {
  const [{ SignatureV4 }, { HttpRequest }, { Sha256 }, { defaultProvider }] = await Promise.all([
    import('@smithy/signature-v4'),
    import('@smithy/core/protocols'),
    import('@smithy/core/checksum'),
    import('@aws-sdk/credential-provider-node'),
  ])
  const signer = new SignatureV4({ service: 'elasticache', region, credentials: defaultProvider(), sha256: Sha256 })
  return async (user) => {
    const request = new HttpRequest({
      method: 'GET',
      protocol: 'http:',
      hostname: cacheName,
      path: '/',
      query: { Action: 'connect', User: user },
      headers: { host: cacheName },
    })
    const { query } = await signer.presign(request, { expiresIn: validSeconds })
    const parameters = Object.entries(query ?? {}).map(
      ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
    )
    return `${cacheName}/?${parameters.join('&')}`
  }
}
