import fc from 'fast-check'
import t from 'tap'
import { everyV4, parseCidr } from '../../plan/reach/addresses.ts'
import { covers, type Ranges, range, union } from '../../plan/reach/ranges.ts'
import {
  allOf,
  anyPort,
  anyProtocol,
  type Flows,
  intersectFlows,
  portsOf,
  printFlows,
  protocolsOf,
  subtractFlows,
  tcp,
} from '../../plan/reach/traffic.ts'

t.test('protocols in every spelling', async (t) => {
  t.strictSame(protocolsOf('-1'), anyProtocol)
  t.strictSame(protocolsOf('all'), anyProtocol)
  t.strictSame(protocolsOf('6'), protocolsOf('TCP'))
  t.strictSame(protocolsOf(6), protocolsOf('tcp'))
  t.strictSame(protocolsOf('58'), protocolsOf('icmpv6'))
  for (const wrong of ['', 'tpc', '256', '-2']) t.equal(protocolsOf(wrong), undefined, wrong)
})

t.test('ports count only where the protocol has them', async (t) => {
  t.strictSame(portsOf(range(6), 20, 25), range(20, 25))
  t.strictSame(portsOf(range(6), 443, undefined), range(443))
  t.strictSame(portsOf(anyProtocol, 0, 0), anyPort, 'all protocols are all ports')
  t.strictSame(portsOf(range(50), 443, 443), anyPort, 'ESP has no ports')
  t.strictSame(portsOf(range(6), -1, -1), anyPort)
  t.strictSame(portsOf(range(1), 8, -1), range(8), 'the type of an ICMP message')
})

t.test('what is said to a person', async (t) => {
  t.equal(printFlows(tcp(everyV4, 443)), 'tcp 443 from the internet')
  t.equal(printFlows(allOf(parseCidr('10.0.0.0/8')), 'to'), 'all traffic to 10.0.0.0/8')
})

const set = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 2 })
  .map((pairs) => union(...pairs.map(([from, length]) => range(from, from + length))))
const flows = fc.array(fc.record({ peers: set, protocols: set, ports: set }), { maxLength: 3 })
const corners = Array.from({ length: 9 ** 3 }, (_, n) => [n % 9, Math.floor(n / 9) % 9, Math.floor(n / 81)] as const)
const has = (all: Flows, [peer, protocol, port]: readonly [number, number, number]) =>
  all.some((flow) => inside(flow.peers, peer) && inside(flow.protocols, protocol) && inside(flow.ports, port))
const inside = (ranges: Ranges, n: number) => covers(ranges, range(n))

t.test('sets of traffic behave as sets of packets', async () => {
  fc.assert(
    fc.property(flows, flows, (a, b) => {
      const [both, left] = [intersectFlows(a, b), subtractFlows(a, b)]
      return corners.every(
        (packet) =>
          has(both, packet) === (has(a, packet) && has(b, packet)) &&
          has(left, packet) === (has(a, packet) && !has(b, packet)),
      )
    }),
    { numRuns: 60 },
  )
})
