import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import t from 'tap'
import { plan } from '../../plan/index.ts'
import type { Program } from '../../plan/program.ts'

const planOf = (program: Program) => plan({ stack: 'staging', mode: 'preview', program, models: {}, methods: {} })
const topics = (...names: string[]) => names.map((name) => new aws.sns.Topic(name))

t.test('what would end a preview ends the plan, in the words of the error', async (t) => {
  const programs: [string, Program, RegExp][] = [
    [
      'a program that throws',
      async () => {
        topics('a')
        throw new TypeError('no such sale')
      },
      /^no such sale$/,
    ],
    [
      'an apply that throws',
      async () => ({
        name: pulumi.output('a').apply(() => {
          throw new Error('no such apply')
        }),
      }),
      /no such apply/,
    ],
    [
      'an input that fails',
      async () => {
        new aws.sns.Topic('a', { displayName: Promise.reject(new Error('no such name')) })
        return {}
      },
      /no such name/,
    ],
    [
      'a rejection that nobody handles',
      async () => {
        void Promise.reject(new Error('nobody cares'))
        await new Promise((resolve) => setImmediate(resolve))
        return {}
      },
      /^nobody cares$/,
    ],
    [
      'two resources of one name',
      async () => {
        topics('twin', 'twin')
        return {}
      },
      /Duplicate resource URN 'urn:pulumi:staging::dhakacart::aws:sns\/topic:Topic::twin'/,
    ],
    [
      'a function of a provider that nobody knows',
      async () => ({ ami: (await aws.ec2.getAmi({ owners: ['amazon'] })).id }),
      /aws:ec2\/getAmi:getAmi/,
    ],
    [
      'an error that the program logs',
      async () => {
        await pulumi.log.error('this cannot be')
        return {}
      },
      /^this cannot be$/,
    ],
  ]
  for (const [what, program, message] of programs) {
    await t.rejects(planOf(program), { message }, what)
    const graph = await planOf(async () => ({ after: topics('fine')[0]?.name }))
    t.equal(graph.resources.length, 2, `${what} leaves nothing behind for the next plan`)
  }
})

t.test('listeners of others are there again after a plan', async (t) => {
  const before = process.listeners('unhandledRejection')
  await planOf(async () => ({}))
  t.strictSame(process.listeners('unhandledRejection'), before)
})

t.test('no such stack', async (t) => {
  await t.rejects(plan({ stack: 'stagin', mode: 'preview' }), { message: /no stack "stagin".*prod, staging/s })
})

t.test('a setting that is wrong says so, as the program does', async (t) => {
  const overrides = { natGateways: 'three', region: 'moon' }
  const wrong = plan({ stack: 'staging', mode: 'preview', overrides })
  await t.rejects(wrong, { message: /natGateways.*three|region.*moon/s })
})
