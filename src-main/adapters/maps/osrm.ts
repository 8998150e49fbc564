import { z } from 'zod'
import type { MapAnswer, MapService, RoadTable, RoadWays } from '../../ports/maps.ts'
import { mapRequests, type RequestLimits } from './map-request.ts'

const usualLimits: RequestLimits = { betweenMs: 1_000, timeoutMs: 30_000, maxBytes: 20_000_000 }
/** OSRM's own limit is 100 points in a request (`--max-table-size`): 50 from and 50 to. */
const usualBlock = 50
/** More points than this would be hundreds of requests; then the crow flies. */
const mostPoints = 1_000

const rows = z.array(z.array(z.number().nonnegative().nullable()))
const table = z.object({ code: z.literal('Ok'), distances: rows, durations: rows })

type Points = readonly { readonly lat: number; readonly lon: number }[]

/**
 * Ways on the road by an OSRM server's table service, block by block; whole metres and seconds, rounded to nearest.
 * Nothing of it is kept: points are places of customers.
 */
export function osrm(
  service: () => Promise<MapService>,
  {
    block = usualBlock,
    profile = 'driving',
    ...limits
  }: Partial<RequestLimits> & { block?: number; profile?: string } = {},
): RoadTable {
  const ask = mapRequests({ ...usualLimits, ...limits })
  return {
    attribution: '© OpenStreetMap contributors',
    async ways(points) {
      const metres: (number | null)[][] = points.map(() => [])
      const seconds: (number | null)[][] = points.map(() => [])
      const now = await service()
      if (!now.isAgreed) return { ok: false, problem: 'off' }
      if (points.length > mostPoints) return { ok: false, problem: 'refused' }
      for (let from = 0; from < points.length; from += block) {
        for (let to = 0; to < points.length; to += block) {
          const sources = points.slice(from, from + block)
          const targets = points.slice(to, to + block)
          const answer = await blockOf(sources, targets, (path) => ask(now, `/table/v1/${profile}/${path}`, table))
          if (!answer.ok) return answer
          sources.forEach((_, i) => {
            metres[from + i]?.push(...(answer.value.metres[i] ?? []))
            seconds[from + i]?.push(...(answer.value.seconds[i] ?? []))
          })
        }
      }
      return { ok: true, value: { metres, seconds } }
    },
  }
}

async function blockOf(
  sources: Points,
  targets: Points,
  ask: (path: string) => Promise<MapAnswer<z.output<typeof table>>>,
): Promise<MapAnswer<RoadWays>> {
  const all = [...sources, ...targets].map(({ lat, lon }) => `${lon.toFixed(6)},${lat.toFixed(6)}`).join(';')
  const numbers = (from: number, count: number): string => Array.from({ length: count }, (_, i) => from + i).join(';')
  const query = `sources=${numbers(0, sources.length)}&destinations=${numbers(sources.length, targets.length)}`
  const answer = await ask(`${all}?${query}&annotations=distance,duration`)
  if (!answer.ok) return answer
  const { distances, durations } = answer.value
  const isWhole = [distances, durations].every(
    (found) => found.length === sources.length && found.every((row) => row.length === targets.length),
  )
  if (!isWhole) return { ok: false, problem: 'wrong-answer' }
  const rounded = (found: readonly (readonly (number | null)[])[]): (number | null)[][] =>
    found.map((row) => row.map((value) => (value === null ? null : Math.round(value))))
  return { ok: true, value: { metres: rounded(distances), seconds: rounded(durations) } }
}
