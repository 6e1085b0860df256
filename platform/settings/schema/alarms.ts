import { Type } from 'typebox'
import { list, whole } from '../rows.ts'

/** Who hears of what, and what it may cost. */
export const alarmsSettings = {
  alarmEmails: list(
    {
      part: 'alarms',
      default: [],
      description: 'Addresses that alarms are sent to; each must confirm once.',
      wanted: 'e-mail addresses',
    },
    Type.String({ pattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$' }),
    { maxItems: 10 },
  ),
  monthlyBudgetUsd: whole(
    { part: 'budget', description: 'What the stack may cost a month; an alarm at 80 % spent and at 100 % forecast.' },
    1,
    1_000_000,
  ),
  anomalyThresholdUsd: whole(
    { part: 'budget', default: 50, description: 'The unexpected cost of a day that raises an alarm.' },
    1,
    100_000,
  ),
}
