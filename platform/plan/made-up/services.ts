import type { Row } from './template.ts'

const cache = 'arn:aws:elasticache:{region}:{account}'

/** Everything else of AWS. */
export const services: Record<string, Row> = {
  'aws:cloudwatch/logGroup:LogGroup': { id: '{in.name}', arn: 'arn:aws:logs:{region}:{account}:log-group:{in.name}' },
  'aws:cloudwatch/eventRule:EventRule': { id: '{in.name}', arn: 'arn:aws:events:{region}:{account}:rule/{in.name}' },
  'aws:cloudwatch/eventTarget:EventTarget': { id: '{in.rule}-{hex:26}' },
  'aws:cloudwatch/metricAlarm:MetricAlarm': {
    id: '{in.name}',
    arn: 'arn:aws:cloudwatch:{region}:{account}:alarm:{in.name}',
  },
  'aws:sns/topic:Topic': { id: '{arn}', arn: 'arn:aws:sns:{region}:{account}:{in.name}', owner: '{account}' },
  'aws:sns/topicPolicy:TopicPolicy': { id: '{in.arn}', owner: '{account}' },
  'aws:sns/topicSubscription:TopicSubscription': {
    id: '{arn}',
    arn: '{in.topic}:{uuid}',
    ownerId: '{account}',
    pendingConfirmation: false,
    confirmationWasAuthenticated: false,
  },
  'aws:sqs/queue:Queue': {
    id: 'https://sqs.{region}.amazonaws.com/{account}/{in.name}',
    url: '{id}',
    arn: 'arn:aws:sqs:{region}:{account}:{in.name}',
  },
  'aws:budgets/budget:Budget': {
    id: '{account}:{in.name}',
    arn: 'arn:aws:budgets::{account}:budget/{in.name}',
    accountId: '{account}',
  },
  'aws:costexplorer/anomalyMonitor:AnomalyMonitor': {
    id: '{arn}',
    arn: 'arn:aws:ce::{account}:anomalymonitor/{uuid}',
  },
  'aws:costexplorer/anomalySubscription:AnomalySubscription': {
    id: '{arn}',
    arn: 'arn:aws:ce::{account}:anomalysubscription/{uuid}',
    accountId: '{account}',
  },
  'aws:codebuild/project:Project': { id: '{arn}', arn: 'arn:aws:codebuild:{region}:{account}:project/{in.name}' },
  'aws:codebuild/webhook:Webhook': {
    id: '{in.projectName}',
    url: 'https://api.github.com/repos/example/hooks/{digits:9}',
    payloadUrl: 'https://codebuild.{region}.amazonaws.com/webhooks?t={hex:32}',
  },
  'aws:codebuild/sourceCredential:SourceCredential': {
    id: '{arn}',
    arn: 'arn:aws:codebuild:{region}:{account}:token/github',
  },
  'aws:ssm/document:Document': {
    id: '{in.name}',
    arn: 'arn:aws:ssm:{region}:{account}:document/{in.name}',
    documentVersion: '1',
    defaultVersion: '1',
    latestVersion: '1',
    owner: '{account}',
    status: 'Active',
  },
  'aws:ssm/parameter:Parameter': {
    id: '{in.name}',
    arn: 'arn:aws:ssm:{region}:{account}:parameter/{in.name}',
    version: 1,
  },
  'aws:secretsmanager/secret:Secret': {
    id: '{arn}',
    arn: 'arn:aws:secretsmanager:{region}:{account}:secret:{in.name}-{hex:6}',
  },
  'aws:secretsmanager/secretVersion:SecretVersion': {
    id: '{in.secretId}|{uuid}',
    secretArn: '{in.secretId}',
    arn: '{in.secretId}',
    versionId: '{uuid}',
  },
  'aws:elasticache/subnetGroup:SubnetGroup': {
    id: '{in.name}',
    arn: `${cache}:subnetgroup:{in.name}`,
  },
  'aws:elasticache/parameterGroup:ParameterGroup': { id: '{in.name}', arn: `${cache}:parametergroup:{in.name}` },
  'aws:elasticache/user:User': { id: '{in.userId}', arn: `${cache}:user:{in.userId}` },
  'aws:elasticache/userGroup:UserGroup': { id: '{in.userGroupId}', arn: `${cache}:usergroup:{in.userGroupId}` },
  'aws:elasticache/replicationGroup:ReplicationGroup': {
    id: '{in.replicationGroupId}',
    arn: `${cache}:replicationgroup:{in.replicationGroupId}`,
    primaryEndpointAddress: 'master.{in.replicationGroupId}.{hex:6}.{region}.cache.amazonaws.com',
    readerEndpointAddress: 'replica.{in.replicationGroupId}.{hex:6}.{region}.cache.amazonaws.com',
  },
  'aws:acm/certificate:Certificate': {
    id: '{arn}',
    arn: 'arn:aws:acm:{region}:{account}:certificate/{uuid}',
    status: 'PENDING_VALIDATION',
    domainValidationOptions: [
      {
        domainName: '{in.domainName}',
        resourceRecordName: '_{hex:32}.{in.domainName}.',
        resourceRecordType: 'CNAME',
        resourceRecordValue: '_{hex:32:value}.acm-validations.aws.',
      },
    ],
  },
  'aws:route53/zone:Zone': {
    id: 'Z{digits:12}',
    zoneId: '{id}',
    arn: 'arn:aws:route53:::hostedzone/{id}',
    nameServers: ['ns-1.awsdns-01.com', 'ns-2.awsdns-02.net', 'ns-3.awsdns-03.org', 'ns-4.awsdns-04.co.uk'],
    primaryNameServer: 'ns-1.awsdns-01.com',
  },
  'aws:route53/record:Record': { id: '{in.zoneId}_{in.name}_{in.type}', fqdn: '{in.name}' },
  'aws:cloudfront/distribution:Distribution': {
    id: 'E{digits:13}',
    arn: 'arn:aws:cloudfront::{account}:distribution/{id}',
    domainName: 'd{hex:13}.cloudfront.net',
    hostedZoneId: 'Z2FDTNDATAQYW2',
    status: 'Deployed',
    etag: 'E{digits:13:etag}',
  },
  'aws:cloudfront/originAccessControl:OriginAccessControl': {
    id: 'E{digits:13}',
    arn: 'arn:aws:cloudfront::{account}:origin-access-control/{id}',
  },
  'aws:cloudfront/vpcOrigin:VpcOrigin': {
    id: 'vo_{hex:22}',
    arn: 'arn:aws:cloudfront::{account}:vpcorigin/{id}',
  },
  'aws:wafv2/webAcl:WebAcl': {
    id: '{uuid}',
    arn: 'arn:aws:wafv2:{region}:{account}:global/webacl/{in.name}/{id}',
    capacity: 1,
  },
}
