import { z } from 'zod'
import type { Service } from '../../domain/order.ts'
import type { Parcel } from '../../domain/parcel.ts'
import type { OrderProof, UnplannedOrder } from '../../domain/wave.ts'
import { managers, query } from '../operation.ts'

const orderIds = z.array(z.string().max(100)).max(500)

/** An order that a wave could take. */
export interface PlannableOrderView {
  readonly id: string
  readonly code: string
  readonly placedAt: number
  readonly service: Service
  readonly country: string
  readonly pieces: number
  /** End of the delivery window that was promised. */
  readonly dueAt: number | undefined
  /** What people call the products. */
  readonly names: readonly { readonly sku: string; readonly name: string }[]
}

export interface WavePreviewView {
  readonly orders: readonly {
    readonly orderId: string
    readonly orderCode: string
    /** Cartons by code in order of the parcels' letters, `''` for a product's own box. */
    readonly cartons: readonly string[]
    readonly proof: OrderProof | undefined
    readonly parcels?: readonly Parcel[] | undefined
  }[]
  readonly unplanned: readonly UnplannedOrder[]
  readonly totals: {
    readonly orders: number
    readonly pieces: number
    readonly parcels: number
    readonly cartons: readonly { readonly code: string; readonly count: number }[]
    readonly grossG: number
    readonly tours: number
    readonly stops: number
    readonly lengthMm: number
    readonly binOrderMm: number
    readonly minutes: number
    /** Planning finds walks that are as short or shorter. */
    readonly isWalkEstimated: boolean
    readonly cartonMinor: number
    readonly postageMinor: number
    readonly unpriced: number
  }
}

export interface CartonVerdictView {
  readonly code: string
  readonly name: string
  readonly innerMm: readonly [number, number, number]
  readonly free: number
  readonly fits: boolean
  readonly grossG: number | undefined
  readonly billableG: number | undefined
  readonly outerCm3: number | undefined
  readonly cartonMinor: number
  readonly postageMinor: number | undefined
  readonly fill: number | undefined
  readonly reason: { readonly code: string; readonly facts: { readonly [name: string]: string | number } } | undefined
}

/** Looking at a plan before it is one: nothing here writes. */
export const planWaveOperations = {
  /**
   * Oldest first, at most as many as a wave holds; `waiting` counts all of them, `onHold` those that cannot yet, of which
   * `held` tells the newest 50 with what keeps them.
   */
  'waves.plannable': query<{
    readonly orders: readonly PlannableOrderView[]
    readonly waiting: number
    readonly onHold: number
    readonly held: readonly UnplannedOrder[]
  }>()(managers, z.object({})),
  /** The plan of a wave of these orders; parcels with their pictures for those in `details`. Can be cancelled. */
  'waves.preview': query<WavePreviewView>()(
    managers,
    z.object({ orderIds, details: z.array(z.string().max(100)).max(50).default([]) }),
  ),
  /** Pieces of one parcel tried in each of the shop's cartons. */
  'cartons.compare': query<readonly CartonVerdictView[]>()(
    managers,
    z.object({
      order: z.string().min(1).max(100),
      contents: z
        .array(z.object({ sku: z.string().min(1).max(100), quantity: z.int().min(1).max(10_000) }))
        .min(1)
        .max(500),
    }),
  ),
}
