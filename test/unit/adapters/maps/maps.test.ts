import { afterEach, describe, expect, test } from 'vitest'
import { mapRequests } from '../../../../src-main/adapters/maps/map-request.ts'
import { nominatim } from '../../../../src-main/adapters/maps/nominatim.ts'
import { osrm } from '../../../../src-main/adapters/maps/osrm.ts'
import { readVroom, vroomInput } from '../../../../src-main/adapters/maps/vroom.ts'
import type { DeliverProblem } from '../../../../src-main/ports/planners.ts'
import { z } from 'zod'
import { fakeServer, type FakeServer } from './fake-server.ts'

let server: FakeServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

const quick = { betweenMs: 0, timeoutMs: 2_000 }
const address = { name: 'Ada Example', phone: '030 1', lines: ['Main St 1', '2nd floor'], postcode: '10115', city: 'Berlin', country: 'DE' } // prettier-ignore

describe('Nominatim', () => {
  const hits = () => [{ place_id: 1, lat: '52.5323', lon: '13.3846', place_rank: 30, display_name: 'x' }]
  const search = (isAgreed = true) => nominatim(async () => ({ url: server?.url ?? '', isAgreed }), quick)

  test('is asked for an address without a name and answers a point with its accuracy', async () => {
    server = await fakeServer(hits)
    const found = await search().search(address)
    expect(found).toEqual({ ok: true, value: { lat: 52.5323, lon: 13.3846, accuracyM: 30, source: 'search' } })
    expect(server.asked).toHaveLength(1)
    expect(decodeURIComponent(server.asked[0] ?? '')).not.toMatch(/Ada|030/)
    expect(Object.fromEntries(new URL(server.asked[0] ?? '', server.url).searchParams)).toEqual({
      format: 'jsonv2',
      limit: '1',
      street: 'Main St 1',
      postalcode: '10115',
      city: 'Berlin',
      countrycodes: 'de', // prettier-ignore
    })
    expect(server.agents[0]).toMatch(/^Backroom/)
    expect(search().attribution).toContain('OpenStreetMap')
  })

  test('is not asked at all without agreement', async () => {
    server = await fakeServer(hits)
    expect(await search(false).search(address)).toEqual({ ok: false, problem: 'off' })
    expect(server.asked).toEqual([])
  })

  test('is asked once for the same address, also when it knows none', async () => {
    server = await fakeServer(() => [])
    const found = search()
    expect(await found.search(address)).toEqual({ ok: true, value: undefined })
    expect(await found.search(address)).toEqual({ ok: true, value: undefined })
    expect(server.asked).toHaveLength(1)
  })

  test.each<[string, () => unknown, string]>([
    ['too many requests', () => { throw 429 }, 'busy'], // prettier-ignore
    ['a broken server', () => { throw 502 }, 'busy'], // prettier-ignore
    ['a refusal', () => { throw 403 }, 'refused'], // prettier-ignore
    ['another format', () => ({ error: 'x' }), 'wrong-answer'],
    ['no JSON', () => '<html>', 'wrong-answer'],
    ['a latitude that does not exist', () => [{ lat: '91', lon: '0' }], 'wrong-answer'],
    ['far too much', () => [{ lat: '1', lon: '0', display_name: 'x'.repeat(300_000) }], 'wrong-answer'],
  ])('answers the problem for %s', async (_, answer, problem) => {
    server = await fakeServer(answer)
    expect(await search().search(address)).toEqual({ ok: false, problem })
  })

  test('is a problem, not an exception, when nobody is there', async () => {
    const away = nominatim(async () => ({ url: 'http://127.0.0.1:9', isAgreed: true }), quick)
    expect(await away.search(address)).toEqual({ ok: false, problem: 'unreachable' })
  })
})

describe('Requests to a map service', () => {
  test('come one by one and never faster than the service wants', async () => {
    server = await fakeServer(() => 1)
    const waited: number[] = []
    let nowMs = 0
    const ask = mapRequests(
      { ...quick, betweenMs: 1_000, maxBytes: 100 },
      { nowMs: () => nowMs, wait: async (ms) => void (waited.push(ms), (nowMs += ms)) },
    )
    const service = { url: server.url, isAgreed: true }
    await Promise.all([1, 2, 3].map((i) => ask(service, `/${i}`, z.number())))
    expect(waited).toEqual([1_000, 1_000])
    expect(server.asked).toEqual(['/1', '/2', '/3'])
  })

  test.each(['http://example.org', 'ftp://127.0.0.1', 'https://user:secret@example.org', 'nonsense'])(
    'never go to %s',
    async (url) => {
      const ask = mapRequests({ ...quick, maxBytes: 100 })
      expect(await ask({ url, isAgreed: true }, '/', z.number())).toEqual({ ok: false, problem: 'refused' })
    },
  )
})

