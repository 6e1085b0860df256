import { execFile } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'
import { repository } from '../../settings/stack-file.ts'

interface Ended {
  code: number
  stdout: string
  stderr: string
}

/** Runs the command as `npm run plan` does, with no terminal. */
const run = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const script = join(repository, 'platform', 'plan', 'main.ts')
    const done = (error: Error | null, stdout: string, stderr: string) => {
      const { code = 0 } = (error ?? {}) as { code?: number }
      resolve({ code, stdout, stderr })
    }
    // What tap tells its tests about colours is not for the command: Node warns where the two contradict each other.
    const { FORCE_COLOR: _, NO_COLOR: __, ...env } = process.env
    execFile(process.execPath, [script, ...args], { maxBuffer: 1e8, env }, done)
  })

t.test('the tree', async (t) => {
  const { code, stdout, stderr } = await run('staging')
  t.strictSame([code, stderr], [0, ''])
  const lines = stdout.split('\n')
  t.equal(lines[0], 'pulumi:pulumi:Stack dhakacart-staging')
  t.ok(lines.length > 100, `${lines.length} lines`)
  t.match(stdout, /^ {4}awsx:ec2:Vpc dhakacart-staging .*platform\/network\.ts:\d+$/m)
  t.match(stdout, /^ {6}aws:ec2\/vpc:Vpc dhakacart-staging {2}modelled, by aws, /m)
  t.match(lines.at(-2), /^dhakacart staging, preview: \d+ resources \(\d+ aws, .*; \d+ modelled$/)
  t.notMatch(stdout, '\u001b[', 'no colours without a terminal')
})

t.test('one resource whole', async (t) => {
  const { code, stdout } = await run('prod', '--resource', 'aws:ec2/subnet:Subnet dhakacart-prod-public-1')
  t.equal(code, 0)
  t.match(stdout, /^urn:pulumi:prod::dhakacart::.*\$aws:ec2\/subnet:Subnet::dhakacart-prod-public-1$/m)
  t.match(stdout, /^ {2}vpcId: \[unknown\] {2}from aws:ec2\/vpc:Vpc dhakacart-prod$/m)
  t.match(stdout, /^ {2}id: \[unknown\]$/m)
  t.match(await run('prod', '--resource', 'submarine'), { code: 1, stderr: /has 'submarine' in its type/ })
})

t.test('JSON, and another value for a setting', async (t) => {
  const gateways = async (...args: string[]) => {
    const { stdout } = await run('staging', '--json', '--mode', 'applied', '--resource', 'NatGateway', ...args)
    return JSON.parse(stdout).resources.length
  }
  t.equal(await gateways(), 1)
  t.equal(await gateways('--set', 'natGateways=onePerZone'), 2)
})

t.test('help, and what is wrong', async (t) => {
  t.match(await run('--help'), { code: 0, stdout: /--mode preview\|applied/ })
  t.match(await run(), { code: 2, stderr: /name one stack/ })
  t.match(await run('prod', 'staging'), { code: 2, stderr: /name one stack/ })
  t.match(await run('prod', '--mode', 'up'), { code: 2, stderr: /preview or applied, not 'up'/ })
  t.match(await run('prod', '--set', 'natGateways'), { code: 2, stderr: /must be key=value/ })
  t.match(await run('prod', '--set', 'natGateways=[one'), { code: 2, stderr: /no YAML/ })
  t.match(await run('prod', '--sett', 'a=b'), { code: 2, stderr: /--sett/ })
  t.match(await run('production'), { code: 1, stderr: /^There is no stack "production".*prod, staging/ })
  t.match(await run('staging', '--set', 'natGateways=three'), { code: 1, stderr: /natGateways.*three.*onePerZone/ })
})
