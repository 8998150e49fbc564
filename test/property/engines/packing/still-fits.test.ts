import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addedTo,
  fitCatalogueOf,
  planPacking,
  roomOf,
  stillFits,
  verifyPacking,
  type PackedParcel,
  type PackingItem,
  type PackingProblem,
  type PackingViolation,
  type Placement,
} from '../../../../src-main/engines/packing/index.ts'
import type { Size } from '../../../../src-main/kernel/units.ts'
import { packingProblem } from './problems.ts'

/** One parcel as an order of its own, as `verifyPacking` wants it. */
function faultsOf(
  problem: PackingProblem,
  parcel: PackedParcel,
  lines: readonly PackingItem[],
): readonly PackingViolation[] {
  const items = lines.map((line) => ({
    ...line,
    quantity: parcel.placements.filter(({ sku }) => sku === line.sku).length,
  }))
  const whole = { ...parcel, why: { code: 'smallest-carton' as const, facts: {} } }
  const proof = { parcelsLowerBound: 1, fewestParcels: true, best: false }
  const totals = { parcels: 1, outerCm3: parcel.outerCm3, billableG: parcel.billableG, unpacked: 0, ms: 0 }
  return verifyPacking(
    { ...problem, orders: [{ id: 'o', items: items.filter(({ quantity }) => quantity > 0) }] },
    { orders: [{ id: 'o', parcels: [whole], unpacked: [], proof, ms: 0 }], totals },
  )
}

interface Asked {
  readonly problem: PackingProblem
  readonly parcel: PackedParcel
  readonly items: readonly PackingItem[]
  readonly products: readonly PackingItem[]
}

/** Every parcel of a problem's plan, asked about every product of the problem under another SKU. */
function asked(problem: PackingProblem): readonly Asked[] {
  const lines = problem.orders.flatMap(({ items }) => items)
  const products = lines.map((line, at) => ({ ...line, sku: `p-${at}`, quantity: 1 }))
  return planPacking(problem).orders.flatMap(({ parcels }, at) =>
    parcels.map((parcel) => ({ problem, parcel, items: problem.orders[at]?.items ?? [], products })),
  )
}

describe('what still fits in a parcel', () => {
  test('every yes is a place that the independent check accepts, for as many as are said and more', () => {
    let yes = 0
    fc.assert(
      fc.property(packingProblem, (problem) => {
        for (const { parcel, items, products } of asked(problem)) {
          const room = roomOf(problem, { parcel, items })
          if (!room) continue
          for (const { product, count } of stillFits(room, fitCatalogueOf(products))) {
            const item = products[product]
            const added = item && addedTo(room, item)
            if (!item || !added) throw new Error('a yes without a place')
            expect(added.count).toBeGreaterThanOrEqual(Math.min(99, count))
            expect(faultsOf(problem, added.parcel, [...items, item])).toEqual([])
            yes++
          }
        }
      }),
      { seed: 11, numRuns: 90 },
    )
    expect(yes).toBeGreaterThan(300)
  })

  test('a no is confirmed by trying every millimetre, where loads have no limit', () => {
    let no = 0
    fc.assert(
      fc.property(packingProblem, (whole) => {
        const problem = withoutLoads(whole)
        for (const { parcel, items, products } of asked(problem).slice(0, 2)) {
          const room = roomOf(problem, { parcel, items })
          const fitting = new Set(room ? stillFits(room, fitCatalogueOf(products)).map(({ product }) => product) : [])
          for (const [at, item] of products.entries()) {
            if (fitting.has(at) || no > 150) continue
            expect(placeAnywhere(problem, parcel, { items, item })).toBeUndefined()
            no++
          }
        }
      }),
      { seed: 12, numRuns: 30 },
    )
    expect(no).toBeGreaterThan(100)
  })
})

/** Small cartons, and nothing that bears only so much. */
function withoutLoads(problem: PackingProblem): PackingProblem {
  const small = (size: Size): Size => [Math.min(size[0], 14), Math.min(size[1], 12), Math.min(size[2], 10)]
  return {
    ...problem,
    cartons: problem.cartons.map((carton) => ({ ...carton, innerMm: small(carton.innerMm), paddingMm: 0 })),
    orders: problem.orders.map((order) => ({
      ...order,
      items: order.items.map((item) => ({
        ...item,
        sizeMm: item.sizeMm && ([...item.sizeMm].map((side) => 1 + (side % 9)) as unknown as Size), // three sides stay three
        handling: { ...item.handling, fragile: false, maxLoadG: undefined, foldedMm: [] },
      })),
    })),
  }
}

/** A place for one more piece at any millimetre, lying in any way, or undefined. Written to be plain, not fast. */
function placeAnywhere(
  problem: PackingProblem,
  parcel: PackedParcel,
  { items, item }: { readonly items: readonly PackingItem[]; readonly item: PackingItem },
): PackedParcel | undefined {
  const carton = problem.cartons.find(({ code }) => code === parcel.carton)
  if (!carton || item.sizeMm === null) return undefined
  const [a, b, c] = item.sizeMm
  const [width, depth, height] = carton.innerMm
  const tops = new Set([
    0,
    ...parcel.placements.flatMap(({ atMm, sizeMm }) => (atMm && sizeMm ? atMm[2] + sizeMm[2] : [])),
  ])
  for (const [dx, dy, dz] of new Set([
    [a, b, c] as const,
    [b, a, c] as const,
    [a, c, b] as const,
    [c, a, b] as const,
    [b, c, a] as const,
    [c, b, a] as const,
  ]))
    for (const z of problem.rules.minSupport > 0 ? tops : Array.from({ length: height }, (_, at) => at))
      for (let x = 0; x + dx <= width; x++)
        for (let y = 0; y + dy <= depth; y++) {
          if (z + dz > height || meetsAny(parcel, [x, y, z], [dx, dy, dz])) continue
          const more = withPiece(parcel, { sku: item.sku, atMm: [x, y, z], sizeMm: [dx, dy, dz] })
          if (faultsOf(problem, more, [...items, item]).every(({ rule }) => rule === 'totals')) return more
        }
  return undefined
}

function meetsAny({ placements }: PackedParcel, at: Size, size: Size): boolean {
  return placements.some(({ atMm, sizeMm }) => {
    if (!atMm || !sizeMm) return false
    return ([0, 1, 2] as const).every(
      (axis) => at[axis] < atMm[axis] + sizeMm[axis] && atMm[axis] < at[axis] + size[axis],
    )
  })
}

/** With its totals as they were: the check says which total is stale, and says it as `totals`. */
function withPiece(parcel: PackedParcel, piece: Placement): PackedParcel {
  const heightOf = ({ atMm }: Placement): number => atMm?.[2] ?? Infinity
  return { ...parcel, placements: [...parcel.placements, piece].sort((a, b) => heightOf(a) - heightOf(b) || 0) }
}
