import * as aws from '@pulumi/aws'

/** A program that waits for what never comes. */
export default async () => {
  new aws.sns.Topic('stuck', { displayName: new Promise<string>(() => undefined) })
  return {}
}
