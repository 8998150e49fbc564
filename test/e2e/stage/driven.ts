/** One stop of a van as the opened manifest states it. */
export interface DrivenStop {
  readonly at: readonly [lat: number, lon: number]
  readonly window?: { readonly from: number; readonly to: number } | undefined
}

export interface Van {
  readonly depot: readonly [lat: number, lon: number]
  /** When it leaves, epoch milliseconds. */
  readonly leavesAt: number
  /** As the crow flies, detours reckoned in. */
  readonly metresPerSecond: number
  readonly serviceS: number
}

const earthM = 6_371_008.8
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle distance, metres. */
export function crowM(a: readonly [number, number], b: readonly [number, number]): number {
  const [latA, lonA, latB, lonB] = [...a, ...b].map(radians) as [number, number, number, number] // four in, four out
  const h = Math.sin((latB - latA) / 2) ** 2 + Math.cos(latA) * Math.cos(latB) * Math.sin((lonB - lonA) / 2) ** 2
  return 2 * earthM * Math.asin(Math.sqrt(h))
}

/** Metres of the round trip; undefined when a window that is still open when the van leaves is missed on the way. */
export function tripM(van: Van, stops: readonly DrivenStop[]): number | undefined {
  let [here, now, metres] = [van.depot, van.leavesAt, 0]
  for (const { at, window } of stops) {
    const leg = crowM(here, at)
    metres += leg
    const arrival = now + (leg / van.metresPerSecond) * 1000
    const start = Math.max(arrival, window?.from ?? 0)
    if (window && window.to > van.leavesAt && start > window.to) return undefined
    now = start + van.serviceS * 1000
    here = at
  }
  return metres + crowM(here, van.depot)
}

/** The shortest round trip of all that keep every window, by trying each order: for few stops only. */
export function shortestTripM(van: Van, stops: readonly DrivenStop[], before: readonly DrivenStop[] = []): number {
  if (stops.length === 0) return tripM(van, before) ?? Number.POSITIVE_INFINITY
  return Math.min(
    ...stops.map((stop, index) =>
      shortestTripM(
        van,
        stops.filter((_, other) => other !== index),
        [...before, stop],
      ),
    ),
  )
}
