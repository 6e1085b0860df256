import t from 'tap'
import { proofsCommand } from '../../plan/reach/command.ts'
import { proofs as every, type Outcome } from '../../plan/reach/proofs.ts'
import { repository } from '../../settings/stack-file.ts'
import { runHere } from '../harness/command.ts'

/** Staging has no repository, and so no runner and no jobs to prove anything of. */
const inStaging = every.length - 2

const proofs = (...argv: string[]) => runHere(proofsCommand, { argv, root: repository })

t.test('staging keeps its promises', async (t) => {
  const { code, stdout } = await proofs('staging')
  t.equal(code, 0)
  t.match(stdout, /^holds {2}nothing-from-internet: .* \([1-9][0-9]* things with addresses\)$/m)
  t.match(stdout, new RegExp(`^All ${inStaging} hold\\.$`, 'm'))
})

t.test('as JSON, for other programs', async (t) => {
  const { code, stdout } = await proofs('staging', '--json', '--set', 'clusterPublicAccessCidrs=[203.0.113.7/32]')
  t.equal(code, 0, 'an address that the settings name is no hole')
  const outcomes = JSON.parse(stdout) as Outcome[]
  t.ok(outcomes.length === inStaging && outcomes.every((one) => one.holds && one.looked > 0))
})

t.test('what one of them reaches, and why not more', async (t) => {
  const door = await proofs('staging', '--from', "Group 'door'")
  t.match(door.stdout, /Group 'door' reaches Cluster '\S+' \(tcp 443/)
  t.match(door.stdout, /Group 'door' cannot reach NatGateway/)
  const strangers = await proofs('staging', '--from', 'internet')
  t.equal(strangers.stdout, 'the internet reaches nothing\n')
  const pods = await proofs('staging', '--from', 'pods-1')
  t.match(pods.stdout, /sends 0\.0\.0\.0\/0 to NatGateway .* \(to the internet\)/)
})

t.test('what a role may do, and who takes it', async (t) => {
  const { stdout } = await proofs('prod', '--role', 'break-glass')
  t.match(stdout, /^Role 'break-glass'$/m)
  t.match(stdout, /^ {2}taken by arn:aws:iam::222222222222:user\/break-glass-1, where .*MultiFactorAuthPresent = true/m)
  t.match(
    stdout,
    /^ {2}may eks:DescribeCluster on arn:aws:eks:\S+ \(RolePolicy 'break-glass', statement 'FindTheCluster'\)$/m,
  )
  t.match(await proofs('staging', '--role', 'nobody'), {
    code: 1,
    stderr: /Nothing is called 'nobody'; there are Role/,
  })
})

t.test('help, the list, and wrong use', async (t) => {
  t.match((await proofs('--help')).stdout, /^Usage: npm run proofs/)
  t.equal((await proofs('--list')).stdout.trim().split('\n').length, every.length)
  t.match(await proofs(), { code: 1, stderr: 'Name one stack: npm run proofs -- prod\n' })
  t.match(await proofs('nowhere'), { code: 1, stderr: /no stack "nowhere"/ })
  t.match(await proofs('staging', '--set', 'door'), { code: 1, stderr: /--set must be key=value/ })
  t.match(await proofs('staging', '--from', 'nobody'), {
    code: 1,
    stderr: /Nothing is called 'nobody'; there are .*NatGateway/,
  })
})
