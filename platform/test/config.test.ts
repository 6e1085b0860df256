import * as pulumi from '@pulumi/pulumi'
import t from 'tap'
import { readSettings } from '../config.ts'
import { asConfig, rightSettings, today } from './settings/cases.ts'

t.test('a program reads its settings', async (t) => {
  pulumi.runtime.setAllConfig(asConfig(rightSettings))
  t.strictSame(readSettings(today), rightSettings)
})

t.test('a program with wrong settings stops with one message and no stack trace', async (t) => {
  const { 'aws:region': _, ...config } = asConfig({ ...rightSettings, natGateways: 'two' })
  pulumi.runtime.setAllConfig({ ...config, 'dhakacart:token': 'hunter2' }, ['dhakacart:token'])
  try {
    readSettings(today)
    t.fail('it throws')
  } catch (error) {
    t.ok(pulumi.RunError.isInstance(error), 'of the kind that Pulumi prints without a stack trace')
    const { message } = error as Error
    t.match(message, /^3 settings are wrong:\n/)
    t.match(message, 'aws:region is not set; use a region, such as ap-southeast-1')
    t.match(message, 'dhakacart:natGateways: "two" is not allowed; use one or onePerZone')
    t.match(message, 'dhakacart:token is not known, and set to a secret')
    t.notMatch(message, 'hunter2')
  }
})
