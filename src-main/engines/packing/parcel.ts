import { cm3FromMm3, volumeMm3 } from '../../kernel/units.ts'
import type { Filled } from './many-cartons/plan.ts'
import type { Kind } from './model/kind.ts'
import { billableOf } from './model/price.ts'
import { sumOver, weightOf } from './model/scene.ts'
import type { Workshop } from './one-carton/fill.ts'
import type { PackingRules } from './problem.ts'
import type { PackedParcel, Placement } from './result.ts'

/** A filled carton as the result states it, with every total. */
export function parcelOf(filled: Filled, { shop, why }: { shop: Workshop; why: PackedParcel['why'] }): PackedParcel {
  const { box, counts } = filled
  const { scene } = shop
  const netG = sumOver(scene, counts, weightOf)
  const grossG = netG + box.carton.tareG + box.carton.coolantG
  const isUnsized = scene.kinds.some((kind) => kind.shapes.length === 0 && (counts[kind.index] ?? 0) > 0)
  return {
    carton: box.carton.code,
    netG,
    grossG,
    allowableG: box.allowableG,
    piecesCm3: cm3FromMm3(filled.volumeMm3),
    allowableCm3: cm3FromMm3(box.allowableMm3),
    outerCm3: cm3FromMm3(box.outerMm3),
    billableG: billableOf(grossG, box.outerMm3, scene.rules),
    checkedBy: isUnsized ? 'volume' : 'placement',
    why,
    placements: placementsOf(filled, scene.kinds),
  }
}

/** From the bottom up, then from the back, then from the left: nothing is ever put under or held in the air. */
function placementsOf(filled: Filled, kinds: readonly Kind[]): readonly Placement[] {
  const placed = [...filled.placed]
    .sort((a, b) => a.z - b.z || a.y - b.y || a.x - b.x)
    .map(({ kind, x, y, z, dx, dy, dz }): Placement => ({ sku: kind.item.sku, atMm: [x, y, z], sizeMm: [dx, dy, dz] }))
  const unsized = kinds
    .filter((kind) => kind.shapes.length === 0)
    .flatMap((kind) =>
      Array.from({ length: filled.counts[kind.index] ?? 0 }, () => ({ sku: kind.item.sku, atMm: null, sizeMm: null })),
    )
  return [...placed, ...unsized]
}

/**
 * A piece that travels as it is, standing as its orientation rule allows. Without a carrier's limit its box bears its
 * weight; its box holds its volume.
 */
export function ownBoxParcel(kind: Kind, rules: PackingRules): PackedParcel {
  const size = kind.item.sizeMm
  // Shapes of the listed size come before folded ones.
  const standing = kind.shapes[0]
  const outerMm3 = size === null ? kind.volumeMm3 : volumeMm3(size)
  return {
    carton: null,
    netG: kind.weightG,
    grossG: kind.weightG,
    allowableG: rules.carrier?.maxGrossG ?? kind.weightG,
    piecesCm3: cm3FromMm3(kind.volumeMm3),
    allowableCm3: cm3FromMm3(Math.max(outerMm3, kind.volumeMm3)),
    outerCm3: cm3FromMm3(outerMm3),
    billableG: billableOf(kind.weightG, outerMm3, rules),
    checkedBy: size === null ? 'volume' : 'placement',
    why: { code: 'own-box', facts: {} },
    placements: [
      standing === undefined
        ? { sku: kind.item.sku, atMm: null, sizeMm: null }
        : { sku: kind.item.sku, atMm: [0, 0, 0], sizeMm: [standing.dx, standing.dy, standing.dz] },
    ],
  }
}
