/*
 * What the bootstrap makes, by the names that a stack can write without looking anything up. Apart from the steps, so that the program,
 * which needs the names only, loads no client of AWS.
 */

/** Who GitHub's tokens are from. */
export const githubIssuer = 'token.actions.githubusercontent.com'
/** Whom they are for. */
export const githubAudience = 'sts.amazonaws.com'

/** GitHub's identity provider in an account. */
export const githubProviderArn = (accountId: string) => `arn:aws:iam::${accountId}:oidc-provider/${githubIssuer}`

/** Where the state of every stack of the account and region is. */
export const stateBucketName = (accountId: string, region: string) => `dhakacart-${accountId}-${region}-state`

/** The key of the state bucket, which the stacks of an account share. */
export const stateAlias = 'alias/dhakacart-state'

/** What Pulumi encrypts the stack's secrets with: `pulumi stack init --secrets-provider` names it. */
export const secretsAlias = (stack: string) => `alias/dhakacart-${stack}-pulumi`
