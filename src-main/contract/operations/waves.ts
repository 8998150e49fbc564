import { z } from 'zod'
import type { SelectionInformation } from '../../domain/selection.ts'
import type { Parcel } from '../../domain/parcel.ts'
import type { PickTour } from '../../domain/tour.ts'
import { command, errand, everywhere, managers, packing, query } from '../operation.ts'
import type { DocumentView, PageView, WaveRowView, WaveView } from '../views.ts'
import { listInput } from './shop.ts'

const wave = z.string().min(1).max(100)
const waveRef = z.object({ wave })
/** Made at the station: told twice after a lost connection, it counts once. */
const confirmationId = z.uuid().optional()
/** What waited at a station: how long ago it was done by the station's clock, and by whom among the staff. */
const toldLater = {
  agoMs: z
    .int()
    .min(0)
    .max(366 * 86_400_000)
    .optional(),
  by: z.string().min(1).max(100).optional(),
}
/** A GS1 code with all its fields may be long. */
const code = z.string().min(1).max(200)

export interface PickedStopView {
  readonly tour: number
  readonly seq: number
  readonly picked: number
  readonly short: number
  readonly quantity: number
}

/** What a station works from: the issued selection information, and how far the floor has come. */
export interface PickListView {
  readonly selection: SelectionInformation
  readonly tours: readonly PickTour[]
  readonly parcels: readonly Parcel[]
  /** What stands in the parcels, as the catalogue has it now. */
  readonly products: readonly { readonly sku: string; readonly gtin?: string | undefined; readonly name: string }[]
}

/** The main job: waves, and the floor's work on them. */
export const waveOperations = {
  'waves.list': query<PageView<WaveRowView>>()(everywhere, listInput),
  'waves.get': query<WaveView>()(everywhere, waveRef),
  /** Makes a wave of everything that can be planned (or of the named orders) and plans parcels, tours and delivery. */
  'waves.plan': command<WaveView>()(
    managers,
    z.object({
      orderIds: z.array(z.string().max(100)).min(1).max(500).optional(),
      seed: z.int().min(0).max(4294967295).optional(),
    }),
  ),
  /** Plans again what has changed. */
  'waves.replan': command<WaveView>()(managers, waveRef),
  'waves.issue-documents': command<readonly DocumentView[]>()(managers, waveRef),
  /** Reads the orders again at their storefronts first: their addresses may have changed. */
  'waves.issue-labels': errand<readonly DocumentView[]>()(managers, waveRef),
  /** All six steps; only what is missing is done. */
  'waves.run': errand<{
    readonly closed: readonly { readonly carrier: string; readonly number: string; readonly parcels: number }[]
    readonly waiting: readonly string[]
  }>()(managers, waveRef),
  'waves.selection': query<SelectionInformation>()(everywhere, waveRef),

  'pick.list': query<PickListView>()(everywhere, waveRef),
  'pick.confirm': command<PickedStopView>()(
    everywhere,
    waveRef.extend({
      tour: z.int().min(1),
      seq: z.int().min(1),
      id: confirmationId,
      ...toldLater,
      code,
      quantity: z.int().min(1).max(10_000),
    }),
  ),
  'pick.short': command<{ readonly stop: PickedStopView; readonly otherLocation: string | undefined }>()(
    everywhere,
    waveRef.extend({
      tour: z.int().min(1),
      seq: z.int().min(1),
      id: confirmationId,
      ...toldLater,
      quantity: z.int().min(1).max(10_000),
    }),
  ),
  'pack.check': query<{ readonly sku: string; readonly quantity: number }>()(
    packing,
    z.object({ parcelId: z.string().max(100), code }),
  ),
  'pack.confirm': command<{ readonly parcel: string; readonly wavePacked: boolean }>()(
    packing,
    z.object({
      parcelId: z.string().max(100),
      id: confirmationId,
      scanned: z.array(code).max(1000).optional(),
      weighedG: z.int().min(0).max(10_000_000).optional(),
      acceptsWeight: z.boolean().optional(),
      wrongScans: z.int().min(0).max(100_000).optional(),
    }),
  ),
}
