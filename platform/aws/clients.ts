import { BackupClient } from '@aws-sdk/client-backup'
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { ConfigServiceClient } from '@aws-sdk/client-config-service'
import { CostExplorerClient } from '@aws-sdk/client-cost-explorer'
import { EC2Client } from '@aws-sdk/client-ec2'
import { GuardDutyClient } from '@aws-sdk/client-guardduty'
import { IAMClient } from '@aws-sdk/client-iam'
import { KMSClient } from '@aws-sdk/client-kms'
import { RDSClient } from '@aws-sdk/client-rds'
import { S3Client } from '@aws-sdk/client-s3'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { STSClient } from '@aws-sdk/client-sts'

/** The AWS services that our commands talk to, with the credentials and the endpoint that the SDK finds by itself. */
export interface Clients {
  sts: STSClient
  kms: KMSClient
  s3: S3Client
  iam: IAMClient
  ec2: EC2Client
  backup: BackupClient
  /** Cost Explorer answers in us-east-1 only. */
  costs: CostExplorerClient
  secrets: SecretsManagerClient
  rds: RDSClient
  cloudWatch: CloudWatchClient
  cloudTrail: CloudTrailClient
  guardDuty: GuardDutyClient
  config: ConfigServiceClient
}

/** Opens every client in the stack's region; nothing is sent yet. */
export function openClients(region: string): Clients {
  return {
    sts: new STSClient({ region }),
    kms: new KMSClient({ region }),
    s3: new S3Client({ region }),
    iam: new IAMClient({ region }),
    ec2: new EC2Client({ region }),
    backup: new BackupClient({ region }),
    costs: new CostExplorerClient({ region: 'us-east-1' }),
    secrets: new SecretsManagerClient({ region }),
    rds: new RDSClient({ region }),
    cloudWatch: new CloudWatchClient({ region }),
    cloudTrail: new CloudTrailClient({ region }),
    guardDuty: new GuardDutyClient({ region }),
    config: new ConfigServiceClient({ region }),
  }
}

/** Closes the connections that the clients keep, so that the process can end. */
export function closeClients(clients: Clients): void {
  for (const client of Object.values(clients)) client.destroy()
}
