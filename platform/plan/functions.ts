import { accountOfSettings, regionOfSettings } from './providers.ts'
import type { Wire } from './values.ts'

/** A provider's function: its arguments and its provider's settings. */
export type ProviderFunction = (args: Wire, provider: Wire) => Wire

const letters = ['a', 'b', 'c']

/** Regions whose zones are not a, b and c. */
const zoneLetters: Record<string, string[]> = {
  'us-west-1': ['a', 'c'],
  'sa-east-1': ['a', 'b', 'c'],
  'ca-central-1': ['a', 'b', 'd'],
}

function availabilityZones(_: Wire, provider: Wire): Wire {
  const region = regionOfSettings(provider)
  const zones = zoneLetters[region] ?? letters
  return {
    id: region,
    groupNames: [region],
    names: zones.map((zone) => `${region}${zone}`),
    zoneIds: zones.map((_zone, index) => `${region}-az${index + 1}`),
  }
}

function callerIdentity(_: Wire, provider: Wire): Wire {
  const accountId = accountOfSettings(provider)
  return { id: accountId, accountId, arn: `arn:aws:iam::${accountId}:root`, userId: accountId }
}

const partition = (): Wire => ({
  id: 'aws',
  partition: 'aws',
  dnsSuffix: 'amazonaws.com',
  reverseDnsPrefix: 'com.amazonaws',
})

function region(_: Wire, provider: Wire): Wire {
  const name = regionOfSettings(provider)
  return { id: name, name, region: name, endpoint: `ec2.${name}.amazonaws.com`, description: name }
}

/** The functions whose answers follow from the provider's account and region alone, by token. */
export const functions: Record<string, ProviderFunction> = {
  'aws:index/getAvailabilityZones:getAvailabilityZones': availabilityZones,
  'aws:index/getCallerIdentity:getCallerIdentity': callerIdentity,
  'aws:index/getPartition:getPartition': partition,
  'aws:index/getRegion:getRegion': region,
}
