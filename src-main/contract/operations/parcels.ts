import { z } from 'zod'
import type { ParcelTotals } from '../../domain/parcel.ts'
import type { Size } from '../../kernel/units.ts'
import { everywhere, query } from '../operation.ts'
import type { PageView } from '../views.ts'

const parcelRef = z.object({ order: z.string().min(1).max(100), letter: z.string().min(1).max(4) })

/** A product of which more can be added; `count`: at least so many, 99 at most. */
export interface FittingProductView {
  readonly sku: string
  readonly name: string
  readonly sizeMm?: Size | undefined
  readonly weightG: number
  readonly count: number
}

export interface AddedView {
  /** 0 where nothing fits; then the parcel is as it is planned. */
  readonly count: number
  readonly placements: readonly { readonly sku: string; readonly atMm: Size; readonly sizeMm: Size }[]
  readonly totals: ParcelTotals
}

/** What would do for one parcel less; `axis` 0 length, 1 width, 2 height. */
export interface WouldDoView {
  /** As many as the order travels in by today's rules, stock aside. */
  readonly parcels: number
  readonly changes: readonly (
    | { readonly code: 'lighter'; readonly carton: string; readonly byG: number }
    | { readonly code: 'larger-carton'; readonly carton: string; readonly axis: 0 | 1 | 2; readonly byMm: number }
    | { readonly code: 'without-piece'; readonly sku: string }
  )[]
}

/** Questions about what is planned. Nothing is written. */
export const parcelOperations = {
  /** "What still fits in this package?", without moving what lies there. */
  'parcels.still-fits': query<PageView<FittingProductView>>()(
    everywhere,
    parcelRef.extend({
      search: z.string().max(200).optional(),
      sort: z.enum(['count', 'name', 'sku', 'weight']).optional(),
      descending: z.boolean().optional(),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
  ),
  /** "What would have to change for one package less?" */
  'orders.what-would-do': query<WouldDoView>()(everywhere, parcelRef.pick({ order: true })),
  /** The parcel with as many of one product as still fit, for its picture. */
  'parcels.with-more': query<AddedView>()(everywhere, parcelRef.extend({ sku: z.string().min(1).max(100) })),
}
