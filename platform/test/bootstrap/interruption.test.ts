import t from 'tap'
import { openTestAws } from '../harness/aws.ts'
import { startModule } from '../harness/child.ts'
import { motoMissing, motoTimeoutMs } from '../harness/moto.ts'
import { openTestProject } from '../harness/project.ts'

t.setTimeout(motoTimeoutMs)

t.test(
  'Ctrl-C ends the bootstrap after the step that is under way',
  { skip: motoMissing, timeout: motoTimeoutMs },
  async (t) => {
    const aws = await openTestAws()
    t.teardown(() => aws.stop())
    const env = { ...aws.env, TEST_ROOT: await openTestProject(t), PATH: '' }
    const run = () => startModule('test/harness/bootstrap-child.ts', ['--stack', 'staging', '--yes'], env)

    const first = run()
    // The signal comes while the bucket is being made: its answer is still to come.
    aws.intercept(({ method, path }) => {
      if (method === 'PUT' && !path.includes('?')) first.process.kill('SIGINT')
      return undefined
    })
    const { code, stdout, stderr } = await first.ended
    t.equal(code, 130)
    t.match(stdout, /3\/14 state bucket: make the bucket .* done\n$/)
    t.match(
      stderr,
      'Interrupted: stopped before 4 of 14 (block public access); what was done stays. Run it again to go on.',
    )
    t.equal(aws.changes().length, 5)

    const second = await run().ended
    t.equal(second.code, 0, second.stderr)
    t.match(second.stdout, /^ {2}1\/10 state bucket: block public access/m)
    t.notOk(
      aws.changes().some((name) => name.endsWith('-state/')),
      'the bucket is not made again',
    )
  },
)
