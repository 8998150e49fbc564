import { description, problem, protocolVersion, versionHeader } from '../../index.ts'
import { expectProblem, expectShape, expectStatus, expectThat, guardedPaths, NotTried, type Check } from '../check.ts'

const wellKnown = '/.well-known/storefront'
const clockToleranceMs = 120_000
const readPaths = guardedPaths.filter(({ method }) => method === 'GET').map(({ path }) => path)

/** How answers look, whatever they are about, and what the shop says of itself. */
export const transportChecks: readonly Check[] = [
  {
    rule: 'R1',
    name: 'the address is https, or loopback',
    async run({ isHttps, isLoopback }) {
      expectThat(isHttps || isLoopback, 'an address that begins with https://', 'http:// beyond loopback')
    },
  },
  {
    rule: 'R2',
    name: 'answers and refusals are JSON, and say so',
    async run({ call }) {
      for (const path of [wellKnown, ...readPaths, '/no-such-path']) {
        const answer = await call('GET', path)
        const type = answer.headers['content-type'] ?? 'none'
        const isJson = /^application\/(problem\+)?json\b/i.test(type) && answer.json !== undefined
        expectThat(isJson, `${answer.asked} answers JSON with its content type`, `content type ${type}`)
      }
    },
  },
  {
    rule: 'R3',
    name: 'no path redirects',
    async run({ call }) {
      for (const path of [wellKnown, ...readPaths]) {
        const { asked, status } = await call('GET', path)
        expectThat(status < 300 || status > 399, `${asked} answers by itself`, `a redirect (${status})`)
      }
    },
  },
  {
    rule: 'R4',
    name: 'no answer may be kept by a cache',
    async run({ call }) {
      for (const path of [wellKnown, ...readPaths]) {
        const { asked, headers } = await call('GET', path)
        const told = headers['cache-control'] ?? 'no such header'
        expectThat(/\bno-store\b/i.test(told), `${asked} says Cache-Control: no-store`, told)
      }
    },
  },
  {
    rule: 'R5',
    name: 'an unknown path is 404',
    async run({ call }) {
      expectProblem(await call('GET', '/no-such-path'), 404)
    },
  },
  {
    rule: 'R5',
    name: 'a known path with another method is 405 and names the right one',
    async run({ call }) {
      for (const { method, path } of guardedPaths) {
        const answer = expectStatus(await call(method === 'GET' ? 'DELETE' : 'PATCH', path), 405)
        const allow = answer.headers['allow'] ?? 'no such header'
        expectThat(allow.includes(method), `${answer.asked} says Allow: ${method}`, allow)
      }
    },
  },
  {
    rule: 'R6',
    name: 'a refusal is a problem document',
    async run({ call }) {
      for (const answer of [
        await call('GET', '/orders', { token: null }),
        await call('GET', '/orders/no-such-order'),
        await call('GET', '/orders', { query: { limit: '0' } }),
      ]) {
        const type = answer.headers['content-type'] ?? 'none'
        const isProblem = /^application\/problem\+json\b/i.test(type)
        expectThat(isProblem, `${answer.asked} refuses as application/problem+json`, `content type ${type}`)
        const told = expectShape(problem.required(), answer)
        expectThat(told.status === answer.status, `${answer.asked} repeats its status`, String(told.status))
      }
    },
  },
  {
    rule: 'R7',
    name: 'the shop describes itself to everyone',
    async run({ call }) {
      const answer = expectStatus(await call('GET', wellKnown, { token: null }), 200)
      const told = expectShape(description, answer)
      const { default: usual, max } = told.pageSize
      expectThat(usual <= max, 'pageSize.default is at most pageSize.max', `${usual} above ${max}`)
    },
  },
  {
    rule: 'R8',
    name: "the server's clock is right",
    async run({ call, now }) {
      const before = now()
      const { serverTime } = expectShape(description, await call('GET', wellKnown, { token: null }))
      const offset = Date.parse(serverTime) - (before + now()) / 2
      expectThat(
        Math.abs(offset) <= clockToleranceMs,
        'serverTime within 2 minutes of the clock here',
        `${Math.round(offset / 60_000)} minutes away`,
      )
    },
  },
  {
    rule: 'R9',
    name: 'the present version is spoken and told, another is refused',
    async run({ call, describe }) {
      const { protocolVersions } = await describe()
      const isListed = protocolVersions.includes(protocolVersion)
      expectThat(isListed, `protocolVersions has "${protocolVersion}"`, protocolVersions.join(', '))
      const headers = { [versionHeader]: protocolVersion }
      const answer = expectStatus(await call('GET', wellKnown, { headers }), 200)
      const told = answer.headers[versionHeader.toLowerCase()]
      expectThat(told === protocolVersion, `answers say ${versionHeader}: ${protocolVersion}`, told ?? 'no such header')
      const other = await call('GET', '/orders', { headers: { [versionHeader]: '99' } })
      expectProblem(other, 400, 'version-not-supported')
    },
  },
  {
    rule: 'R10',
    name: 'zone and currency are known',
    async run({ describe }) {
      const { timeZone, currency } = await describe()
      expectThat(isZone(timeZone), 'timeZone is an IANA zone', timeZone.slice(0, 60))
      const isKnown = Intl.supportedValuesOf('currency').includes(currency)
      expectThat(isKnown, 'currency is an ISO 4217 code', currency)
    },
  },
  {
    rule: 'R49',
    name: 'unknown query parameters are read over',
    async run({ call }) {
      for (const path of ['/orders', '/products', wellKnown]) {
        expectStatus(await call('GET', path, { query: { 'not-of-this-version': '1' } }), 200)
      }
    },
  },
  {
    rule: 'R47',
    name: 'headers of 64 KiB are refused',
    async run({ call }) {
      expectStatus(await call('GET', wellKnown, { headers: { 'x-long': 'x'.repeat(64 * 1024) } }), 431, 400)
    },
  },
  {
    rule: 'R48',
    name: 'a body that never comes does not hold its connection',
    async run({ call, isSlowToo }) {
      if (!isSlowToo) throw new NotTried('takes over a minute: tried with --slow')
      const body = { reports: [], padding: 'x'.repeat(1000) }
      const attempt = call('POST', '/reports:batch', { body, stallAfterBytes: 20, timeoutMs: 90_000 })
      const outcome = await attempt.then(({ status }) => `${status}`, (error: Error) => error.message) // prettier-ignore
      expectThat(/^(408|connection ended)/.test(outcome), '408 or a closed connection within 90 s', outcome)
    },
  },
]

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