describe('OSRM', () => {
  const points = Array.from({ length: 5 }, (_, i) => ({ lat: 52 + i / 10, lon: 13 + i / 10 }))
  /** The table service: metres = 1000 * |from - to| by latitude, a way less for the last pair. */
  const tables = (url: URL): unknown => {
    const all = (url.pathname.split('/').at(-1) ?? '').split(';').map((pair) => Number(pair.split(',')[1]))
    const some = (name: string): number[] =>
      (url.searchParams.get(name) ?? '').split(';').map((i) => all[Number(i)] ?? NaN)
    const way = (a: number, b: number): number | null => (a > 52.35 && b < 52.05 ? null : Math.abs(a - b) * 10_000.04)
    const distances = some('sources').map((a) => some('destinations').map((b) => way(a, b)))
    return { code: 'Ok', distances, durations: distances.map((row) => row.map((metres) => metres && metres / 10)) }
  }
  const table = (isAgreed = true) => osrm(async () => ({ url: server?.url ?? '', isAgreed }), { ...quick, block: 2 })

  test('answers ways on the road in blocks, whole, with those that do not exist', async () => {
    server = await fakeServer(tables)
    const found = await table().ways(points)
    expect(server.asked).toHaveLength(9)
    if (!found.ok) throw new Error(found.problem)
    expect(found.value.metres[0]).toEqual([0, 1000, 2000, 3000, 4000])
    expect(found.value.metres[4]).toEqual([null, 3000, 2000, 1000, 0])
    expect(found.value.seconds[1]).toEqual([100, 0, 100, 200, 300])
  })

  test('is not asked without agreement, nor for more points than is decent', async () => {
    server = await fakeServer(tables)
    expect(await table(false).ways(points)).toEqual({ ok: false, problem: 'off' })
    const many = Array.from({ length: 1_001 }, () => ({ lat: 0, lon: 0 }))
    expect(await table().ways(many)).toEqual({ ok: false, problem: 'refused' })
    expect(server.asked).toEqual([])
  })

  test('is not believed when its table has another size', async () => {
    server = await fakeServer(() => ({ code: 'Ok', distances: [[0]], durations: [[0]] }))
    expect(await table().ways(points)).toEqual({ ok: false, problem: 'wrong-answer' })
  })
})

describe('VROOM', () => {
  const problem: DeliverProblem = {
    id: 'd',
    metric: 'haversine',
    depot: { at: [52.5, 13.4], window: [0, 9000] },
    vehicles: [{ id: 'van', count: 2, capacity: [9], returns: false }],
    stops: [
      { id: 'a', at: [52.6, 13.5], demand: [3], serviceS: 60, window: [10, 20], priority: 7 },
      { id: 'b', at: null },
      { id: 'c', at: [52.7, 13.6] },
    ],
  }

  test('gets a problem in its own format, longitude first', () => {
    expect(vroomInput(problem)).toEqual({
      vehicles: [1, 2].map((id) => ({
        id,
        description: 'van',
        start: [13.4, 52.5],
        capacity: [9],
        time_window: [0, 9000],
      })),
      jobs: [
        {
          id: 1,
          description: 'a',
          location: [13.5, 52.6],
          service: 60,
          delivery: [3],
          priority: 7,
          time_windows: [[10, 20]],
        },
        { id: 3, description: 'c', location: [13.6, 52.7] },
      ],
    })
  })

  test('gets a table by its numbers', () => {
    const matrix = [[0, 5], [null, 0]] // prettier-ignore
    expect(vroomInput({ ...problem, metric: 'matrix', matrix, stops: [{ id: 'a' }] })).toMatchObject({
      vehicles: [{ start_index: 0 }],
      jobs: [{ id: 1, location_index: 1 }],
      matrices: { car: { durations: [[0, 5], [4_000_000_000, 0]] } }, // prettier-ignore
    })
  })

  test('is told nothing where it could not be told all', () => {
    expect(vroomInput({ ...problem, metric: 'euclidean' })).toEqual({ refused: 'metric' })
    expect(vroomInput({ ...problem, sequences: [['a', 'c']] })).toEqual({ refused: 'wish' })
  })

  test('answers with numbers that are read back as ids', () => {
    const steps = [{ type: 'start' }, { type: 'job', id: 3 }, { type: 'job', id: 1 }, { type: 'end' }]
    expect(readVroom(problem, { code: 0, routes: [{ vehicle: 2, steps }], unassigned: [] })).toEqual({
      routes: [{ vehicle: 'van', stops: ['c', 'a'] }],
      unserved: [],
    })
    expect(readVroom(problem, { code: 2, error: 'x' })).toBeUndefined()
  })
})
