import { z } from 'zod'
import type { HoldReason } from '../../domain/order.ts'
import type { ParcelTotals, Why } from '../../domain/parcel.ts'
import type { FulfilmentStatus } from '../../domain/fulfilment.ts'
import type { EpochMs } from '../../kernel/time.ts'
import type { Settings } from '../../domain/settings.ts'
import type { OrderProof } from '../../domain/wave.ts'
import { dismissals } from '../dismissals.ts'
import { fulfilmentStatuses } from '../fulfilment-statuses.ts'
import { command, errand, everywhere, managers, query } from '../operation.ts'
import type { OrderFileView, OrderRowView, PageView } from '../views.ts'
import type { UndoView } from './returns.ts'
import { listInput } from './shop.ts'

const orderRef = z.object({ order: z.string().min(1).max(100) })
const statuses = z.enum(fulfilmentStatuses)

/** Another order of a customer whose order is open. */
export interface OtherOrderView {
  readonly code: string
  readonly status: FulfilmentStatus
  readonly isPartly: boolean
  readonly placedAt: EpochMs
  /** Pieces that were not taken out. */
  readonly pieces: number
}

export interface SyncView {
  readonly connectionId: string
  readonly orders: {
    readonly read: number
    readonly new: number
    readonly changed: number
    readonly unchanged: number
    readonly refused: readonly RefusedView[]
  }
  /** Absent in a round in which nothing was compared. */
  readonly reconciled?:
    | {
        readonly compared: number
        readonly differing: number
        readonly foundMissing: number
        readonly repaired: number
        readonly gone: number
        readonly refused: readonly RefusedView[]
        readonly isFull: boolean
      }
    | undefined
  readonly products: { readonly read: number; readonly refused: readonly RefusedView[] }
  readonly erased: number
  readonly stock: StockView
  readonly reports: DeliveredView
  readonly failure?: RoundFailureView | undefined
}

export interface StockView {
  readonly set: number
  readonly conflicts: number
  /** Levels that were another number there before. */
  readonly changed: number
}

export interface DeliveredView {
  readonly sent: number
  readonly waiting: number
  readonly refused: number
}

/** Why a round with a storefront broke off: `what` is a HostFailure. */
export interface RoundFailureView {
  readonly at: number
  readonly code: string
  readonly what?: string | undefined
  readonly host?: string | undefined
  readonly status?: number | undefined
  readonly times: number
  readonly retryAt: number
}

/** `facts` hold nothing personal: `changed` says what happened, the others what differs. */
export interface QuestionView {
  readonly orderId: string
  readonly code: string
  readonly status: string
  readonly facts: HoldReason['facts']
}

interface RefusedView {
  readonly id?: string | undefined
  readonly index: number
  readonly path: string
  readonly expected: string
}

export interface ExplanationView {
  readonly order: string
  readonly status: string
  readonly holds: readonly HoldReason[]
  readonly pieceCount: number
  readonly moreThanOne: boolean
  readonly rules: Settings['packing'] | undefined
  readonly proof: OrderProof | undefined
  readonly parcels: readonly {
    readonly letter: string
    readonly carton: string | undefined
    readonly pieces: readonly {
      readonly sku: string
      readonly quantity: number
      readonly class: string | undefined
      readonly temperature: string
    }[]
    readonly totals: ParcelTotals
    readonly checkedBy: string
    readonly why: Why
  }[]
  readonly keptApart: readonly { readonly a: string; readonly b: string; readonly rule: string }[]
}

/** Orders and the storefronts they come from. */
export const orderOperations = {
  'orders.list': query<PageView<OrderRowView>>()(
    everywhere,
    listInput.extend({ status: z.array(statuses).optional() }),
  ),
  'orders.get': query<OrderFileView>()(everywhere, orderRef),
  'orders.explain': query<ExplanationView>()(everywhere, orderRef),
  /** Orders of the same customer, newest first. Tells nothing about who that is. */
  'orders.others': query<readonly OtherOrderView[]>()(managers, orderRef),
  'orders.hold': command<null>()(managers, orderRef),
  'orders.release': command<null>()(managers, orderRef),
  /** `undo` is absent where the customer is told at once. */
  'orders.cancel': command<{ readonly undo: UndoView | undefined }>()(
    managers,
    orderRef.extend({ reason: z.string().min(1).max(200) }),
  ),
  /** What storefronts have changed of orders in work: each waits for somebody to say what shall hold. */
  'orders.questions': query<readonly QuestionView[]>()(managers, z.object({})),
  /** Takes over what the storefront has changed, as it is there at this moment. */
  'orders.take-over': errand<{ readonly outcome: 'settled' | 'cancelled' | 'revived' | 'moved' | 'replanned' }>()(
    managers,
    orderRef,
  ),
  /** Keeps the order as it is here, until its storefront changes something else. */
  'orders.keep': command<null>()(managers, orderRef),
  /** Opens the recipient for a person allowed to see it; the look is written to the audit log. */
  'orders.recipient': command<{
    readonly name: string
    readonly lines: readonly string[]
    readonly postcode: string
    readonly city: string
    readonly country: string
    readonly phone: string | undefined
  }>()(['desktop'], orderRef),

  /** A round with every storefront; a person's asking compares and reads everything, the background what is due. */
  'storefronts.sync': errand<readonly SyncView[]>()(managers, z.object({ background: z.boolean().default(false) })),
  /** Tells the storefronts what is sellable since they last heard. */
  'storefronts.push-stock': errand<StockView>()(managers, z.object({})),
  /** Waits at the storefronts that offer it until there is news, or the time is over; takes nothing in. */
  'storefronts.wait': query<{ readonly hasNews: boolean; readonly canWait: boolean }>()(
    managers,
    z.object({ waitMs: z.int().min(0).max(60_000).default(25_000) }),
  ),
  'reports.deliver': errand<DeliveredView>()(managers, z.object({})),
  /** Sends a refused message again now. */
  'outbox.retry': command<null>()(managers, z.object({ message: z.string().min(1).max(100) })),
  /** Lays a refused message aside: nobody will be told. */
  'outbox.dismiss': command<null>()(
    managers,
    z.object({ message: z.string().min(1).max(100), reason: z.enum(dismissals) }),
  ),
  'outbox.list': query<
    PageView<{
      readonly id: string
      readonly lane: string
      readonly state: string
      readonly kind: string
      readonly attempts: number
      readonly lastProblem: string | undefined
      readonly createdAt: number
      /** The next try, while it waits. */
      readonly notBefore: number
      /** The order it tells of; absent for a manifest. */
      readonly orderCode: string | undefined
    }>
  >()(managers, listInput.extend({ state: z.enum(['waiting', 'sent', 'refused', 'withdrawn']).optional() })),
}
