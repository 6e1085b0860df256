import { isIP } from 'node:net'
import { normalizeIP } from '@fastify/rate-limit'

/** The bits of an IPv6 address that one customer is given: whoever holds a /64 can send each request from another address. */
const customerBits = 64

/**
 * What an address is counted as: IPv4 as it is, IPv6 by its /64, IPv4 written as IPv6 as the IPv4 it is.
 * What is no address (a broken X-Forwarded-For, a client that has gone) shares one key: it must not become a way around a limit.
 */
export function addressKey(ip: string | undefined): string {
  return ip !== undefined && isIP(ip) > 0 ? normalizeIP(ip, customerBits) : 'unknown'
}
