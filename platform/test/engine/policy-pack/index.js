// Plain JavaScript: the pack's runner registers a TypeScript of its own, from 2020.
import * as aws from '@pulumi/aws'
import { PolicyPack, validateResourceOfType } from '@pulumi/policy'

new PolicyPack('engine-test-pack', {
  policies: [
    {
      name: 'keys-wait-30-days',
      description: 'A deleted key can be brought back for 30 days.',
      enforcementLevel: 'mandatory',
      validateResource: validateResourceOfType(aws.kms.Key, (key, _, report) => {
        if (key.deletionWindowInDays !== 30) report(`deletionWindowInDays is ${key.deletionWindowInDays}, not 30.`)
      }),
    },
    {
      // The ARN of a key is not known before the key is made: in a first preview this rule cannot run.
      name: 'logs-have-keys',
      description: 'Logs are encrypted.',
      enforcementLevel: 'mandatory',
      validateResource: validateResourceOfType(aws.cloudwatch.LogGroup, (group, _, report) => {
        if (!group.kmsKeyId?.startsWith('arn:aws:kms:')) report(`kmsKeyId is ${group.kmsKeyId}.`)
      }),
    },
  ],
})
