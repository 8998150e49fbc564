import type { PackingCarton, PackingItem, PackingOrder, PackingProblem, PackingRules } from '../problem.ts'
import type { PackedOrder, UnpackedItem } from '../result.ts'
import { mayLieAs, pieceMm3, type Piece } from './pieces.ts'
import type { Report } from './violation.ts'

/** True when the piece may travel in the carton by itself. */
function admitsAlone(carton: PackingCarton, item: PackingItem, { carrier }: PackingRules): boolean {
  const { handling, sizeMm } = item
  if (handling.temperature !== 'ambient' && !carton.insulated) return false
  if (handling.dangerousG > (carrier?.maxDangerousG ?? Infinity)) return false
  const sorted = [...carton.outerMm].sort((a, b) => b - a)
  const [longest = 0, second = 0, third = 0] = sorted
  if (longest > (carrier?.maxLengthMm ?? Infinity) || 2 * (second + third) > (carrier?.maxGirthMm ?? Infinity))
    return false
  const gross = item.weightG + carton.tareG + carton.coolantG
  if (gross > carton.maxGrossG || gross > (carrier?.maxGrossG ?? Infinity)) return false
  const [x, y, z] = carton.innerMm
  const allowable = carton.maxVolumeCm3 === undefined ? x * y * z : carton.maxVolumeCm3 * 1000
  if (pieceMm3(item) + carton.coolantMm3 > allowable) return false
  return sizeMm === null || liesInside(item, [x - carton.paddingMm, y - carton.paddingMm, z - carton.paddingMm])
}

function liesInside(item: PackingItem, room: readonly [number, number, number]): boolean {
  const sizes = [item.sizeMm ?? [0, 0, 0], ...item.handling.foldedMm]
  return sizes.some(([a, b, c]) =>
    (
      [
        [a, b, c],
        [b, a, c],
        [a, c, b],
        [c, a, b],
        [b, c, a],
        [c, b, a],
      ] as const
    ).some((lying) => mayLieAs(item, lying) && lying.every((side, axis) => side <= (room[axis] ?? 0))),
  )
}

/** Checks that every refusal's reason holds. `left`: cartons still there after the whole problem, by code. */
export function checkRefusals(
  { problem, order, left }: { problem: PackingProblem; order: PackingOrder; left: ReadonlyMap<string, number> },
  packed: PackedOrder,
  report: Report,
): void {
  for (const entry of packed.unpacked) {
    const lines = order.items.filter((item) => item.sku === entry.sku)
    const given = { problem, left, parcels: packed.parcels.length }
    // A piece that nobody ordered has no line, and is reported elsewhere.
    if (lines.length > 0 && !lines.some((item) => isReasonTrue(entry, item, given)))
      report('refusal', { sku: entry.sku, reason: entry.reason })
  }
}

function isReasonTrue(
  { reason }: UnpackedItem,
  item: PackingItem,
  { problem, left, parcels }: { problem: PackingProblem; left: ReadonlyMap<string, number>; parcels: number },
): boolean {
  const { cartons, rules } = problem
  const { ownBox, temperature } = item.handling
  const admitting = cartons.filter((carton) => admitsAlone(carton, item, rules))
  switch (reason) {
    case 'too-many-parcels':
      return parcels === rules.carrier?.maxParcels
    case 'no-carton-left':
      return !ownBox && admitting.every((carton) => (left.get(carton.code) ?? Infinity) <= 0)
    case 'contradictory-rules':
      return ownBox && temperature !== 'ambient'
    // A first plan is made whatever the budget says.
    case 'budget-spent':
      return false
    case 'no-insulated-carton':
      return !ownBox && temperature !== 'ambient' && !cartons.some((carton) => carton.insulated)
    case 'too-long':
    case 'too-heavy':
    case 'too-much-volume':
      return ownBox || admitting.length === 0
  }
}

/** Checks that sets stay together or are said to be split, on every parcel that holds a part and on no other. */
export function checkSets(packed: PackedOrder, parcels: readonly (readonly Piece[])[], report: Report): void {
  const names = new Set(parcels.flat().flatMap(({ item }) => item.handling.keepTogether ?? []))
  const split = new Set<PackedOrder['parcels'][number]>()
  for (const name of names) {
    const holding = packed.parcels.filter((_parcel, at) =>
      parcels[at]?.some(({ item }) => item.handling.keepTogether === name),
    )
    if (holding.length > 1 && !holding.every((parcel) => parcel.why.code === 'set-split'))
      report('keep-together', { set: name, parcels: holding.length })
    if (holding.length > 1) for (const parcel of holding) split.add(parcel)
  }
  for (const [at, parcel] of packed.parcels.entries())
    if (parcel.why.code === 'set-split' && !split.has(parcel)) report('keep-together', { parcel: at, split: false })
}

/** Checks that no claim is contradicted: bound and counts, and a single piece in a carton that is not the cheapest. */
export function checkProof(
  problem: PackingProblem,
  { packed, parcels }: { packed: PackedOrder; parcels: readonly (readonly Piece[])[] },
  report: Report,
): void {
  const { parcelsLowerBound, fewestParcels, best } = packed.proof
  const count = packed.parcels.length
  if (parcelsLowerBound > count) report('proof', { parcelsLowerBound, parcels: count })
  if (fewestParcels && parcelsLowerBound !== count)
    report('proof', { fewestParcels, parcelsLowerBound, parcels: count })
  if (best && problem.rules.mode === 'fewest' && !fewestParcels) report('proof', { best, fewestParcels })
  const { objective } = problem.rules
  if (!best || (objective !== 'volume' && objective !== 'cost')) return
  const priceOf = (carton: PackingCarton): number =>
    objective === 'cost' ? carton.costMinor : carton.outerMm[0] * carton.outerMm[1] * carton.outerMm[2]
  for (const [at, pieces] of parcels.entries()) {
    const used = problem.cartons.find((carton) => carton.code === packed.parcels[at]?.carton)
    const only = pieces.length === 1 ? pieces[0] : undefined
    if (!used || !only) continue
    const better = problem.cartons.find(
      (carton) =>
        carton.available === undefined &&
        priceOf(carton) < priceOf(used) &&
        admitsAlone(carton, only.item, problem.rules),
    )
    if (better) report('proof', { best, carton: used.code, better: better.code })
  }
}
