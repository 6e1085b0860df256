import { secretsAlias, stateAlias } from '../names.ts'
import type { Place } from '../step.ts'
import { accountAdministers, type KeyStep, keyStep } from './key.ts'

/** The key of Pulumi's secrets, one for each stack, so that who reads staging's secrets need not be able to read prod's. */
export function secretsKey(place: Place): KeyStep {
  return keyStep(place, {
    name: "key of Pulumi's secrets",
    scope: 'stack',
    alias: secretsAlias(place.stack),
    description: `Pulumi encrypts the secrets of the stack ${place.stack} with it.`,
    statements: [accountAdministers(place)],
  })
}

/** The key of the state bucket, which the stacks of an account share as they share the bucket. It works through S3 only. */
export function stateKey(place: Place): KeyStep {
  return keyStep(place, {
    name: 'key of the state bucket',
    scope: 'account',
    alias: stateAlias,
    description: "S3 encrypts Pulumi's state with it.",
    statements: [
      accountAdministers(place),
      {
        Sid: 'OnlyThroughS3',
        Effect: 'Deny',
        Principal: '*',
        Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        Resource: '*',
        Condition: { StringNotEquals: { 'kms:ViaService': `s3.${place.region}.amazonaws.com` } },
      },
    ],
  })
}
