import { z } from 'zod'
import type { FulfilmentStatus } from '../../domain/fulfilment.ts'
import type { FollowReason } from '../../domain/order.ts'
import type { Parcel } from '../../domain/parcel.ts'
import type { ParcelReturn } from '../../domain/parcel-return.ts'
import { command, everywhere, managers, packing, query } from '../operation.ts'
import { returnReasons } from '../return-reasons.ts'
import type { PickedStopView } from './waves.ts'

const text = (most: number) => z.string().trim().min(1).max(most)
const order = text(100)
const quantity = z.int().min(1).max(10_000)
const parts = z
  .array(z.object({ orderLineId: text(100), quantity }))
  .min(1)
  .max(500)

/** What a label, a tracking number or an order's code has sent, and how much of it is still out. */
export interface ReturnView {
  readonly order: string
  readonly status: FulfilmentStatus
  readonly parcels: readonly ReturnParcelView[]
}

export interface ReturnParcelView {
  readonly id: string
  readonly name: string
  readonly status: Parcel['status']
  readonly canComeBack: boolean
  /** Nobody told of a delivery: it was most likely never handed to the customer. */
  readonly isUndelivered: boolean
  readonly lines: readonly {
    readonly orderLineId: string
    readonly sku: string
    readonly gtin: string | undefined
    readonly name: string
    readonly sent: number
    readonly out: number
    readonly location: string | undefined
  }[]
  readonly returns: readonly ParcelReturn[]
}

/** A code with facts; the sentence is made at the door. */
export interface ConsequenceView {
  readonly code: string
  readonly facts: { readonly [key: string]: string | number }
}

export interface NextStepsView {
  /** Absent: not possible any more. */
  readonly cancel?: readonly ConsequenceView[] | undefined
  readonly hold?: readonly ConsequenceView[] | undefined
  readonly release?: readonly ConsequenceView[] | undefined
  readonly address?: readonly ConsequenceView[] | undefined
  readonly split?: readonly ConsequenceView[] | undefined
  readonly sendRest?: readonly ConsequenceView[] | undefined
  readonly merge: readonly { readonly code: string; readonly pieces: number }[]
  /** To the same address, but a storefront's customer follows one of the two under its own number. */
  readonly apart: readonly string[]
  readonly owed: readonly { readonly orderLineId: string; readonly sku: string; readonly name: string; readonly quantity: number }[] // prettier-ignore
  readonly followers: readonly { readonly code: string; readonly why: FollowReason; readonly status: FulfilmentStatus }[] // prettier-ignore
  readonly follows: { readonly code: string; readonly why: FollowReason } | undefined
}

export interface FollowUpView {
  readonly orderId: string
  readonly code: string
  readonly pieces: number
  /** False when it had been made before. */
  readonly isNew: boolean
}

/** The way back from what was just done: what `orders.undo` wants to hear, and for how long it will. */
export interface UndoView {
  readonly id: string
  readonly ms: number
}

const line = text(120)

/** What comes back, and the ways to an end of everything that does not go as planned. */
export const returnOperations = {
  /** By parcel number, SSCC, tracking number, package code (`231-07B`) or order code. */
  'returns.find': query<ReturnView>()(packing, z.object({ code: text(100) })),
  'returns.take': command<{
    readonly returnId: string
    readonly order: string
    readonly parcel: string
    readonly status: 'returned' | 'delivered'
    readonly undoMs: number
    readonly invoice: string | undefined
  }>()(
    packing,
    z.object({
      parcelId: text(100),
      pieces: z
        .array(
          z.object({
            orderLineId: text(100),
            sku: text(100),
            quantity,
            fate: z.enum(['restock', 'quarantine', 'discard']),
            location: text(64).optional(),
            reason: z.enum(returnReasons),
          }),
        )
        .min(1)
        .max(500),
    }),
  ),
  /** Within the shop's time for taking back, before anybody is told. */
  'returns.undo': command<null>()(packing, z.object({ parcelId: text(100), returnId: text(100) })),

  /** What happened to a parcel after hand-over: lost, refused, or still standing in the corner. */
  'parcels.report': command<{
    readonly order: string
    readonly parcel: string
    readonly parcelId: string
    readonly status: 'failed' | 'packed'
    readonly canSendAgain: boolean
  }>()(managers, z.object({ code: text(100), what: z.enum(['lost', 'refused', 'not-handed-over']) })),
  /** The contents of a lost, refused or returned parcel once more, as an order that costs nothing. */
  'parcels.send-again': command<FollowUpView>()(managers, z.object({ code: text(100) })),

  /** What can be done about an order now, and what would happen to sheet, package, label, stock and customer. */
  'orders.next-steps': query<NextStepsView>()(managers, z.object({ order })),
  'orders.split': command<FollowUpView>()(managers, z.object({ order, parts })),
  /** Sends pieces later that were missing; without `parts` everything that is owed. */
  'orders.send-rest': command<FollowUpView>()(managers, z.object({ order, parts: parts.optional() })),
  'orders.merge': command<{ readonly code: string; readonly pieces: number; readonly undo: UndoView | undefined }>()(
    managers,
    z.object({ into: order, other: order }),
  ),
  'orders.change-address': command<{
    readonly outcome: 'kept' | 'relabelled' | 'replanned'
    readonly undo: UndoView | undefined
  }>()(
    managers,
    z.object({
      order,
      recipient: z.object({
        name: line,
        company: line.optional(),
        lines: z.array(line).min(1).max(4),
        postcode: z.string().trim().max(20),
        city: line,
        region: line.optional(),
        country: z.string().regex(/^[A-Z]{2}$/),
        phone: text(40).optional(),
        instructions: text(500).optional(),
      }),
    }),
  ),
  /** Takes the last merge, change of address or cancelling of an order back; `undo` names the one that is meant. */
  'orders.undo': command<{
    readonly deed: 'merge-orders' | 'change-address' | 'cancel-order'
    /** Codes; the one it was done to first. */
    readonly orders: readonly string[]
    readonly address?: 'kept' | 'relabelled' | 'replanned' | undefined
  }>()(managers, z.object({ order, undo: text(100).optional() })),
  /** Another product in the place of one that cannot be picked; the tour gets a stop for it. */
  'waves.substitute': command<{
    readonly stop: PickedStopView
    readonly sku: string
    readonly name: string
    readonly location: string
    readonly seq: number
  }>()(
    everywhere,
    z.object({
      wave: text(100),
      tour: z.int().min(1),
      seq: z.int().min(1),
      code: text(200),
      quantity,
      hasConsent: z.boolean(),
      isMissing: z.boolean().default(true),
    }),
  ),
}
