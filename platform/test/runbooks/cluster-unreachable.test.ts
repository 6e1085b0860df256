import t from 'tap'
import { clusterUnreachable } from '../../../runbooks/cluster-unreachable.ts'
import { openPretendedCli } from '../harness/aws-cli.ts'
import { runHere } from '../harness/command.ts'
import { motoAccount } from '../harness/moto.ts'
import { openTestProject } from '../harness/project.ts'

/** What the AWS CLI answers while all is well. */
const well = {
  'sts get-caller-identity': { Account: motoAccount, Arn: `arn:aws:iam::${motoAccount}:user/rahima` },
  'eks describe-cluster': { cluster: { status: 'ACTIVE', health: { issues: [] } } },
  'ec2 describe-instances': { Reservations: [{ Instances: [{ InstanceId: 'i-1' }] }] },
  'ssm describe-instance-information': { InstanceInformationList: [{ PingStatus: 'Online' }] },
  'ssm describe-document': { Document: { Status: 'Active' } },
}

/** One broken answer each, and what is said of it. */
const broken: [Partial<typeof well> | Record<string, unknown>, RegExp][] = [
  [
    { 'sts get-caller-identity': { Account: '999999999999', Arn: 'arn:x' } },
    /^your credentials: arn:x is of account 999999999999, and the stack's is 123456789012/,
  ],
  [{ 'eks describe-cluster': { cluster: { status: 'FAILED' } } }, /\nthe cluster: it is FAILED/],
  [
    {
      'eks describe-cluster': {
        cluster: { status: 'ACTIVE', health: { issues: [{ code: 'Ec2SubnetNotFound', message: 'gone' }] } },
      },
    },
    /\nthe cluster: Ec2SubnetNotFound: gone; that is what to mend first/,
  ],
  [{ 'ec2 describe-instances': { Reservations: [] } }, /\nthe door's host: none is running/],
  [
    { 'ssm describe-instance-information': { InstanceInformationList: [{ PingStatus: 'ConnectionLost' }] } },
    /\nthe door's line to Session Manager: no host answers/,
  ],
  [
    { 'ssm describe-document': { Document: { Status: 'Deleting' } } },
    /\nthe door's document: it is Deleting: pulumi up/,
  ],
]

t.test('says what it needs, and what it would ask', async (t) => {
  const root = await openTestProject(t)
  const run = (...argv: string[]) => runHere(clusterUnreachable, { argv, root, env: { PATH: '' } })
  t.match(await run('--help'), { code: 0, stdout: /^Usage: npm run runbook -- runbooks\/cluster-unreachable\.ts/ })
  t.match(await run(), { code: 1, stderr: /^Which stack/ })
  t.match(await run('--stack', 'prod'), {
    code: 1,
    stderr: /^aws sts get-caller-identity .* the AWS CLI is not on PATH/,
  })
  const { code, stdout } = await run('--stack', 'prod', '--dry-run')
  t.equal(code, 0)
  t.equal(stdout.trim().split('\n').length, 5, 'five steps')
  t.match(stdout, 'the cluster: aws eks describe-cluster --region ap-southeast-1 --name dhakacart-prod\n')
})

t.test('walks the way to its first broken step', async (t) => {
  const root = await openTestProject(t)
  const { env, answer, calls } = await openPretendedCli(t)
  const run = () => runHere(clusterUnreachable, { argv: ['--stack', 'prod'], root, env })
  await answer(well)
  const fine = await run()
  t.equal(fine.code, 0, fine.stderr)
  t.equal(fine.stdout.match(/: well\n/g)?.length, 5)
  for (const [answers, said] of broken) {
    await answer({ ...well, ...answers })
    t.match(await run(), { code: 1, stdout: said })
  }
  const { 'eks describe-cluster': _, ...denied } = well
  await answer(denied)
  t.match(await run(), { code: 1, stderr: /^aws eks describe-cluster .* failed: AccessDenied\n$/ })
  const verbs = new Set((await calls()).map(([, verb]) => verb?.split('-')[0]))
  t.strictSame([...verbs].sort(), ['describe', 'get'], 'it only ever looks')
})
