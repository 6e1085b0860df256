import { Type } from 'typebox'
import { choice, choiceOfDays, cidr, list, text } from '../rows.ts'

/** The network. */
export const networkSettings = {
  vpcCidr: text(
    {
      part: 'network',
      default: '10.20.0.0/16',
      description: 'The addresses of the network; it can never be changed.',
      wanted: 'a private network of 65,536 addresses, such as 10.20.0.0/16',
    },
    { pattern: cidr },
  ),
  availabilityZones: list(
    {
      part: 'network',
      description: 'The zones, by name; append only, because addresses go by the place in this list.',
      wanted: 'names of zones of the region, such as ap-southeast-1a',
    },
    Type.String({ pattern: '^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$' }),
    { minItems: 2, maxItems: 4 },
  ),
  natGateways: choice(
    {
      part: 'network',
      default: 'onePerZone',
      description:
        'NAT gateways: one for all zones, or one in each, so that a lost zone takes no other with it; about 43 USD a month each, and 0.059 USD a GB.',
    },
    ['one', 'onePerZone'],
  ),
  interfaceEndpoints: choice(
    {
      part: 'network',
      default: 'onePerZone',
      description:
        'The six interface endpoints: in one zone, or in each, so that a lost zone takes no other with it; about 57 USD a month for each zone, and 0.01 USD a GB.',
    },
    ['one', 'onePerZone'],
  ),
  flowLogRetentionDays: choiceOfDays({
    part: 'network',
    default: 90,
    description: 'How long the network flow logs are kept.',
  }),
}
