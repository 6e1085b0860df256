import t from 'tap'
import type { Graph } from '../../plan/graph.ts'
import { secretTable } from '../../secrets/table.ts'
import { type Asked, evaluatorMissing, hasOnlyPoliciesOfAws, judge, type Request } from '../harness/evaluator.ts'
import { github } from '../harness/github.ts'
import { ofType, one, planned } from '../harness/graphs.ts'
import { escalations, opening, type Place, placeOf, type Row, read } from './place.ts'
import { rowsOfBackups } from './rows-of-backups.ts'
import { rowsOfGitHub } from './rows-of-github.ts'
import { rowsOfMachines } from './rows-of-machines.ts'
import { rowsOfPeople } from './rows-of-people.ts'
import { rowsOfPods } from './rows-of-pods.ts'

/* Each role as a policy evaluator sees it: its own policies, its boundary, and the policy of the thing that it asks for. */

const options = { skip: evaluatorMissing, timeout: 300_000 }

const rowsOf = (place: Place): Record<string, Row> => ({
  ...rowsOfPods(place),
  ...rowsOfMachines(place),
  ...rowsOfBackups(place),
  ...rowsOfPeople(place),
  ...rowsOfGitHub(place),
})

/** What of the general table a role is there for. */
const duties: Record<string, (request: Request, place: Place) => boolean> = {
  migration: ([action, on], { masterSecret }) => action === read && on === masterSecret,
}

const rolesOf = (graph: Graph) => ofType(graph, 'aws:iam/role:Role')
const placed = async (stack: string, account: string) =>
  placeOf(await planned({ stack, mode: 'applied', overrides: github(account) }), stack, account)

for (const [stack, account] of [
  ['staging', '111111111111'],
  ['prod', '222222222222'],
] as const) {
  t.test(`${stack}: every role has a row, and each row something that it may and more that it may not`, async (t) => {
    const place = await placed(stack, account)
    const rows = rowsOf(place)
    const roles = rolesOf(place.graph)
    t.ok(roles.length >= 17, `${roles.length} roles`)
    t.strictSame(Object.keys(rows).sort(), roles.map(({ name }) => name).sort())
    for (const role of roles) {
      const { may = [], mayByAws = [], mayNot = [] } = rows[role.name] ?? {}
      t.ok(mayNot.length >= 2, `${role.name}: ${mayNot.length} that it may not`)
      if (hasOnlyPoliciesOfAws(place.graph, role)) t.ok(mayByAws.length > 0, `${role.name} has policies of AWS's only`)
      else t.ok(may.length > 0, `${role.name}: ${may.length} that it may`)
    }
  })

  t.test(`${stack}: what roles may and may not`, options, async (t) => {
    const place = await placed(stack, account)
    const asked = Object.entries(rowsOf(place)).flatMap(([role, { may = [], mayByAws = [], mayNot }]) => {
      const general = escalations(place).filter((request) => !duties[role]?.(request, place))
      const ask = (requests: Request[], withPoliciesOfAws: boolean, right: string) =>
        requests.map((request) => ({ role, request, withPoliciesOfAws, right }))
      return [
        ...ask(may, false, 'Allowed'),
        ...ask(mayByAws, true, 'Allowed'),
        ...ask([...mayNot, ...general], true, 'denied'),
      ]
    })
    const answers = await judge(place.graph, account, asked)
    t.equal(answers.length, asked.length)
    for (const [at, { role, request, right }] of asked.entries()) {
      t.equal(answers[at], right, `${role}: ${request.slice(0, 2).join(' on ')} ${JSON.stringify(request[2] ?? {})}`)
    }
  })

  t.test(`${stack}: each secret has its readers, and no key opens anything by itself`, options, async (t) => {
    const place = await placed(stack, account)
    const secrets = [
      ...secretTable.map(({ name }) => ({ name, arn: place.secret(name) })),
      { name: 'master', arn: place.masterSecret },
    ]
    const keys = ofType(place.graph, 'aws:kms/key:Key').map(({ name }) => ({ name, arn: place.key(name) }))
    t.ok(keys.length >= 12, `${keys.length} keys`)
    const wanted: { what: string; request: Request }[] = [
      ...secrets.map(({ name, arn }) => ({ what: `reads ${name}`, request: [read, arn] satisfies Request })),
      ...secrets.map(({ name, arn }) => ({
        what: `opens ${name}`,
        request: ['kms:Decrypt', place.key('secrets'), opening(arn)] satisfies Request,
      })),
      ...keys.map(({ name, arn }) => ({
        what: `decrypts by ${name}`,
        request: ['kms:Decrypt', arn, { 'aws:ResourceTag/stack': stack }] satisfies Request,
      })),
    ]
    const asked = rolesOf(place.graph).flatMap(({ name: role }) =>
      wanted.map((one) => ({ ...one, role, withPoliciesOfAws: true })),
    )
    const answers = await judge(place.graph, account, asked)
    t.strictSame(
      answers.filter((answer) => answer !== 'Allowed' && answer !== 'denied'),
      [],
      `${answers.length} answers`,
    )
    const allowed = asked.filter((_, at) => answers[at] === 'Allowed').map(({ role, what }) => `${role} ${what}`)
    const own = (role: string, names: string[]) =>
      names.flatMap((name) => [`${role} opens ${name}`, `${role} reads ${name}`])
    t.strictSame(
      allowed.sort(),
      [
        // EKS opens Kubernetes' secrets by this key in the cluster's name.
        'cluster decrypts by cluster',
        ...own('grafana', ['grafana-admin']),
        ...own('migration', ['master']),
        ...own('shop', ['jwt-keys', 'outbox-webhook', 'payment-webhook']),
      ].sort(),
    )
  })
}

