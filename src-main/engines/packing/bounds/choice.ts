import type { Box } from '../model/box.ts'
import type { Kind } from '../model/kind.ts'
import type { Counts, Scene } from '../model/scene.ts'
import { rowPrices, type PackingLp } from './packing-lp.ts'
import { mixes, scaled, type Shares } from './scales.ts'

/** Slack of a sum of shares in floating point, far above its rounding, far below one piece. */
const valueSlack = 1e-6
/** Cells of tableaux that may be gone over for one set of pieces: some 20 ms. */
const mostCells = 20_000_000
/** More kinds than this are not judged. */
const mostKinds = 120
/** Weights are rounded by scales up to this one. */
const largestWeightScale = 12

/** How many of each carton, by its place in the scene's list. */
export type Choice = readonly number[]

/** What a carton's contents obey: shares by kind that never sum up to more than 1. */
interface Limits {
  readonly rows: readonly Float64Array[]
  readonly enters: readonly boolean[]
}

export interface ChoiceBound {
  /** True only with a proof that these cartons together cannot hold the pieces. Cost: a linear programme. */
  isTooLittle(choice: Choice): boolean
}

/**
 * Judges choices of cartons by a linear programme: pieces are spread over the cartons in fractions, and what
 * one carton gets obeys all its inequalities at once: weight and its dual feasible functions, allowable
 * volume, dangerous goods, the rounded volumes. Where even that does not take every piece in, no packing
 * does. The conclusion is drawn from the programme's prices by weak duality.
 */
export function choiceBound(scene: Scene, counts: Counts, sharesIn: (box: Box) => Shares): ChoiceBound {
  const kinds = scene.kinds.filter((kind) => (counts[kind.index] ?? 0) > 0)
  const supply = kinds.map((kind) => counts[kind.index] ?? 0)
  const limits: (Limits | undefined)[] = []
  const known = new Map<string, boolean>()
  const meter = { cells: mostCells }
  const limitsIn = (box: Box, at: number): Limits =>
    (limits[at] ??= limitsOf(scene, { box, kinds, shares: sharesIn(box) }))
  return {
    isTooLittle(choice) {
      if (kinds.length > mostKinds) return false
      const key = choice.join()
      const answer =
        known.get(key) ??
        isRefuted(
          scene.boxes.flatMap((box, at) => {
            const count = choice[at] ?? 0
            return count > 0 ? [{ ...limitsIn(box, at), count }] : []
          }),
          supply,
          meter,
        )
      known.set(key, answer)
      return answer
    },
  }
}

function limitsOf(
  scene: Scene,
  { box, kinds, shares }: { readonly box: Box; readonly kinds: readonly Kind[]; readonly shares: Shares },
): Limits {
  const enters = kinds.map(
    ({ index, weightG, volumeMm3 }) =>
      (shares.volume[index] ?? 0) < Infinity && weightG <= box.netG && volumeMm3 <= box.netMm3,
  )
  const rowOf = (shareOf: (kind: Kind) => number): Float64Array =>
    Float64Array.from(kinds, (kind, at) => (enters[at] === true ? shareOf(kind) : 0))
  const partOf = (value: number, whole: number, scale: number): number =>
    value === 0 ? 0 : scaled(value, whole, scale)
  const weightScales = new Set([0, ...kinds.map(({ weightG }) => Math.floor(box.netG / weightG))])
  const rows = [
    ...mixes.map((_mix, at) => rowOf(({ index }) => shares.ofKind(index)[at] ?? 0)),
    ...[...weightScales]
      .filter((scale) => scale <= largestWeightScale)
      .map((scale) => rowOf(({ weightG }) => partOf(weightG, box.netG, scale))),
    rowOf(({ volumeMm3 }) => partOf(volumeMm3, box.netMm3, 0)),
    ...(scene.maxDangerousG < Infinity ? [rowOf(({ dangerousG }) => partOf(dangerousG, scene.maxDangerousG, 0))] : []),
  ]
  return { rows: undominated(rows), enters }
}

/** Without the rows that ask no more of any kind than another row does; of equal rows the first stays. */
function undominated(rows: readonly Float64Array[]): readonly Float64Array[] {
  const isBelow = (a: Float64Array, b: Float64Array): boolean => a.every((share, at) => share <= (b[at] ?? 0))
  return rows.filter(
    (row, at) =>
      !rows.some((other, index) => index !== at && isBelow(row, other) && (index < at || !isBelow(other, row))),
  )
}

/** A carton's limits, and how many of it are chosen. */
interface Chosen extends Limits {
  readonly count: number
}

function isRefuted(used: readonly Chosen[], supply: readonly number[], meter: { cells: number }): boolean {
  if (supply.some((_count, kind) => !used.some(({ enters }) => enters[kind] === true))) return true
  const columns = used.flatMap(({ enters }, carton) =>
    enters.flatMap((canEnter, kind) => (canEnter ? [{ carton, kind }] : [])),
  )
  const rows = used.flatMap(({ rows: given, count }, carton) => given.map((shares) => ({ carton, shares, count })))
  const lp: PackingLp = {
    value: new Float64Array(columns.length).fill(1),
    itemOf: Int32Array.from(columns, ({ kind }) => kind),
    supply: Float64Array.from(supply),
    use: rows.map((row) =>
      Float64Array.from(columns, ({ carton, kind }) => (carton === row.carton ? (row.shares[kind] ?? 0) : 0)),
    ),
    capacity: Float64Array.from(rows, ({ count }) => count),
  }
  const prices = rowPrices(lp, meter)
  return prices !== undefined && mostValue(lp, prices) < sum(supply) - valueSlack
}

/** No packing is worth more than this, whatever the prices: each piece at most 1 less what its cheapest carton asks for it. */
function mostValue({ itemOf, supply, use, capacity }: PackingLp, prices: Float64Array): number {
  const cheapest = new Float64Array(supply.length).fill(Infinity)
  for (const [column, item] of itemOf.entries()) {
    let asked = 0
    for (const [row, shares] of use.entries()) asked += (prices[row] ?? 0) * (shares[column] ?? 0)
    cheapest[item] = Math.min(cheapest[item] ?? 0, asked)
  }
  let most = 0
  for (const [item, count] of supply.entries()) most += count * Math.max(0, 1 - (cheapest[item] ?? 0))
  for (const [row, room] of capacity.entries()) most += (prices[row] ?? 0) * room
  return most
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0)
