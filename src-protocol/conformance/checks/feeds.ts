import { erasurePage, orderPage, pageOf, productPage } from '../../index.ts'
import { z } from 'zod'
import { Broken, expectProblem, expectShape, expectStatus, expectThat, NotTried, type Bench, type Check } from '../check.ts' // prettier-ignore
import type { Answer } from '../server-call.ts'

const feeds = ['/products', '/orders', '/erasures'] as const
const schemaOf = { '/products': productPage, '/orders': orderPage, '/erasures': erasurePage }
/** Walks go no further: a shop with a million orders is not read whole for a test. */
const mostPages = 40
const anyPage = pageOf(z.looseObject({}))

interface Walk {
  readonly keys: readonly string[]
  readonly pages: readonly { readonly asked: string | undefined; readonly keys: readonly string[] }[]
  readonly cursor: string
  readonly isComplete: boolean
}

const keyOf = (entry: Record<string, unknown>): string => String(entry['id'] ?? entry['userId'])

/** From the beginning (or a cursor) to the end, or as far as pages are followed. */
async function walk({ call }: Bench, path: string, from: { limit: number; cursor?: string }): Promise<Walk> {
  const pages: { asked: string | undefined; keys: string[] }[] = []
  let { cursor } = from
  for (;;) {
    const query = { limit: String(from.limit), ...(cursor !== undefined && { cursor }) }
    const page = expectShape(anyPage, expectStatus(await call('GET', path, { query }), 200))
    pages.push({ asked: cursor, keys: page.entries.map(keyOf) })
    const hasMoved = page.cursor !== cursor
    cursor = page.cursor
    if (page.hasMore && !hasMoved) throw new Broken(`GET ${path}: the cursor moves on while hasMore is true`, 'the same cursor again') // prettier-ignore
    if (!page.hasMore || pages.length === mostPages) {
      return { keys: pages.flatMap(({ keys }) => keys), pages, cursor, isComplete: !page.hasMore }
    }
  }
}

/** Sorts nothing and doubles nothing: as a set, since an entry that changes meanwhile moves. */
const missingFrom = (some: readonly string[], others: readonly string[]): number => {
  const known = new Set(others)
  return some.filter((key) => !known.has(key)).length
}

