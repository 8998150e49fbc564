import type { DeliverProblem, DeliverResult, DeliveryRoute, Fault, Position, Vehicle } from './types.ts'

type Say = (code: string, facts: Fault['facts']) => void

/**
 * Checks a plan against its problem without anything the planner uses: own distances, own clock, own sums. Returns
 * every fault found; empty = each stop is served once or said to be unserved, no vehicle is used too often or loaded
 * above its capacity on any trip, every window, pin and order of stops is kept by a vehicle that leaves when the depot
 * opens, and every stated distance, arrival and price is what it should be. Cost O(stops).
 */
export function verifyRoutes(problem: DeliverProblem, result: DeliverResult): readonly Fault[] {
  const faults: Fault[] = []
  const say: Say = (code, facts) => void faults.push({ code, facts })
  if (result.id !== problem.id) say('wrong-id', { id: result.id })
  const times = new Map(problem.stops.map(({ id }) => [id, 0]))
  for (const id of [...result.routes.flatMap(({ stops }) => stops), ...result.unserved.map((stop) => stop.id)]) {
    const known = times.get(id)
    if (known === undefined) say('no-such-stop', { stop: id })
    else times.set(id, known + 1)
  }
  for (const [stop, count] of times) if (count !== 1) say('stop-not-once', { stop, times: count })
  for (const { id, count } of problem.vehicles) {
    const used = result.routes.filter(({ vehicle }) => vehicle === id).length
    if (used > (count ?? 1)) say('too-many-vehicles', { vehicle: id, used, count: count ?? 1 })
  }
  result.routes.forEach((route, i) => checkRoute(problem, route, (code, facts) => say(code, { ...facts, route: i })))
  const sum = result.routes.reduce((total, { distance }) => total + distance, 0)
  if (isOff(sum, result.distance)) say('wrong-distance', { stated: result.distance, summed: sum })
  if (result.lowerBound > result.distance + slack(result.distance)) {
    say('bound-above-distance', { lowerBound: result.lowerBound, distance: result.distance })
  }
  if (result.optimal && isOff(result.lowerBound, result.distance)) {
    say('optimal-without-proof', { lowerBound: result.lowerBound, distance: result.distance })
  }
  return faults
}

const slack = (value: number): number => 1e-6 * Math.max(1, Math.abs(value))
const isOff = (a: number, b: number): boolean => !(Math.abs(a - b) <= slack(a))

function checkRoute(problem: DeliverProblem, route: DeliveryRoute, say: Say): void {
  const vehicle = problem.vehicles.find(({ id }) => id === route.vehicle)
  if (!vehicle) return say('no-such-vehicle', { vehicle: route.vehicle })
  const numbers = route.stops.map((id) => problem.stops.findIndex((stop) => stop.id === id))
  if (numbers.includes(-1)) return
  if (numbers.length === 0) say('empty-route', {})
  const trips = tripsOf(numbers, route.reloadsAfter ?? [])
  if (!trips) return say('wrong-reloads', { count: route.reloadsAfter?.length ?? 0 })
  if (trips.length > (vehicle.trips ?? 1)) say('too-many-trips', { trips: trips.length, limit: vehicle.trips ?? 1 })
  for (const trip of trips) checkLoad(problem, { vehicle, numbers: trip }, say)
  checkOrder(problem, numbers, say)
  const returns = vehicle.returns ?? true
  const rows = [...trips.flatMap((trip) => [0, ...trip.map((number) => number + 1)]), ...(returns ? [0] : [])]
  const distance = rows.slice(1).reduce((sum, row, i) => sum + lengthOf(problem, rows[i] ?? 0, row), 0)
  if (isOff(distance, route.distance)) say('wrong-route-distance', { stated: route.distance, driven: distance })
  if (route.arrivals.length !== numbers.length + (returns ? 1 : 0)) {
    return say('wrong-arrivals', { count: route.arrivals.length })
  }
  const price = checkTimes(problem, { rows, arrivals: route.arrivals, reloadS: vehicle.reloadS ?? 0 }, say)
  if (isOff(price, route.price ?? 0)) say('wrong-price', { stated: route.price ?? 0, reckoned: price })
}

/** The stops of each trip; undefined when the reloads are no rising places with a stop behind each. */
function tripsOf(numbers: readonly number[], reloadsAfter: readonly number[]): number[][] | undefined {
  const ends = [...reloadsAfter, numbers.length - 1]
  const starts = [0, ...reloadsAfter.map((place) => place + 1)]
  const isRising = ends.every((end, i) => Number.isInteger(end) && end >= (starts[i] ?? 0))
  return isRising ? ends.map((end, i) => numbers.slice(starts[i], end + 1)) : undefined
}

