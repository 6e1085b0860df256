import grpc from '@grpc/grpc-js'
import type { IResourceProviderServer } from '@pulumi/pulumi/proto/provider_grpc_pb.js'
import providerRpc from '@pulumi/pulumi/proto/provider_grpc_pb.js'

/** A gRPC server on a free port of the loopback interface. */
export interface Served {
  port: number
  close(): void
}

/** A handler of one request and one answer; what it throws is the call's error. */
export function unary<Q, R>(work: (request: Q) => R | Promise<R>): grpc.handleUnaryCall<Q, R> {
  return (call, callback) => {
    const answer = async () => work(call.request)
    answer().then(
      (response) => callback(null, response),
      (error: unknown) => {
        const details = error instanceof Error ? error.message : String(error)
        callback({ code: grpc.status.UNKNOWN, details })
      },
    )
  }
}

/** Serves the methods of a provider; the engine takes those that are missing as not implemented. */
export async function serve(methods: Partial<IResourceProviderServer>): Promise<Served> {
  const server = new grpc.Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 })
  server.addService(providerRpc.ResourceProviderService, methods as IResourceProviderServer)
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) reject(error)
    else resolve(port)
  })
  return { port: await promise, close: () => server.forceShutdown() }
}
