import t from 'tap'
import { dailyCron, dailyUtc, dailyWindow, minutesOf, weeklyCron, weeklyWindow } from '../times.ts'

t.test('Dhaka is six hours ahead, on every day of the year', (t) => {
  t.equal(dailyUtc('02:00'), '20:00')
  t.equal(dailyUtc('06:00'), '00:00')
  t.equal(dailyUtc('05:59'), '23:59')
  t.equal(dailyUtc('23:30', 60), '18:30')
  for (const month of Array.from({ length: 12 }, (_, at) => at)) {
    const noon = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Dhaka', hour: '2-digit', minute: '2-digit' })
    t.equal(noon.format(new Date(Date.UTC(2027, month, 15, 6))), '12:00', `month ${month + 1}: the calendar agrees`)
  }
  t.end()
})

t.test('a daily window may cross midnight', (t) => {
  t.equal(dailyWindow('02:00', 30), '20:00-20:30')
  t.equal(dailyWindow('05:45', 30), '23:45-00:15')
  t.end()
})

t.test('a weekly window may begin the day before, and the week before', (t) => {
  t.equal(weeklyWindow('wed:05:00', 60), 'tue:23:00-wed:00:00')
  t.equal(weeklyWindow('wed:12:00', 60), 'wed:06:00-wed:07:00')
  t.equal(weeklyWindow('mon:01:30', 60), 'sun:19:30-sun:20:30')
  t.equal(weeklyWindow('mon:05:30', 60), 'sun:23:30-mon:00:30')
  t.end()
})

t.test('a schedule has the minute first, and no leading zeros', (t) => {
  t.equal(dailyCron('02:00', 60), 'cron(0 21 * * ? *)')
  t.equal(dailyCron('07:05'), 'cron(5 1 * * ? *)')
  t.equal(dailyCron('05:30', 60), 'cron(30 0 * * ? *)')
  t.end()
})

t.test('a weekly schedule begins at a full hour, never before its time', (t) => {
  t.equal(weeklyCron('wed:05:00', 60), 'cron(0 0 ? * WED *)')
  t.equal(weeklyCron('wed:05:15', 60), 'cron(0 1 ? * WED *)')
  t.equal(weeklyCron('mon:01:00'), 'cron(0 19 ? * SUN *)')
  t.equal(weeklyCron('mon:05:30'), 'cron(0 0 ? * MON *)')
  t.end()
})

t.test('what is no time is refused by its text', (t) => {
  t.equal(minutesOf('tue:00:01'), 24 * 60 + 1)
  for (const wrong of ['24:00', '2:00', 'wednesday:05:00', 'xyz:05:00', '02:60', '']) {
    t.throws(() => minutesOf(wrong), {
      message: `${JSON.stringify(wrong)} is no time: use one such as 02:00 or wed:05:00`,
    })
  }
  t.end()
})