export const feedChecks: readonly Check[] = [
  {
    rule: 'R14',
    name: 'pages have the published shape',
    async run({ call }) {
      for (const path of feeds) {
        const answer = expectStatus(await call('GET', path), 200)
        expectShape<z.ZodType>(schemaOf[path], answer)
      }
    },
  },
  {
    rule: 'R15',
    name: 'limit is obeyed, cut to the largest size, and refused where it is none',
    async run({ call, describe }) {
      const { pageSize } = await describe()
      for (const path of feeds) {
        const sizeAt = async (limit: string): Promise<number> =>
          expectShape(anyPage, expectStatus(await call('GET', path, { query: { limit } }), 200)).entries.length
        for (const limit of [1, 2]) {
          const size = await sizeAt(String(limit))
          expectThat(size <= limit, `GET ${path}?limit=${limit} brings at most ${limit}`, `${size} entries`)
        }
        const largest = await sizeAt(String(pageSize.max + 1))
        expectThat(largest <= pageSize.max, `GET ${path} brings at most pageSize.max`, `${largest} entries`)
        for (const limit of ['0', '-1', 'many', '1.5']) {
          expectStatus(await call('GET', path, { query: { limit } }), 422)
        }
      }
    },
  },
  {
    rule: 'R16',
    name: 'following the cursor ends, and the last page has a cursor too',
    async run(bench) {
      const { pageSize } = await bench.describe()
      for (const path of feeds) {
        const { cursor } = await walk(bench, path, { limit: pageSize.max })
        const after = await walk(bench, path, { limit: 1, cursor })
        expectThat(after.pages.length <= mostPages, `GET ${path}: the end stays the end`, 'more and more pages')
      }
    },
  },
  {
    rule: 'R17',
    name: 'small pages bring what large pages bring',
    async run(bench) {
      for (const path of feeds) {
        const small = await walk(bench, path, { limit: 3 })
        const large = await walk(bench, path, { limit: 100 })
        const lost = missingFrom(small.isComplete ? large.keys : large.keys.slice(0, small.keys.length), small.keys)
        expectThat(lost === 0, `GET ${path}: pages of 3 bring every entry that pages of 100 bring`, `${lost} missing`)
        const strange = large.isComplete ? missingFrom(small.keys, large.keys) : 0
        expectThat(strange === 0, `GET ${path}: pages of 100 bring every entry that pages of 3 bring`, `${strange} missing`) // prettier-ignore
      }
    },
  },
  {
    rule: 'R18',
    name: 'a cursor asked again brings the same again',
    async run(bench) {
      for (const path of feeds) {
        const { pages, cursor } = await walk(bench, path, { limit: 3 })
        for (const { asked, keys } of [...pages.slice(0, 2), ...pages.slice(-1)]) {
          const query = { limit: '3', ...(asked !== undefined && { cursor: asked }) }
          const again = expectShape(anyPage, expectStatus(await bench.call('GET', path, { query }), 200))
          const lost = missingFrom(keys, again.entries.map(keyOf))
          expectThat(lost === 0, `GET ${path}: the same cursor brings the same entries`, `${lost} missing`)
        }
        // Asking at the end, twice, uses nothing up.
        for (let time = 0; time < 2; time += 1) {
          expectStatus(await bench.call('GET', path, { query: { cursor } }), 200)
        }
      }
    },
  },
  {
    rule: 'R19',
    name: 'a change is brought by the cursor that was given before it',
    async run(bench) {
      const { touch } = bench
      if (touch === undefined) throw new NotTried('needs a command that places or changes an order: --touch')
      const before = await walk(bench, '/orders', { limit: 100 })
      await touch()
      const after = await walk(bench, '/orders', { limit: 100, cursor: before.cursor })
      expectThat(after.keys.length > 0, 'the touched order comes with the cursor given before', 'no entry')
      const again = await walk(bench, '/orders', { limit: 1, cursor: before.cursor })
      const lost = missingFrom(after.keys, again.keys)
      expectThat(lost === 0, 'it comes again when that cursor is asked again', `${lost} missing`)
    },
  },
  {
    rule: 'R20',
    name: 'an invented cursor is refused and brings nothing',
    async run({ call }) {
      for (const path of feeds) {
        for (const cursor of ['nonsense', '%00', '../..', "1' or 1=1", '9'.repeat(400)]) {
          expectProblem(await call('GET', path, { query: { cursor } }), 422)
        }
      }
    },
  },
  {
    rule: 'R20',
    name: 'a cursor of one feed is not taken by another',
    async run({ call }) {
      const products = expectShape(anyPage, await call('GET', '/products', { query: { limit: '1' } }))
      expectStatus(await call('GET', '/orders', { query: { cursor: products.cursor } }), 422)
    },
  },
  {
    rule: 'R21',
    name: 'a forgotten cursor is 410, and without one the feed begins again',
    async run({ call, expiredCursor }) {
      if (expiredCursor === undefined) throw new NotTried('needs an order cursor too old for the server: --expired-cursor') // prettier-ignore
      const expired = await call('GET', '/orders', { query: { cursor: expiredCursor } })
      expectProblem(expired, 410, 'cursor-expired')
      expectStatus(await call('GET', '/orders'), 200)
    },
  },
  {
    rule: 'R22',
    name: 'wait holds an empty answer, and no longer than asked',
    async run(bench) {
      const { longPollSeconds } = await bench.describe()
      for (const wait of ['-1', 'long', '1.5']) {
        expectStatus(await bench.call('GET', '/orders', { query: { wait } }), 422)
      }
      if (longPollSeconds === 0) throw new NotTried('the server offers no long poll (longPollSeconds is 0)')
      const { cursor } = await walk(bench, '/orders', { limit: 100 })
      const answer = await bench.call('GET', '/orders', { query: { cursor, wait: '2' } })
      if (expectShape(anyPage, answer).entries.length > 0) throw new NotTried('orders changed during the wait')
      const seconds = (answer.ms / 1000).toFixed(1)
      expectThat(answer.ms >= 1500 && answer.ms <= 6000, 'wait=2 answers after about 2 s', `${seconds} s`)
    },
  },
  {
    rule: 'R23',
    name: 'an order that is placed ends the wait',
    async run(bench) {
      const { longPollSeconds } = await bench.describe()
      if (bench.touch === undefined) throw new NotTried('needs a command that places or changes an order: --touch')
      if (longPollSeconds === 0) throw new NotTried('the server offers no long poll (longPollSeconds is 0)')
      const { cursor } = await walk(bench, '/orders', { limit: 100 })
      const wait = String(longPollSeconds)
      const begun = bench.now()
      const waiting = bench.call('GET', '/orders', {
        query: { cursor, wait },
        timeoutMs: (longPollSeconds + 15) * 1000,
      })
      const [answer] = await Promise.all([waiting, bench.touch()] as const)
      expectNews(answer, bench.now() - begun, longPollSeconds)
    },
  },
]

function expectNews(answer: Answer, ms: number, longPollSeconds: number): void {
  const { entries } = expectShape(anyPage, expectStatus(answer, 200))
  expectThat(entries.length > 0, 'the waiting answer brings the order', 'an empty page')
  // Whoever lets the whole wait pass and looks then has news too, but late.
  const isAtOnce = ms < longPollSeconds * 1000 - 1000
  expectThat(isAtOnce, 'the answer comes as soon as there is news', `${Math.round(ms / 1000)} s`)
}
