import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'
import type { Stack } from '../stack.ts'
import { weeklyCron } from '../times.ts'

/**
 * When the password of the master user changes: every week, in the two hours after the maintenance window. RDS does it by itself, with no function of
 * ours, and would do so at a time of its own. Nobody notices: only the migration logs in with it, and reads it each time.
 */
export function makeRotation(
  stack: Stack,
  parent: pulumi.Resource,
  name: string,
  database: aws.rds.Instance,
  secretArn: pulumi.Input<string>,
): void {
  new aws.secretsmanager.SecretRotation(
    name,
    {
      secretId: secretArn,
      rotateImmediately: false,
      rotationRules: { scheduleExpression: weeklyCron(stack.settings.maintenanceTime, 60), duration: '2h' },
    },
    // RDS deletes the secret with its database, and lets nobody else end its rotation.
    { parent, deletedWith: database },
  )
}
