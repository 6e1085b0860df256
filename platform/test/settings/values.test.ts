import t from 'tap'
import { Type } from 'typebox'
import { checkSettings, examine, SettingsError } from '../../settings/check.ts'
import { line, type SettingSchema } from '../../settings/problems.ts'
import { readValues } from '../../settings/values.ts'
import { asConfig, examined, rightSettings, today } from './cases.ts'

const said = (config: Record<string, string>, secretKeys: string[] = []) => {
  const { problems } = examine({ ...asConfig(rightSettings), ...config }, secretKeys, today)
  return problems
}

t.test('a key that is not known is named with what was meant', async (t) => {
  t.strictSame(said({ 'dhakacart:natGateway': 'one' }), [
    'dhakacart:natGateway is not known, and set to "one"; did you mean natGateways?',
  ])
  t.strictSame(said({ 'dhakacart:VPCCIDR': '10.0.0.0/16' }), [
    'dhakacart:VPCCIDR is not known, and set to "10.0.0.0/16"; did you mean vpcCidr?',
  ])
  t.strictSame(said({ 'dhakacart:region': 'eu-west-1' }), [
    'dhakacart:region is not known, and set to "eu-west-1"; use aws:region',
  ])
  t.match(said({ 'dhakacart:colour': 'red' }), [
    /^dhakacart:colour is not known, and set to "red"; known are accessLogRetentionDays, /,
  ])
  t.strictSame(
    said({ 'dhakacart:ownr': 'hunter2' }, ['dhakacart:ownr']),
    ['dhakacart:ownr is not known, and set to a secret; did you mean owner?'],
    'an encrypted value is not shown',
  )
})

t.test('keys of other namespaces pass, and what nothing reads is said', async (t) => {
  const config = {
    ...asConfig(rightSettings),
    'aws:profile': 'mine',
    'kubernetes:context': 'mine',
    'pulumi:tags': '{}',
  }
  const { problems, warnings } = examine(config, [], today)
  t.strictSame(problems, [])
  t.strictSame(warnings, [
    'aws:profile is ignored: the program makes its own providers, from dhakacart:* and aws:region',
    'kubernetes:context is ignored: the program makes its own providers, from dhakacart:* and aws:region',
  ])
})

t.test('no region is one sentence', async (t) => {
  const { 'aws:region': _, ...config } = asConfig(rightSettings)
  t.throws(() => checkSettings(config, [], today), {
    message: 'A setting is wrong: aws:region is not set; use a region, such as ap-southeast-1',
  })
})

t.test('all that is wrong is said at once', async (t) => {
  try {
    checkSettings({ ...asConfig(rightSettings), 'dhakacart:door': 'yes', 'dhakacart:nodeCpuLimit': '1e3' }, [], today)
    t.fail('it throws')
  } catch (error) {
    t.type(error, SettingsError)
    t.equal(
      (error as Error).message,
      [
        '2 settings are wrong:',
        '  dhakacart:nodeCpuLimit: "1e3" is not a whole number; use a whole number from 12 to 1000',
        '  dhakacart:door: "yes" is not true or false; use true or false',
      ].join('\n'),
    )
  }
})

t.test('what YAML makes of a value without quotes has a sentence that helps', async (t) => {
  t.strictSame(said({ 'dhakacart:accountId': '12345678901' }), [
    'dhakacart:accountId: "12345678901" does not fit; use the 12 digits of an account, in quotes (YAML drops the leading zeros of a number without quotes)',
  ])
  t.strictSame(said({ 'dhakacart:clusterVersion': '1.4' }), [
    'dhakacart:clusterVersion: "1.4" is not allowed; use 1.35 or 1.36',
  ])
  t.strictSame(said({ 'dhakacart:githubActorIds': '[583231]' }), [
    'dhakacart:githubActorIds[0]: 583231 is not a text; write it in quotes: use numbers in quotes, as https://api.github.com/users/<name> tells them',
  ])
  const sale = { name: 'eid', start: '2027-03-15 00:00:00 +0000 UTC', end: '2027-03-16T00:00', expectedVisitors: '7' }
  t.strictSame(said({ 'dhakacart:saleWindows': JSON.stringify([sale]) }), [
    'dhakacart:saleWindows[0].start: "2027-03-15 00:00:00 +0000 UTC" does not fit; use a time in Asia/Dhaka, such as 2027-03-15T20:00 (YAML made a time of a date without quotes)',
    'dhakacart:saleWindows[0].expectedVisitors: "7" is not a whole number; write it without quotes: use a whole number from 1 to 10000000',
  ])
})

t.test('texts become numbers, booleans and lists, and nothing that only looks like one', async (t) => {
  const config = {
    ...asConfig(rightSettings),
    'dhakacart:nodeCpuLimit': '12',
    'dhakacart:door': 'false',
    'dhakacart:alarmEmails': '["a@b.c"]',
  }
  t.match(checkSettings(config, [], today), { nodeCpuLimit: 12, door: false, alarmEmails: ['a@b.c'] })
  for (const text of ['', '012', '0x10', '12.0', ' 12', '1_000', '--4']) {
    t.match(said({ 'dhakacart:nodeCpuLimit': text }), [/ is not a whole number; /], JSON.stringify(text))
  }
  for (const text of ['', 'True', '1', 'on'])
    t.match(said({ 'dhakacart:door': text }), [/ is not true or false; /], JSON.stringify(text))
  for (const text of ['', 'a@b.c', '"a@b.c"', '[', '7']) {
    t.match(said({ 'dhakacart:alarmEmails': text }), [/ is not a list; use e-mail addresses$/], JSON.stringify(text))
  }
  for (const text of ['{}', 'null']) t.ok(said({ 'dhakacart:alarmEmails': text }).length > 0, text)
})

t.test('defaults are copies: one stack cannot change those of the next', async (t) => {
  examined({}).settings?.alarmEmails.push('x@y.z')
  const { 'dhakacart:viewerPrincipals': _, ...config } = asConfig(rightSettings)
  checkSettings(config, [], today).viewerPrincipals.push('someone')
  t.strictSame(checkSettings(config, [], today).viewerPrincipals, [])
})

// No setting of ours is secret yet. The rule for those is kept by a schema that has one.
t.test('a secret in plain text is refused, and never shown', async (t) => {
  const schema = Type.Object({
    webhook: Type.String({ secret: true, pattern: '^https://', wanted: 'an address that begins with https://' }),
    limit: Type.Integer({ minimum: 1 }),
  }) as SettingSchema
  const read = (config: Record<string, string>, secretKeys: string[]) => {
    const { problems, values } = readValues(schema, config, secretKeys)
    return { problems: problems.map(line), values }
  }
  const config = { 'dhakacart:webhook': 'https://hooks.example/s3cr3t', 'dhakacart:limit': '3' }
  t.strictSame(read(config, ['dhakacart:webhook']), {
    problems: [],
    values: { webhook: 'https://hooks.example/s3cr3t', limit: 3 },
  })
  const plain = read(config, [])
  t.strictSame(plain.problems, [
    'dhakacart:webhook is a secret in plain text; use pulumi config set --secret webhook, and change what has been seen',
  ])
  t.notOk('webhook' in plain.values)
  const wrong = read({ ...config, 'dhakacart:webhook': 's3cr3t' }, ['dhakacart:webhook'])
  t.strictSame(wrong.problems, [
    'dhakacart:webhook is not right (it is secret, so not shown); use an address that begins with https://',
  ])
})
