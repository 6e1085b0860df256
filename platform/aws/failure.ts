/** A call of AWS that failed, said as a person would need it: the call, what it was about, and what is missing. */
export class AwsFailure extends Error {
  /** As IAM names it, `kms:CreateKey`. */
  readonly call: string
  /** What it was asked about: a name or an ARN. */
  readonly resource: string
  /** The name of the error, as AWS or the SDK gives it: `AccessDeniedException`. */
  readonly code: string
  /** True when the answer was a no to these credentials, and not about the thing itself. */
  readonly refused: boolean

  constructor(call: string, resource: string, cause: unknown) {
    const code = codeOf(cause)
    super(sentence(call, resource, code, cause), { cause })
    this.name = 'AwsFailure'
    this.call = call
    this.resource = resource
    this.code = code
    this.refused = isRefusal(code, cause)
  }
}

/**
 * Sends one call.
 * @param permission what IAM calls it, `s3:GetEncryptionConfiguration`: it is not always the name of the API's operation
 * @throws {AwsFailure} when it fails
 */
export async function ask<T>(permission: string, resource: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (error) {
    throw new AwsFailure(permission, resource, error)
  }
}

/** For `.catch(unless('NotFound'))`: undefined for the failures named, and every other is thrown on. */
export function unless(...codes: string[]): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof AwsFailure && codes.includes(error.code)) return undefined
    throw error
  }
}

const signIn = 'Sign in (`aws sso login`, `aws login`) or set AWS_PROFILE, and run it again.'

function sentence(call: string, resource: string, code: string, cause: unknown): string {
  const said = messageOf(cause)
  const about = `${call} on ${resource}`
  if (code === 'CredentialsProviderError') return `No AWS credentials were found. ${signIn} (${said})`
  if (expired.has(code)) return `The AWS credentials have expired. ${signIn}`
  if (invalid.has(code)) return `AWS does not know these credentials (${code}). ${signIn}`
  if (unreachable.has(code))
    return `${about} did not reach AWS (${said}): check the network, and AWS_ENDPOINT_URL if set.`
  if (isRefusal(code, cause)) {
    return `${about} was refused: these credentials lack the permission ${call}, or a policy of the organisation denies it. AWS said: ${said}`
  }
  return `${about} failed with ${code}: ${said}`
}

const expired = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenProviderError'])
const invalid = new Set([
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'AuthFailure',
])
const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN', 'TimeoutError'])

function isRefusal(code: string, cause: unknown): boolean {
  return /AccessDenied|UnauthorizedOperation|NotAuthorized/.test(code) || (statusOf(cause) === 403 && code !== '404')
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UnknownError'
  const { code } = error as NodeJS.ErrnoException
  // Node's own error for a refused connection to several addresses has no message, and the code is on it.
  return typeof code === 'string' ? code : error.name
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join(', ')
  return error.message || error.name
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } })?.$metadata?.httpStatusCode
}
