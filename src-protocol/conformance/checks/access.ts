import { problem } from '../../index.ts'
import { Broken, expectProblem, expectStatus, expectThat, guardedPaths, NotTried, type Check } from '../check.ts'
import type { CallOptions } from '../server-call.ts'

const strangeToken = 'a-token-that-no-server-has-ever-given'
const bodyOf = (body: unknown): CallOptions => (body === undefined ? {} : { body })

/** Who may do what. */
export const accessChecks: readonly Check[] = [
  {
    rule: 'R11',
    name: 'without a token every guarded path is 401',
    async run({ call }) {
      for (const { method, path, body } of guardedPaths) {
        // Where customers read their orders under the same path, an unknown one is unknown to everybody.
        const mayBeUnknown = method === 'GET' && path.startsWith('/orders/')
        const answer = await call(method, path, { token: null, ...bodyOf(body) })
        if (mayBeUnknown && answer.status === 404) continue
        expectStatus(answer, 401)
        const told = answer.headers['www-authenticate'] ?? 'no such header'
        expectThat(/^bearer\b/i.test(told), `${answer.asked} says WWW-Authenticate: Bearer`, told.slice(0, 60))
      }
    },
  },
  {
    rule: 'R12',
    name: 'a wrong token is 401 on every guarded path',
    async run({ call }) {
      for (const { method, path, body } of guardedPaths) {
        expectStatus(await call(method, path, { token: strangeToken, ...bodyOf(body) }), 401)
      }
      expectStatus(await call('GET', '/orders', { token: '' }), 401)
      expectStatus(await call('GET', '/orders', { token: 'x'.repeat(4000) }), 401)
    },
  },
  {
    rule: 'R12',
    name: 'a token in the address opens nothing',
    async run({ call }) {
      const query = { access_token: strangeToken, token: strangeToken }
      expectStatus(await call('GET', '/products', { token: null, query }), 401)
    },
  },
  {
    rule: 'R13',
    name: 'a token of another scope is 403, and the scope is named',
    async run({ call, otherToken }) {
      if (otherToken === undefined) throw new NotTried('needs a token of fewer scopes: --other-token')
      let refused = 0
      for (const { method, path, scope, body } of guardedPaths) {
        const answer = await call(method, path, { token: otherToken, ...bodyOf(body) })
        if (answer.status === 401) throw new Broken('the other token is known', `${answer.asked} answers 401`)
        if (answer.status !== 403) continue
        refused += 1
        expectProblem(answer, 403, 'scope-missing')
        const named = problem.parse(answer.json).error.details['scope']
        expectThat(named === scope, `${answer.asked} names ${scope} in details.scope`, String(named).slice(0, 60))
      }
      expectThat(refused > 0, 'the other token lacks at least one scope', 'it opened every path')
    },
  },
]
