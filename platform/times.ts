/**
 * Settings say times of day as people in Dhaka do; AWS wants UTC. Asia/Dhaka is UTC+6 all year: Bangladesh has had no daylight saving
 * since 2009, so a window is the same in UTC in every month.
 */

const minutesOfDay = 24 * 60
const dhakaAhead = 6 * 60

/** The days of a week as AWS writes them. */
export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

const minutesOfWeek = days.length * minutesOfDay

/**
 * Minutes since midnight of a time such as `02:00`, or since Monday's midnight of one such as `wed:05:00`; both in Dhaka.
 * @throws Error when the text is neither.
 */
export function minutesOf(time: string): number {
  const [, day, hour, minute] = /^(?:([a-z]{3}):)?([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? []
  const at = day === undefined ? 0 : days.indexOf(day)
  if (hour === undefined || minute === undefined || at < 0) {
    throw new Error(`${JSON.stringify(time)} is no time: use one such as 02:00 or wed:05:00`)
  }
  return at * minutesOfDay + Number(hour) * 60 + Number(minute)
}

/** The same time in UTC, `after` minutes later: `02:00` in Dhaka is `20:00` (of the day before). */
export function dailyUtc(time: string, after = 0): string {
  return clock(turned(minutesOf(time) - dhakaAhead + after, minutesOfDay))
}

/** A window of every day in UTC, as RDS and ElastiCache want it: `20:00-20:30`. */
export function dailyWindow(time: string, minutes: number): string {
  return `${dailyUtc(time)}-${dailyUtc(time, minutes)}`
}

/** A window of every week in UTC, as RDS and ElastiCache want it: `tue:23:00-wed:00:00`. */
export function weeklyWindow(time: string, minutes: number): string {
  const start = minutesOf(time) - dhakaAhead
  return `${dayAndClock(start)}-${dayAndClock(start + minutes)}`
}

/** Every day in UTC, `after` minutes later than a time in Dhaka, as EventBridge and AWS Backup want it: `cron(0 21 * * ? *)`. */
export function dailyCron(time: string, after = 0): string {
  const [hour, minute] = dailyUtc(time, after).split(':').map(Number)
  return `cron(${minute} ${hour} * * ? *)`
}

/**
 * Every week in UTC, `after` minutes later than a time in Dhaka, or at the next full hour, as AWS Backup and Secrets Manager take it:
 * `cron(0 0 ? * WED *)`.
 */
export function weeklyCron(time: string, after = 0): string {
  const at = Math.ceil((minutesOf(time) - dhakaAhead + after) / 60) * 60
  const [day = '', hour = ''] = dayAndClock(at).split(':')
  return `cron(0 ${Number(hour)} ? * ${day.toUpperCase()} *)`
}

const turned = (minutes: number, round: number): number => ((minutes % round) + round) % round
const two = (number: number): string => String(number).padStart(2, '0')
const clock = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

function dayAndClock(minutes: number): string {
  const inWeek = turned(minutes, minutesOfWeek)
  return `${days[Math.floor(inWeek / minutesOfDay)]}:${clock(inWeek % minutesOfDay)}`
}
