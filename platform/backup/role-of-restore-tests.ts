import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { serviceTrustPolicy } from '../access/trust.ts'
import type { Stack } from '../stack.ts'
import { type BackupRole, snapshotArns } from './role-of-backups.ts'

export interface RestoreTestRoleArgs {
  stack: Stack
  parent: pulumi.Resource
  databaseKeyArn: pulumi.Input<string>
}

/** How AWS Backup names what a restore test makes. */
const testName = 'awsbackup-restore-test-*'

/**
 * The role by which a restore test makes a database and takes it away: what of AWSBackupServiceRolePolicyForRestores (v25, read 2026-11-21) is
 * about an instance of RDS. It can make and delete nothing but what has a test's name, so it is of no use against the shop's database.
 */
export function makeRestoreTestRole({ stack, parent, databaseKeyArn }: RestoreTestRoleArgs): BackupRole {
  const role = new aws.iam.Role(
    'restore-tests',
    {
      name: `${stack.prefix}-restore-tests`,
      description: `${stack.prefix}: AWS Backup, to try whether backups can be restored`,
      assumeRolePolicy: serviceTrustPolicy('backup.amazonaws.com'),
      permissionsBoundary: stack.boundaryArn,
      tags: stack.tags('restore-tests'),
    },
    { parent },
  )
  const policy = new aws.iam.RolePolicy(
    'restore-tests',
    { name: 'restore-a-test-database', role: role.name, policy: restorePolicy(stack, databaseKeyArn) },
    { parent },
  )
  return { role, policy }
}

function restorePolicy(stack: Stack, databaseKeyArn: pulumi.Input<string>) {
  const throughRds = { 'kms:ViaService': `rds.${stack.settings.region}.amazonaws.com` }
  return pulumi.jsonStringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'See',
        Effect: 'Allow',
        Action: [
          'ec2:DescribeAccountAttributes',
          'ec2:DescribeAvailabilityZones',
          'ec2:DescribeInternetGateways',
          'ec2:DescribeSecurityGroups',
          'ec2:DescribeSubnets',
          'ec2:DescribeVpcs',
          'rds:DescribeDBInstances',
          'rds:DescribeDBSnapshots',
        ],
        // IAM knows no resources for those of EC2; of RDS AWS Backup asks for all and picks.
        Resource: '*',
      },
      {
        Sid: 'RestoreUnderATestsName',
        Effect: 'Allow',
        Action: ['rds:AddTagsToResource', 'rds:ListTagsForResource', 'rds:RestoreDBInstanceFromDBSnapshot'],
        Resource: [
          stack.arn('rds', `db:${testName}`),
          stack.arn('rds', 'og:default:*'),
          stack.arn('rds', `pg:${stack.prefix}-*`),
          stack.arn('rds', `subgrp:${stack.prefix}-*`),
          ...snapshotArns(stack),
        ],
      },
      {
        Sid: 'EndTheTest',
        Effect: 'Allow',
        Action: 'rds:DeleteDBInstance',
        Resource: stack.arn('rds', `db:${testName}`),
      },
      {
        Sid: 'OpenSnapshots',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        Resource: databaseKeyArn,
        Condition: { StringEquals: throughRds },
      },
      {
        Sid: 'LendKeyToRds',
        Effect: 'Allow',
        Action: 'kms:CreateGrant',
        Resource: databaseKeyArn,
        Condition: { StringEquals: throughRds, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      },
    ],
  })
}