/** Pins, and the lists that say in which order stops come. */
function checkOrder(problem: DeliverProblem, numbers: readonly number[], say: Say): void {
  const stops = numbers.map((number) => problem.stops[number])
  const place = new Map(stops.map((stop, i) => [stop?.id, i]))
  const firsts = stops.filter((stop) => stop?.pinned === 'first').length
  const lasts = stops.filter((stop) => stop?.pinned === 'last').length
  stops.forEach((stop, i) => {
    const isBroken = (stop?.pinned === 'first' && i >= firsts) || (stop?.pinned === 'last' && i < stops.length - lasts)
    if (isBroken) say('pin-broken', { stop: stop?.id ?? '', at: i })
  })
  for (const list of problem.sequences ?? []) {
    const places = list.flatMap((id) => place.get(id) ?? [])
    const at = places.findIndex((here, i) => i > 0 && here < (places[i - 1] ?? 0))
    if (at !== -1) say('sequence-broken', { stop: stops[places[at] ?? 0]?.id ?? '', at: places[at] ?? 0 })
  }
}

function checkLoad(
  problem: DeliverProblem,
  { vehicle, numbers }: { readonly vehicle: Vehicle; readonly numbers: readonly number[] },
  say: Say,
): void {
  vehicle.capacity?.forEach((limit, k) => {
    const load = numbers.reduce((sum, number) => sum + (problem.stops[number]?.demand?.[k] ?? 0), 0)
    if (load > limit) say('over-capacity', { dimension: k, load, limit })
  })
}

/** Reckons the day again; returns what its soft windows cost. */
function checkTimes(
  problem: DeliverProblem,
  day: { readonly rows: readonly number[]; readonly arrivals: readonly number[]; readonly reloadS: number },
  say: Say,
): number {
  const { rows, arrivals, reloadS } = day
  let ready = problem.depot.window?.[0] ?? 0
  let price = 0
  let told = 0
  rows.slice(1).forEach((row, i) => {
    const stop = row === 0 ? undefined : problem.stops[row - 1]
    const window = row === 0 ? problem.depot.window : stop?.window
    const arrival = ready + secondsBetween(problem, rows[i] ?? 0, row)
    const start = stop ? Math.max(arrival, window?.[0] ?? 0) : arrival
    const isReload = row === 0 && i < rows.length - 2
    if (!isReload) {
      const stated = arrivals[told++]
      if (isOff(start, stated ?? NaN)) say('wrong-arrival', { at: i, stated: stated ?? -1, reckoned: start })
    }
    const closes = window?.[1] ?? Infinity
    if (start > closes + slack(closes)) say('window-missed', { at: i, start, closes })
    if (stop?.softWindow) {
      const [from, to] = stop.softWindow
      price += (stop.pricePerS ?? 1) * (start < from ? from - start : start > to ? start - to : 0)
    }
    ready = start + (stop ? (stop.serviceS ?? 0) : isReload ? reloadS : 0)
  })
  return price
}

function lengthOf(problem: DeliverProblem, from: number, to: number): number {
  if (problem.metric === 'matrix') return problem.matrix?.[from]?.[to] ?? Infinity
  const a = positionOf(problem, from)
  const b = positionOf(problem, to)
  if (!a || !b) return Infinity
  if (problem.metric === 'haversine') return Math.round(metresOnSphere(a, b))
  const line = Math.hypot(a[0] - b[0], a[1] - b[1])
  if (problem.metric === 'euclidean') return line
  if (problem.metric === 'euclidean-rounded') return Math.round(line)
  // A hair is added before cutting, because tenths are seldom exact in binary.
  return Math.floor(line * 10 + 1e-9) / 10
}

const positionOf = (problem: DeliverProblem, row: number): Position | null | undefined =>
  row === 0 ? problem.depot.at : problem.stops[row - 1]?.at

/** By the angle between the two directions from the earth's centre. */
function metresOnSphere(a: Position, b: Position): number {
  const direction = ([lat, lon]: Position): readonly [number, number, number] => {
    const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180]
    return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)]
  }
  const [u, v] = [direction(a), direction(b)]
  const cross = Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])
  return 6_371_008.8 * Math.atan2(cross, u[0] * v[0] + u[1] * v[1] + u[2] * v[2])
}

function secondsBetween(problem: DeliverProblem, from: number, to: number): number {
  if (problem.times) return problem.times[from]?.[to] ?? Infinity
  const length = lengthOf(problem, from, to)
  const speed = problem.speedKmh ?? (problem.metric === 'haversine' ? 30 : undefined)
  if (speed === undefined) return length
  const seconds = (length * 3.6) / speed
  if (problem.metric === 'euclidean') return seconds
  const grain = problem.metric === 'euclidean-1' ? 10 : 1
  return Math.ceil(seconds * grain - 1e-6) / grain
}
