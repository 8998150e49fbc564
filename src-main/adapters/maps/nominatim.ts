import { z } from 'zod'
import type { GeoPoint } from '../../domain/recipient.ts'
import type { AddressSearch, MapService } from '../../ports/maps.ts'
import { mapRequests, type RequestLimits } from './map-request.ts'

/** The public server's terms: one request a second. */
const usualLimits: RequestLimits = { betweenMs: 1_000, timeoutMs: 10_000, maxBytes: 200_000 }
/** Addresses kept in memory; a shop's customers of a season. */
const mostKept = 10_000

const degrees = z.coerce.number()
const places = z.array(
  z.object({ lat: degrees.min(-90).max(90), lon: degrees.min(-180).max(180), place_rank: z.int().optional() }),
)

/** How far off a hit may be, by Nominatim's rank of the place: 30 = a house, 26 = a street, 21 = a postcode or quarter. */
const accuracyByRank: readonly (readonly [rank: number, metres: number])[] = [
  [30, 30],
  [26, 300],
  [21, 3_000],
]
const townAccuracyM = 8_000

/**
 * Address search by a Nominatim server: structured search (street, postcode, town, country), best hit only. Equal
 * questions are asked once. `service` is read at every question, so that switching off works at once.
 */
export function nominatim(service: () => Promise<MapService>, limits: Partial<RequestLimits> = {}): AddressSearch {
  const ask = mapRequests({ ...usualLimits, ...limits })
  const kept = new Map<string, GeoPoint | undefined>()
  return {
    attribution: '© OpenStreetMap contributors',
    async search({ lines, postcode, city, country }) {
      const query = new URLSearchParams({
        format: 'jsonv2',
        limit: '1',
        street: lines[0] ?? '',
        postalcode: postcode,
        city,
        countrycodes: country.toLowerCase(),
      })
      const path = `/search?${query.toString()}`
      const now = await service()
      if (now.isAgreed && kept.has(path)) return { ok: true, value: kept.get(path) }
      const answer = await ask(now, path, places)
      if (!answer.ok) return answer
      const [hit] = answer.value
      const point: GeoPoint | undefined = hit && {
        lat: hit.lat,
        lon: hit.lon,
        accuracyM: accuracyByRank.find(([rank]) => (hit.place_rank ?? 0) >= rank)?.[1] ?? townAccuracyM,
        source: 'search',
      }
      if (kept.size >= mostKept) kept.clear()
      kept.set(path, point)
      return { ok: true, value: point }
    },
  }
}