t.test('the evaluator asks every policy there is', options, async (t) => {
  const account = '222222222222'
  const place = await placed('prod', account)
  const ask = async (graph: Graph, role: string, request: Request, withPoliciesOfAws = false) =>
    (await judge(graph, account, [{ role, request, withPoliciesOfAws } satisfies Asked]))[0]
  const changed = (change: (graph: Graph) => void) => {
    const graph = structuredClone(place.graph)
    change(graph)
    return graph
  }
  const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }

  const limits: Request = ['iam:CreatePolicyVersion', place.iam('policy/dhakacart-prod-boundary')]
  t.equal(await ask(place.graph, 'github-deploy', limits), 'denied')
  const unbounded = changed((graph) => {
    delete one(graph, 'aws:iam/role:Role', 'github-deploy').inputs.permissionsBoundary
  })
  t.equal(await ask(unbounded, 'github-deploy', limits), 'Allowed', 'the boundary denied it')

  const almighty = changed((graph) => {
    one(graph, 'aws:iam/rolePolicy:RolePolicy', 'loki').inputs.policy = JSON.stringify(all)
  })
  t.equal(await ask(almighty, 'loki', ['sqs:PurgeQueue', place.arn('sqs', 'a')]), 'denied', 'the boundary ends it')
  t.equal(await ask(almighty, 'loki', [read, place.secret('jwt-keys')]), 'denied', "the secret's policy denies it")
  t.equal(await ask(almighty, 'loki', ['kms:Decrypt', place.key('database')]), 'denied', "the key's policy lacks it")
  t.equal(await ask(almighty, 'loki', ['sts:AssumeRole', place.iam('role/dhakacart-prod-pod-shop')]), 'denied', 'trust')
  t.equal(await ask(almighty, 'loki', [read, place.masterSecret]), 'Allowed', 'nothing else denies it')

  const open: Request = ['kms:Decrypt', place.key('secrets'), opening(place.secret('jwt-keys'))]
  t.equal(await ask(place.graph, 'shop', open), 'Allowed')
  const locked = changed((graph) => {
    const key = one(graph, 'aws:kms/key:Key', 'secrets')
    key.inputs.policy = one(graph, 'aws:kms/key:Key', 'logs').inputs.policy ?? ''
  })
  t.equal(await ask(locked, 'shop', open), 'denied', "the key's policy is asked")

  const managed: Request = ['logs:PutLogEvents', place.arn('logs', 'log-group:RDSOSMetrics:log-stream:a')]
  t.equal(await ask(place.graph, 'database-monitoring', managed), 'denied')
  t.equal(await ask(place.graph, 'database-monitoring', managed, true), 'Allowed', 'by a policy of AWS')

  const senseless = await ask(place.graph, 'shop', ['s3:GetObject', place.bucket('loki'), { 'kms:ViaService': 'x' }])
  t.match(senseless, /^error: .*kms:ViaService/, 'what a request cannot say is told, and denies nothing silently')
  t.match(await ask(place.graph, 'shop', ['s3:GetObjekt', place.bucket('loki')]), /^error/, 'nor does a wrong name')
})
