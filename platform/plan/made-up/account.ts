import type { Row } from './template.ts'

/** What the account sees. */
export const account: Record<string, Row> = {
  'aws:cfg/deliveryChannel:DeliveryChannel': { id: '{in.name}' },
  'aws:cfg/recorder:Recorder': { id: '{in.name}' },
  'aws:cfg/recorderStatus:RecorderStatus': { id: '{in.name}' },
  'aws:cloudtrail/trail:Trail': {
    id: '{arn}',
    arn: 'arn:aws:cloudtrail:{region}:{account}:trail/{in.name}',
    homeRegion: '{region}',
  },
  'aws:guardduty/detector:Detector': {
    id: '{hex:32}',
    arn: 'arn:aws:guardduty:{region}:{account}:detector/{id}',
    accountId: '{account}',
  },
  'aws:guardduty/detectorFeature:DetectorFeature': { id: '{in.detectorId}/{in.name}' },
}
