import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/** Where a request comes from, as limits count it. */
export interface Origin {
  readonly name: string
  /** A program on this very machine, not a customer behind a proxy on it. */
  readonly isLocalProgram: boolean
}

/**
 * The peer's address, or, behind `trustProxy` proxies, the one that the outermost trusted of them saw: what stands
 * further left in X-Forwarded-For anybody may have written. Of an IPv6 address the half that a household is given.
 */
export function originOf(c: Context, trustProxy: number): Origin {
  const peer = plain(getConnInfo(c).remote.address ?? '')
  const forwarded = c.req.header('x-forwarded-for')
  const told = trustProxy === 0 ? undefined : forwarded?.split(',').at(-trustProxy)?.trim()
  return {
    name: household(told === undefined || told === '' ? peer : plain(told)).slice(0, 64),
    isLocalProgram: forwarded === undefined && (peer === '::1' || peer.startsWith('127.')),
  }
}

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

/** The first four groups, `::` written out. */
export function household(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.toLowerCase().split('%', 1)[0]?.split('::', 2) ?? []
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'))
  const left = groups(head)
  const right = groups(tail ?? '')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const all = [...left, ...Array.from({ length: zeros }, () => '0'), ...right]
  return `${all.slice(0, 4).join(':')}::/64`
}
