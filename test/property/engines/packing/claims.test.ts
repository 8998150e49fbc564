import { expect, test } from 'vitest'
import { planPacking } from '../../../../src-main/engines/packing/index.ts'
import type { Size } from '../../../../src-main/kernel/units.ts'
import { volumeMm3 } from '../../../../src-main/kernel/units.ts'
import { carton, item, problem } from '../../../unit/engines/packing/problems.ts'
import { fitsByBruteForce } from './brute-force.ts'
import { drawFrom } from './random-orders.ts'

interface Best {
  readonly parcels: number
  readonly outerMm3: number
}

/** Every way to share the pieces out over cartons, each tried on the grid: fewest parcels, then least volume. */
function bestByBruteForce(cartons: readonly Size[], sizes: readonly Size[]): Best | undefined {
  const [first, ...others] = sizes
  if (!first) return { parcels: 0, outerMm3: 0 }
  let best: Best | undefined
  for (let chosen = 0; chosen < 2 ** others.length; chosen++) {
    const isIn = (at: number): boolean => (chosen & (1 << at)) !== 0
    const together = [first, ...others.filter((_size, at) => isIn(at))]
    const holding = cartons.filter((inner) => fitsByBruteForce(inner, together)).map(volumeMm3)
    if (holding.length === 0) continue
    const rest = bestByBruteForce(cartons, others.filter((_size, at) => !isIn(at))) // prettier-ignore
    if (!rest) continue
    const plan = { parcels: rest.parcels + 1, outerMm3: rest.outerMm3 + Math.min(...holding) }
    const isBetter =
      !best || plan.parcels < best.parcels || (plan.parcels === best.parcels && plan.outerMm3 < best.outerMm3)
    if (isBetter) best = plan
  }
  return best
}

test('what is proven of small orders is true: the bound, the number of parcels, the volume', () => {
  let proven = 0
  for (let seed = 1; seed <= 600; seed++) {
    const draw = drawFrom(seed)
    const size = (most: number): Size => [draw.int(1, most), draw.int(1, most), draw.int(1, most)]
    const inners = [size(4), size(4)]
    const sizes = Array.from({ length: draw.int(1, 4) }, () => size(3))
    const exact = bestByBruteForce(inners, sizes)
    const cartons = inners.map((inner, at) => carton(`C${at}`, inner))
    const given = problem(cartons, sizes.map((each, at) => item(`s-${at}`, each)), { minSupport: 0 }) // prettier-ignore
    const [order] = planPacking(given).orders
    if (!exact || !order) continue
    const { parcelsLowerBound, fewestParcels, best } = order.proof
    const used = cartons.flatMap((each) =>
      order.parcels.flatMap(({ carton: code }) => (each.code === code ? [each] : [])),
    )
    const outerMm3 = used.reduce((sum, each) => sum + volumeMm3(each.outerMm), 0)
    const said = { seed, bound: parcelsLowerBound <= exact.parcels, parcels: order.parcels.length >= exact.parcels }
    expect(said).toEqual({ seed, bound: true, parcels: true })
    if (fewestParcels) expect([seed, order.parcels.length]).toEqual([seed, exact.parcels])
    if (best) expect([seed, outerMm3]).toEqual([seed, exact.outerMm3])
    if (best) proven++
  }
  expect(proven).toBeGreaterThan(300)
})
