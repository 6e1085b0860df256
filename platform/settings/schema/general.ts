import { flag, text, whole } from '../rows.ts'

/** The stack as a whole: where it stands, whose it is, how well it is held. */
export const generalSettings = {
  region: text(
    {
      part: 'provider',
      description: 'The AWS region that everything stands in.',
      wanted: 'a region, such as ap-southeast-1',
    },
    { pattern: '^[a-z]{2}(-[a-z]+)+-[0-9]$' },
  ),
  accountId: text(
    {
      part: 'provider',
      description: 'The AWS account of the stack; with credentials of any other, nothing is done.',
      wanted: 'the 12 digits of an account, in quotes',
    },
    { pattern: '^[0-9]{12}$' },
  ),
  owner: text(
    {
      part: 'everything',
      description: 'Who answers for the stack; a tag on everything.',
      wanted: 'a team or an address, in letters, digits, spaces and _.:/=+@-',
    },
    { pattern: '^[A-Za-z0-9 _.:/=+@-]+$', minLength: 2, maxLength: 64 },
  ),
  costCentre: text(
    {
      part: 'everything',
      description: 'Who pays for the stack; a tag on everything.',
      wanted: 'a cost centre, in letters, digits, spaces and _.:/=+@-',
    },
    { pattern: '^[A-Za-z0-9 _.:/=+@-]+$', minLength: 2, maxLength: 64 },
  ),
  production: flag({
    part: 'everything',
    default: true,
    description: 'Whether the other settings must be those of a production stack; it builds nothing by itself.',
  }),
  protect: flag({
    part: 'everything',
    default: true,
    description: 'Whether Pulumi refuses to delete or replace what holds data, and AWS to delete the cluster.',
  }),
  kmsDeletionWindowDays: whole(
    { part: 'keys', default: 30, description: 'How long a deleted key or secret can be brought back.' },
    7,
    30,
  ),
}
