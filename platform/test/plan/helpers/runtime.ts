import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import grpc from '@grpc/grpc-js'
import type { IEngineServer } from '@pulumi/pulumi/proto/engine_grpc_pb.js'
import engineRpc from '@pulumi/pulumi/proto/engine_grpc_pb.js'
import type { IResourceMonitorServer } from '@pulumi/pulumi/proto/resource_grpc_pb.js'
import resourceRpc from '@pulumi/pulumi/proto/resource_grpc_pb.js'
import { EngineLog, Monitor } from '../../../plan/monitor.ts'
import { newRun, type Order } from '../../../plan/run.ts'
import { closeClients } from '../../../plan/transforms.ts'
import { repository } from '../../../settings/stack-file.ts'

/** What came over the wire: the method and the bytes of the request, in order. */
export interface Call {
  method: string
  bytes: Uint8Array
}

interface Message {
  serializeBinary(): Uint8Array
}

const methods = [
  ...(['getDeploymentInfo', 'supportsFeature', 'invoke', 'call', 'readResource', 'existsResource'] as const),
  ...(['registerResource', 'registerResourceOutputs', 'registerStackTransform', 'registerResourceHook'] as const),
  ...(['registerStackInvokeTransform', 'registerErrorHook', 'registerPackage', 'signalAndWaitForShutdown'] as const),
]

/** A server whose answers are the monitor's own, and whose record is the bytes that it was sent. */
async function serve(order: Order, calls: Call[]): Promise<{ address: string; close: () => void }> {
  const run = newRun(order)
  const monitor = new Monitor(run, () => undefined)
  const log = new EngineLog(run)
  const handle =
    (target: object, method: string) =>
    (call: { request: Message }, callback: (...answer: unknown[]) => void): void => {
      calls.push({ method, bytes: call.request.serializeBinary() })
      Reflect.get(target, method).call(target, call.request, callback)
    }
  const service = (target: object, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, handle(target, name)]))
  const server = new grpc.Server()
  server.addService(resourceRpc.ResourceMonitorService, service(monitor, methods) as unknown as IResourceMonitorServer)
  const engine = service(log, ['setRootResource', 'requirePulumiVersion']) as unknown as IEngineServer
  const empty = new (await import('google-protobuf/google/protobuf/empty_pb.js')).default.Empty()
  engine.log = (call, callback) => log.log(call.request, () => callback(null, empty))
  server.addService(engineRpc.EngineService, engine)
  const port = await new Promise<number>((resolve, reject) => {
    const credentials = grpc.ServerCredentials.createInsecure()
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)))
  })
  const close = () => {
    closeClients(run)
    server.forceShutdown()
  }
  return { address: `127.0.0.1:${port}`, close }
}

/** Runs a program as the CLI's language host does, in a process of its own that talks gRPC, and returns what it sent. */
export async function callsOfRuntime(order: Order, entry: string): Promise<Call[]> {
  const calls: Call[] = []
  const { address, close } = await serve(order, calls)
  const { project, stack, config, secretKeys } = order
  const runner = createRequire(import.meta.url).resolve('@pulumi/pulumi/cmd/run')
  const flags = {
    project,
    stack,
    parallel: '16',
    monitor: address,
    engine: address,
    pwd: repository,
    organization: 'o',
  }
  const args = [runner, ...Object.entries(flags).map(([key, value]) => `--${key}=${value}`), '--dry-run', entry]
  const env = {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
  }
  const child = spawn(process.execPath, args, { cwd: repository, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      said += String(data)
    })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  close()
  if (code !== 0) throw new Error(`The runtime ended with ${code}: ${said}`)
  return calls
}
