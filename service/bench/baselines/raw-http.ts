import { createServer } from 'node:http'

/*
 * The limit of a page: Node's own HTTP server that answers everything with the same bytes and headers, and does nothing else.
 * Gets them from its parent, tells it the port.
 */
process.once('message', ({ body, headers }: { body: string; headers: Record<string, string> }) => {
  const server = createServer((_request, response) => {
    response.writeHead(200, headers)
    response.end(body)
  })
  server.listen(0, '127.0.0.1', () => process.send?.(server.address()))
})
process.once('disconnect', () => process.exit())
