import type { Row } from './template.ts'

const rds = 'arn:aws:rds:{region}:{account}'

/** RDS. */
export const database: Record<string, Row> = {
  'aws:rds/instance:Instance': {
    id: '{in.identifier}',
    arn: `${rds}:db:{in.identifier}`,
    address: '{in.identifier}.{hex:12}.{region}.rds.amazonaws.com',
    endpoint: '{in.identifier}.{hex:12}.{region}.rds.amazonaws.com:5432',
    hostedZoneId: 'Z{digits:12}',
    resourceId: 'db-{hex:26}',
    status: 'available',
    masterUserSecrets: [
      {
        secretArn: 'arn:aws:secretsmanager:{region}:{account}:secret:rds!db-{uuid}-{hex:6}',
        secretStatus: 'active',
        kmsKeyId: 'arn:aws:kms:{region}:{account}:key/{uuid:secret}',
      },
    ],
  },
  'aws:rds/subnetGroup:SubnetGroup': { id: '{in.name}', arn: `${rds}:subgrp:{in.name}` },
  'aws:rds/parameterGroup:ParameterGroup': { id: '{in.name}', arn: `${rds}:pg:{in.name}` },
  'aws:rds/eventSubscription:EventSubscription': {
    id: '{in.name}',
    arn: `${rds}:es:{in.name}`,
    customerAwsId: '{account}',
  },
  'aws:secretsmanager/secretRotation:SecretRotation': { id: '{in.secretId}', rotationEnabled: true },
}
