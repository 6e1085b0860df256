import * as pulumi from '@pulumi/pulumi'
import { configStatements, makeRecorder } from './account/config.ts'
import { makeDetector, makeFindingsAlarm } from './account/guard.ts'
import { makeTrail, trailStatements } from './account/trail.ts'
import type { Keys } from './keys.ts'
import type { Stack } from './stack.ts'
import { makeBucket } from './storage/bucket.ts'
import type { Storage } from './storage.ts'

export interface AccountArgs {
  stack: Stack
  keys: Keys
  storage: Storage
  topicArn: pulumi.Input<string>
}

/**
 * What the account sees: who called what, who looks for intruders, how every resource was. Each is made here, or the account has it already
 * (`npm run bootstrap` looks), or nobody does it; the settings say which.
 */
export class Account extends pulumi.ComponentResource {
  constructor(name: string, args: AccountArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Account', name, {}, { ...opts, provider: args.stack.provider })
    const { stack, keys, storage, topicArn } = args
    const { cloudTrail, guardDuty, awsConfig, accessLogRetentionDays } = stack.settings
    const of = { stack, parent: this, key: keys.audit }
    if (cloudTrail === 'build' || awsConfig === 'build') {
      const audit = makeBucket({
        ...of,
        name: 'audit',
        kind: 'audit',
        logs: storage.logsBucket,
        dataClass: 'personal',
        expiresAfterDays: accessLogRetentionDays,
        noncurrentDays: 30,
        extraStatements: [
          ...(cloudTrail === 'build' ? trailStatements(stack) : []),
          ...(awsConfig === 'build' ? configStatements(stack) : []),
        ],
      })
      if (cloudTrail === 'build') makeTrail({ ...of, audit })
      if (awsConfig === 'build') makeRecorder({ ...of, audit })
    }
    if (guardDuty === 'build') makeDetector({ stack, parent: this })
    if (guardDuty !== 'none') makeFindingsAlarm({ stack, parent: this, topicArn })
    this.registerOutputs({})
  }
}
