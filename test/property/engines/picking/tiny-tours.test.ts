import { expect, test } from 'vitest'
import { planTour, verifyTour, type TourPlace } from '../../../../src-main/engines/picking/index.ts'
import { seededRandom } from '../../../../src-main/kernel/random.ts'

/** 100,000 by default; PICKING_CASES=1000000 for the long run. */
const cases = Number(process.env['PICKING_CASES'] ?? 100_000)

/** Least length of all orders, by trying them; ways are measured on a table of the floor's points (Floyd 1962). */
function shortest(table: readonly (readonly number[])[], visits: readonly number[], end: number): number {
  const walk = (at: number, left: readonly number[]): number => {
    if (left.length === 0) return table[at]?.[end] ?? Infinity
    return Math.min(
      ...left.map(
        (next) =>
          (table[at]?.[next] ?? Infinity) +
          walk(
            next,
            left.filter((other) => other !== next),
          ),
      ),
    )
  }
  return walk(visits[0] ?? 0, visits.slice(1))
}

/** Every whole height of every aisle is a point; its own floor, its own distances. */
function tableOf(aisleX: readonly number[], crossY: readonly number[]): readonly (readonly number[])[] {
  const height = (crossY.at(-1) ?? 0) + 1
  const count = aisleX.length * height
  const table = Array.from({ length: count }, (_, a) =>
    Array.from({ length: count }, (__, b) => (a === b ? 0 : Infinity)),
  )
  const join = (a: number, b: number, way: number): void => {
    for (const [from, to] of [[a, b], [b, a]] as const) if (table[from]) table[from][to] = way // prettier-ignore
  }
  aisleX.forEach((x, j) => {
    for (let y = 0; y + 1 < height; y++) join(j * height + y, j * height + y + 1, 1)
    const right = aisleX[j + 1]
    if (right !== undefined) for (const y of crossY) join(j * height + y, (j + 1) * height + y, right - x)
  })
  for (let via = 0; via < count; via++) {
    for (const row of table) {
      for (let to = 0; to < count; to++) row[to] = Math.min(row[to] ?? 0, (row[via] ?? 0) + (table[via]?.[to] ?? 0))
    }
  }
  return table
}

test(`${cases} tiny tours are as short as the best of all orders, and hold`, { timeout: 3_600_000 }, () => {
  const random = seededRandom(7)
  for (let done = 0; done < cases;) {
    const aisleX = Array.from({ length: 1 + random.below(4) }, (_, j) => j * (1 + random.below(3)))
    aisleX.sort((a, b) => a - b)
    const crossY = [0]
    for (let block = 0; block <= random.below(3); block++) crossY.push((crossY.at(-1) ?? 0) + 2 + random.below(3))
    const table = tableOf(aisleX, crossY)
    const height = (crossY.at(-1) ?? 0) + 1
    for (let again = 0; again < 50 && done < cases; again++, done++) {
      const place = (): [number, number] => [random.below(aisleX.length), random.below(height)]
      const start = place()
      const end: TourPlace = random.below(2) === 0 ? start : place()
      const picks = Array.from({ length: random.below(5) }, place)
      const point = ([aisle, y]: readonly [number, number]): number => aisle * height + y
      const floor = { kind: 'aisles' as const, aisleX, crossY }
      const problem = { id: '', floor, start, end, picks }
      const tour = planTour(problem)
      const best = shortest(table, [start, ...picks].map(point), point(end))
      if (tour.length !== best || !tour.optimal) expect({ problem, length: tour.length }).toEqual(best)
      const faults = verifyTour(problem, tour)
      if (faults.length > 0) expect({ problem, tour, faults }).toEqual([])
    }
  }
})
