import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { peoplesAccess, roles } from '../../../runbooks/peoples-access.ts'
import { plan } from '../../plan/index.ts'
import { runHere } from '../harness/command.ts'
import { openTestProject } from '../harness/project.ts'

const somebody = 'arn:aws:iam::123456789012:user/rahima'

t.test('says what it needs, and who may come in', async (t) => {
  const root = await openTestProject(t)
  const run = (...argv: string[]) => runHere(peoplesAccess, { argv, root })
  t.match(await run('--help'), { code: 0, stdout: /^Usage: npm run runbook -- runbooks\/peoples-access\.ts/ })
  t.match(await run(), { code: 1, stderr: /^Which stack/ })
  t.match(await run('--stack', 'qa'), { code: 1, stderr: /known are prod, staging/ })
  t.match(await run('--stack', 'prod', '--as', 'root'), {
    code: 1,
    stderr: '--as is root; it must be one of viewer, operator, break-glass.\n',
  })
  t.match(await run('--stack', 'prod', '--add', somebody), { code: 1, stderr: /^--to is missing/ })
  t.match(await run('--stack', 'prod'), {
    code: 0,
    stdout: /^viewer \(dhakacart-prod-eks-viewer\): arn:.*\noperator .*\nbreak-glass .*\n$/,
  })
  t.match(await run('--stack', 'staging'), {
    code: 0,
    stdout: 'viewer (dhakacart-staging-eks-viewer): nobody; the role is not there',
  })
  t.match(await run('--stack', 'staging', '--as', 'viewer'), { code: 1, stderr: /^Nobody may be viewer/ })
})

t.test('somebody joins and leaves', async (t) => {
  const root = await openTestProject(t)
  const run = (...argv: string[]) => runHere(peoplesAccess, { argv: ['--stack', 'prod', ...argv], root })
  const read = () => readFile(join(root, 'Pulumi.prod.yaml'), 'utf8')
  const before = await read()
  t.match(await run('--add', somebody, '--to', 'viewer'), { code: 1, stderr: /pass --yes/ })
  t.match(await run('--add', 'rahima', '--to', 'viewer', '--yes'), {
    code: 1,
    stderr: /viewerPrincipals\[1\]: "rahima" does not fit; use ARNs/,
  })
  t.match(await run('--remove', somebody, '--yes'), { code: 1, stderr: `${somebody} is in no list of people.\n` })
  t.equal(await read(), before, 'what is refused changes nothing')

  t.match(await run('--add', somebody, '--to', 'viewer', '--yes'), {
    code: 0,
    stdout: /Next: npm run proofs -- prod, then pulumi up -s prod/,
  })
  t.match((await run()).stdout, new RegExp(`^viewer .*${somebody}\\n`))
  t.match(await read(), '# an example: put your account here', 'comments stay')
  t.match(await run('--add', somebody, '--to', 'viewer', '--yes'), { code: 1, stderr: /may be viewer already/ })
  t.equal((await run('--remove', somebody, '--yes')).code, 0)
  t.notMatch(await read(), somebody)

  const { code, stderr } = await run('--remove', 'arn:aws:iam::123456789012:user/break-glass-1', '--yes')
  t.equal(code, 0, stderr)
  t.match(await run('--remove', 'arn:aws:iam::123456789012:user/break-glass-2', '--yes'), {
    code: 1,
    stderr: /breakGlassPrincipals: \[\] is too little for production/,
  })
})

t.test('the way in is the one that the program builds', async (t) => {
  const root = await openTestProject(t)
  const { resources } = await plan({ stack: 'prod', mode: 'applied' })
  t.ok(resources.length > 100, `${resources.length} resources`)
  const named = (type: string) => resources.filter((one) => one.type === type).map(({ inputs }) => inputs.name)
  for (const [name, { suffix }] of Object.entries(roles)) {
    const { code, stdout } = await runHere(peoplesAccess, { argv: ['--stack', 'prod', '--as', name], root })
    t.equal(code, 0)
    t.match(stdout, `role_arn = arn:aws:iam::123456789012:role/dhakacart-prod-${suffix}\n`)
    t.ok(named('aws:iam/role:Role').includes(`dhakacart-prod-${suffix}`), `the role of ${name} is in the plan`)
    t.match(stdout, '--document-name dhakacart-prod-to-cluster ')
    t.match(stdout, '--filters Name=tag:dhakacart:door,Values=dhakacart-prod ')
  }
  t.ok(named('aws:ssm/document:Document').includes('dhakacart-prod-to-cluster'), 'the document is in the plan')
  const tagged = resources.filter(({ inputs }) => JSON.stringify(inputs).includes('dhakacart:door'))
  t.ok(
    tagged.some(({ type }) => /autoscaling|launchTemplate/.test(type)),
    "the door's host is tagged so",
  )
})
