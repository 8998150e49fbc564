import { z } from 'zod'
import type { HoldReason } from '../../domain/order.ts'
import type { ParcelTotals, Why } from '../../domain/parcel.ts'
import type { Settings } from '../../domain/settings.ts'
import type { OrderProof } from '../../domain/wave.ts'
import { command, everywhere, managers, query } from '../operation.ts'
import type { OrderFileView, OrderRowView, PageView } from '../views.ts'
import { listInput } from './shop.ts'

const orderRef = z.object({ order: z.string().min(1).max(100) })
const statuses = z.enum([
  'received',
  'on-hold',
  'planned',
  'picking',
  'packed',
  'handed-over',
  'out-for-delivery',
  'delivered',
  'failed',
  'returned',
  'cancelled',
])

export interface SyncView {
  readonly connectionId: string
  readonly orders: {
    readonly read: number
    readonly new: number
    readonly changed: number
    readonly unchanged: number
    readonly refused: readonly RefusedView[]
  }
  readonly products: { readonly read: number; readonly refused: readonly RefusedView[] }
  readonly erased: number
  readonly stock: { readonly set: number; readonly conflicts: number }
  readonly reports: { readonly sent: number; readonly waiting: number; readonly refused: number }
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
  'orders.hold': command<null>()(managers, orderRef),
  'orders.release': command<null>()(managers, orderRef),
  'orders.cancel': command<null>()(managers, orderRef.extend({ reason: z.string().min(1).max(200) })),
  /** Opens the recipient for a person allowed to see it; the look is written to the audit log. */
  'orders.recipient': command<{
    readonly name: string
    readonly lines: readonly string[]
    readonly postcode: string
    readonly city: string
    readonly country: string
    readonly phone: string | undefined
  }>()(['desktop'], orderRef),

  'storefronts.sync': command<readonly SyncView[]>()(managers, z.object({})),
  'reports.deliver': command<{ readonly sent: number; readonly waiting: number; readonly refused: number }>()(
    managers,
    z.object({}),
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
    }>
  >()(managers, listInput),
}
