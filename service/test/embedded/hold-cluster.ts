// Opens the cluster named on the command line, says so in one line of JSON, and holds it until it is killed or told to stop.
import { once } from 'node:events'
import { openCluster } from '../../src/embedded/cluster.ts'

const said: string[] = []
const cluster = await openCluster({
  directory: process.argv[2] ?? '',
  durable: false,
  binaries: process.env.POSTGRES_BIN,
  log: (sentence) => said.push(sentence),
})
console.log(JSON.stringify({ url: cluster.url, said }))
const forever = setInterval(() => undefined, 60_000)
await once(process, 'SIGTERM')
clearInterval(forever)
await cluster.stop()
