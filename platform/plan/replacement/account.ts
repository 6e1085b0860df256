import { cloudFormationOnly, type Rules, terraform } from './rules.ts'

/** What the account sees. */
export const account: Record<string, Rules> = {
  'aws:cfg/deliveryChannel:DeliveryChannel': {
    source: cloudFormationOnly,
    cloudFormation: { type: 'AWS::Config::DeliveryChannel' },
    replace: ['name'],
    update: ['s3BucketName', 's3KeyPrefix', 's3KmsKeyArn', 'snapshotDeliveryProperties', 'snsTopicArn'],
  },
  'aws:cfg/recorder:Recorder': {
    source: cloudFormationOnly,
    cloudFormation: { type: 'AWS::Config::ConfigurationRecorder' },
    replace: ['name'],
    update: ['recordingGroup', 'recordingMode', 'roleArn'],
  },
  'aws:cfg/recorderStatus:RecorderStatus': {
    source: terraform('configservice/configuration_recorder_status.go', '013f1736b90439e5a19567a87d3e5cd11858c420'),
    replace: [],
    update: ['isEnabled', 'name'],
  },
  'aws:cloudtrail/trail:Trail': {
    source: cloudFormationOnly,
    cloudFormation: { type: 'AWS::CloudTrail::Trail', names: { TrailName: 'name' } },
    replace: ['name'],
    update: [
      'advancedEventSelectors',
      'cloudWatchLogsGroupArn',
      'cloudWatchLogsRoleArn',
      'enableLogFileValidation',
      'enableLogging',
      'eventSelectors',
      'includeGlobalServiceEvents',
      'insightSelectors',
      'isMultiRegionTrail',
      'isOrganizationTrail',
      'kmsKeyId',
      's3BucketName',
      's3KeyPrefix',
      'snsTopicName',
    ],
  },
  'aws:guardduty/detector:Detector': {
    source: cloudFormationOnly,
    cloudFormation: { type: 'AWS::GuardDuty::Detector' },
    replace: [],
    update: ['enable', 'findingPublishingFrequency', 'datasources'],
  },
  'aws:guardduty/detectorFeature:DetectorFeature': {
    source: terraform('guardduty/detector_feature.go', '0f87934c9fc067e97a69accd14f07fbdc539e379'),
    replace: ['detectorId', 'name', 'additionalConfigurations.name'],
    update: ['status', 'additionalConfigurations.status'],
  },
}
