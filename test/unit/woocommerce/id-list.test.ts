import { describe, expect, test } from 'vitest'
import { idLists, listStart, movedOn } from '../../../src-main/adapters/storefronts/woocommerce/id-list.ts'
import type { WooHost, WooRequest } from '../../../src-main/adapters/storefronts/woocommerce/woo-host.ts'
import { AppError } from '../../../src-main/kernel/errors.ts'

/** A list that a test changes between the calls. */
function hostOf(ids: number[], before: (call: number, request: WooRequest) => void = () => undefined) {
  let calls = 0
  const seen: string[] = []
  const host: WooHost = {
    base: new URL('https://shop.test/'),
    found: { auth: 'basic', routes: 'pretty', clockOffsetMs: 0 },
    async call(request) {
      calls += 1
      before(calls, request)
      const { per_page: limit, offset } = request.query ?? {}
      seen.push(`${offset}+${limit}`)
      const cut = [...ids].sort((a, b) => a - b).slice(Number(offset), Number(offset) + Number(limit))
      return { status: 200, json: cut.map((id) => ({ id })), hostNow: undefined }
    },
  }
  return { host, seen }
}

const request = { path: 'wc/v3/orders', query: {} }
const oneTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

describe('a list read by ids', () => {
  test('comes whole, each page beginning with the last row of the one before', async () => {
    const { host, seen } = hostOf(oneTo(12))
    expect((await idLists(host, 5).readAll(request)).map(({ id }) => id)).toEqual(oneTo(12))
    expect(seen).toEqual(['0+5', '4+5', '8+5', '11+5'])
  })

  test('loses nothing when rows that were read vanish between two pages, however many', async () => {
    for (const vanishing of [1, 3, 5, 9]) {
      const ids = oneTo(40)
      const { host } = hostOf(ids, (call) => {
        if (call > 1 && call < 6)
          ids.splice(
            0,
            Math.min(
              vanishing,
              ids.findIndex((id) => id > 20),
            ),
          )
      })
      const read = new Set((await idLists(host, 5).readAll(request)).map(({ id }) => id))
      expect(ids.filter((id) => !read.has(id))).toEqual([])
    }
  })

  test('loses nothing when rows come in before the place where it reads', async () => {
    const ids = oneTo(20).map((id) => id * 100)
    const { host } = hostOf(ids, (call) => void ids.push(call))
    const read = new Set((await idLists(host, 5).readAll(request)).map(({ id }) => id))
    expect(oneTo(20).filter((id) => !read.has(id * 100))).toEqual([])
  })

  test('does not end at a page that is the one before once more', async () => {
    const ids = oneTo(30)
    const { host } = hostOf(ids)
    let isOnce = true
    const lying: WooHost = {
      ...host,
      call: (asked) => {
        const isThird = asked.query?.['offset'] === '18' && isOnce
        if (isThird) isOnce = false
        return host.call(isThird ? { ...asked, query: { ...asked.query, offset: '9' } } : asked)
      },
    }
    expect(await idLists(lying, 10).readAll(request)).toHaveLength(30)
  })

  test('asks for less after an answer that was too slow, and for more again when it goes well', async () => {
    const ids = oneTo(300)
    const { host, seen } = hostOf(ids, (call) => {
      if ([2, 3, 4].includes(call)) throw new AppError('ERR_STOREFRONT_UNREACHABLE', { what: 'no-answer-in-time' })
    })
    expect(await idLists(host).readAll(request)).toHaveLength(300)
    expect(seen.slice(0, 4)).toEqual(['0+100', '99+5', '103+20', '122+50'])
  })

  test('gives up where even five rows are too much', async () => {
    const { host } = hostOf([], () => {
      throw new AppError('ERR_STOREFRONT_UNREACHABLE', { what: 'no-answer-in-time' })
    })
    await expect(idLists(host).read(request, listStart)).rejects.toMatchObject({
      details: { what: 'no-answer-in-time' },
    })
  })

  test('refuses rows that are out of order, without an id, or the same place for ever', async () => {
    for (const json of [[{ id: 2 }, { id: 1 }], [{ id: 1 }, { id: 1 }], [{}], { id: 1 }]) {
      const host = { ...hostOf([]).host, call: async () => ({ status: 200, json, hostNow: undefined }) }
      await expect(idLists(host).read(request, listStart)).rejects.toMatchObject({ code: 'ERR_STOREFRONT_ANSWER' })
    }
    const { host } = hostOf([])
    const slice = { rows: [], next: { offset: 4, lastId: 5 }, isDone: false, hostNow: undefined }
    expect(() => movedOn(host, 'wc/v3/orders', { from: slice.next, slice })).toThrowError('ERR_STOREFRONT_ANSWER')
  })
})
