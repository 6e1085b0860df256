import t from 'tap'
import { paintFor, printResource, printTree } from '../../plan/print.ts'
import { withoutSecrets } from '../../plan/secrets.ts'
import { named, planOf } from './helpers/programs.ts'

const plain = paintFor({ isTTY: false }, {})

t.test('colours are for a person at a terminal', (t) => {
  const painted = (isTTY: boolean, env: Record<string, string>) => paintFor({ isTTY }, env)('bold', 'x') !== 'x'
  t.equal(painted(true, {}), true)
  t.equal(painted(false, {}), false)
  t.equal(painted(true, { NO_COLOR: '1' }), false)
  t.equal(painted(true, { TERM: 'dumb' }), false)
  t.end()
})

t.test('secrets are never printed', async (t) => {
  for (const name of ['secrets', 'components'] as const) {
    const graph = await planOf(name, 'applied')
    t.match(JSON.stringify(graph), /swordfish/, 'it is in the graph, for proofs')
    graph.invokes.push({ token: 'test:index:echo', args: { leaked: 'a swordfish here' } })
    graph.messages.push({ severity: 'info', text: 'the password is swordfish' })
    const shown = withoutSecrets(graph)
    const printed = [
      JSON.stringify(shown),
      printTree(shown, plain),
      ...shown.resources.map((one) => printResource(one, plain)),
    ]
    t.notMatch(printed.join('\n'), /swordfish/)
    t.notMatch(printResource(named(graph, name === 'secrets' ? 'secret' : 'modelled'), plain), /swordfish/)
  }
})

t.test('what matters stands in the line', async (t) => {
  const tree = printTree(await planOf('options', 'preview'), plain)
  t.match(
    tree,
    /^ {2}aws:iam\/role:Role optioned {2}retained, names its own name, needs 1, by named, .*options\.ts:11$/m,
  )
  t.match(tree, /^ {4}aws:kms\/key:Key child {2}protected, by named, /m)
  t.match(tree, /^ {2}aws:sns\/topic:Topic by-default {2}names its own name, by a default provider, /m)
  t.match(tree, /options|staging, preview: 8 resources \(5 aws, 2 components, 1 provider\); 2 protected$/m)
  const components = printTree(await planOf('components', 'applied'), plain)
  t.match(components, /Opaque opaque {2}inside not seen, needs 1/)
  t.match(components, /^not made up, .*: test:index:Opaque\.address$/m)
  t.match(printTree(await planOf('reads', 'preview'), plain), /ec2\/vpc:Vpc vpc {2}read, not made, by aws/)
  t.match(
    printTree(await planOf('reads', 'preview'), plain),
    /^info: The program reads the stack 'organization\/nothing\/prod'/m,
  )
})

t.test('a resource whole', async (t) => {
  const whole = printResource(named(await planOf('options', 'preview'), 'optioned'), plain)
  t.match(whole, /^ {2}needs aws:sns\/topic:Topic by-default$/m)
  t.match(whole, /^ {2}ignoreChanges: \["tags","description"\]$/m)
  t.match(whole, /^ {2}timeouts: \{"create":"5m","delete":"1h"\}$/m)
  t.match(whole, /^ {2}assumeRolePolicy: "\{\}"$/m)
  t.match(whole, /^ {2}uniqueId: \[secret\]$/m)
})
