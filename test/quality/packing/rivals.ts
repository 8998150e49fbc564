import { pack3D, type Bin3D, type Item3D, type PackedBin3D } from 'binpackingjs/3d'
import type { PackProblem } from '../../../src-main/contract/formats/pack.ts'
import { volumeMm3 } from '../../../src-main/kernel/units.ts'

/** What another packer makes of an order. */
export interface RivalPlan {
  readonly parcels: number
  readonly outerMm3: number
  readonly unpacked: number
}

interface Carton extends Bin3D {
  readonly outerMm3: number
  readonly innerMm3: number
}

/**
 * An order packed by the npm packer binpackingjs: the smallest carton that takes everything, and where none does, the
 * carton that takes the most volume, then the rest in the same way. It knows weight and six rotations; no support.
 */
export function packedByBinpackingjs(
  { cartons }: Pick<PackProblem, 'cartons'>,
  order: PackProblem['orders'][number],
): RivalPlan {
  const bins = cartons
    .map(({ code, innerMm, outerMm, maxGrossG, tareG }): Carton => {
      const [width, height, depth] = innerMm
      const size = { width, height, depth, innerMm3: volumeMm3(innerMm), outerMm3: volumeMm3(outerMm) }
      return { name: code, ...size, maxWeight: maxGrossG - tareG }
    })
    .sort((a, b) => a.outerMm3 - b.outerMm3)
  let left: readonly Item3D[] = order.items.flatMap(({ sku, sizeMm, quantity, weightG }) => {
    const [width, height, depth] = sizeMm ?? [1, 1, 1]
    return Array.from({ length: quantity }, (): Item3D => ({ name: sku, width, height, depth, weight: weightG }))
  })
  const plan = { parcels: 0, outerMm3: 0 }
  while (left.length > 0) {
    const best = bestBin(bins, left)
    if (best === undefined) break
    plan.parcels++
    plan.outerMm3 += best.bin.outerMm3
    left = best.left
  }
  return { ...plan, unpacked: left.length }
}

function bestBin(
  bins: readonly Carton[],
  items: readonly Item3D[],
): { readonly bin: Carton; readonly left: readonly Item3D[] } | undefined {
  let best: { readonly bin: Carton; readonly left: readonly Item3D[]; readonly mm3: number } | undefined
  for (const bin of bins) {
    const { packedBins, unfitItems } = pack3D({ bins: [bin], items })
    if (unfitItems.length === 0) return { bin, left: [] }
    const mm3 = packedBins.reduce((sum, packed) => sum + volumeIn(packed), 0)
    if (mm3 > (best?.mm3 ?? 0)) best = { bin, left: unfitItems, mm3 }
  }
  return best
}

const volumeIn = ({ items }: PackedBin3D): number =>
  items.reduce((sum, { width, height, depth }) => sum + width * height * depth, 0)
