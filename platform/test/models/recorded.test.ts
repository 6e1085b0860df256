import t from 'tap'
import { plan } from '../../plan/index.ts'
import { cases, invokes } from './cases.ts'
import { isRecorded, type Recording, readRecording, recordingOf } from './recording.ts'

const recordings = new Map<string, Recording[]>()

for (const row of cases.filter(isRecorded))
  t.test(`the model of ${row.type} makes what its plugin made: ${row.name}`, async (t) => {
    const { stack, program, type } = row
    const graph = await plan({ stack, mode: 'preview', program, invokes })
    const ours = recordingOf(graph, row)
    const recorded = await readRecording(row)
    recordings.set(type, [...(recordings.get(type) ?? []), recorded])
    t.ok(Object.keys(recorded.children).length >= 2)
    t.strictSame(ours.arguments, recorded.arguments)
    t.strictSame(Object.keys(ours.children), Object.keys(recorded.children))
    for (const [name, child] of Object.entries(recorded.children)) t.strictSame(ours.children[name], child, name)
  })

// Otherwise our program could come to depend on a corner of a model that nobody has held against a plugin.
t.test('our program asks a component for nothing that no recording asks for', async (t) => {
  t.equal(cases.filter(isRecorded).length, 8)
  for (const stack of ['staging', 'prod']) {
    const { resources } = await plan({ stack, mode: 'preview' })
    const remote = resources.filter((resource) => resource.remote)
    t.strictSame(remote.map(({ type }) => type).sort(), ['awsx:ec2:Vpc', 'eks:index:Cluster'])
    for (const { type, inputs } of remote) {
      const known = new Set((recordings.get(type) ?? []).flatMap((recording) => Object.keys(recording.arguments)))
      t.strictSame(
        Object.keys(inputs).filter((key) => !known.has(key)),
        [],
        `${type} in ${stack}`,
      )
    }
  }
})
