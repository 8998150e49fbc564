import { faultsOfFloor, type FloorFault } from '../domain/floor-faults.ts'
import { hasFloorBegun } from '../domain/wave.ts'
import { requireShape, stockLeft, type DrawnFloor, type RenamedLocation } from './save-floor.ts'
import type { Workshop } from './workshop.ts'

/** Pieces at a place that the drawing does not have. */
export interface StockLeft {
  readonly location: string
  readonly sku: string
  readonly name: string
  readonly onHand: number
  readonly reserved: number
  /** False for stock that lay off the floor before. */
  readonly wasDrawn: boolean
}

export interface FloorCheck {
  readonly faults: readonly FloorFault[]
  /** In order of location; at most `mostLeft` of `leftCount`. */
  readonly left: readonly StockLeft[]
  readonly leftCount: number
  /** Codes of waves that keep their tours, and of those whose tours are planned again when they next run. */
  readonly waves: { readonly keep: readonly string[]; readonly planAgain: readonly string[] }
}

const mostLeft = 200
/** Waves looked through for work under way: a shop has a handful at a time. */
const mostWaves = 100

/**
 * Everything somebody should know of a drawing before saving it. Throws ERR_INPUT_INVALID for a floor without shape.
 * Cost: linear in the floor and in the shop's stock levels.
 */
export async function checkFloor(
  { store }: Pick<Workshop, 'store'>,
  drawn: DrawnFloor & { readonly renamed: readonly RenamedLocation[] },
): Promise<FloorCheck> {
  requireShape(drawn.floor)
  const [before, waves] = await Promise.all([store.findFloor(), store.listWaves({ offset: 0, limit: mostWaves })])
  const found = await stockLeft({ store }, { before, after: drawn, renamed: drawn.renamed })
  const shown = found.toSorted((a, b) => Number(b.wasDrawn) - Number(a.wasDrawn)).slice(0, mostLeft)
  const products = await store.loadProducts([...new Set(shown.map(({ level }) => level.sku))])
  const nameBySku = new Map(products.map(({ sku, name }) => [sku, name]))
  const open = waves.rows.map(({ wave }) => wave).filter(({ stage }) => stage !== 'closed' && stage !== 'draft')
  return {
    faults: faultsOfFloor(drawn.floor, drawn.locations),
    left: shown.map(({ level: { location, sku, onHand, reserved }, wasDrawn }) => ({
      location,
      sku,
      name: nameBySku.get(sku) ?? sku,
      onHand,
      reserved,
      wasDrawn,
    })),
    leftCount: found.length,
    waves: {
      keep: open.filter(({ stage }) => hasFloorBegun(stage)).map(({ code }) => code),
      planAgain: open.filter(({ stage }) => !hasFloorBegun(stage)).map(({ code }) => code),
    },
  }
}
