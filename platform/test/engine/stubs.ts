import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Cloud } from './providers/cloud.ts'
import type { Served } from './providers/serve.ts'
import { StubProvider } from './providers/stub.ts'

const require = createRequire(import.meta.url)
const versionOf = (name: string): string => (require(`@pulumi/${name}/package.json`) as { version: string }).version

/** The stub providers of a test, and the cloud behind them. */
export interface Stubs {
  cloud: Cloud
  /** As PULUMI_DEBUG_PROVIDERS wants it. */
  ports: string
  close(): Promise<void>
}

/** Starts a provider of components in a process of its own: ours, or a real plugin that the environment names. */
async function startComponents(name: string): Promise<Served> {
  const plugin = process.env[`${name.toUpperCase()}_PLUGIN`]
  const ours = [fileURLToPath(new URL('providers/component.ts', import.meta.url)), versionOf(name)]
  const child = plugin
    ? spawn(plugin, [], { stdio: ['ignore', 'pipe', 'inherit'] })
    : spawn(process.execPath, ours, { stdio: ['ignore', 'pipe', 'inherit'] })
  const close = () => void child.kill('SIGKILL')
  // The first line is the port.
  for await (const line of createInterface({ input: child.stdout })) {
    child.stdout.resume()
    return { port: Number(line), close }
  }
  throw new Error(`The provider of ${name} ended without naming a port`)
}

/** Starts all of them; whatever has started is stopped again where one does not. */
export async function startStubs(): Promise<Stubs> {
  const cloud = new Cloud()
  const started: [string, Served][] = []
  const close = async () => {
    for (const [, served] of started) served.close()
  }
  try {
    for (const name of ['aws', 'kubernetes']) {
      started.push([name, await new StubProvider(cloud, versionOf(name)).serve()])
    }
    for (const name of ['awsx', 'eks']) started.push([name, await startComponents(name)])
  } catch (error) {
    await close()
    throw error
  }
  return { cloud, ports: started.map(([name, { port }]) => `${name}:${port}`).join(','), close }
}
