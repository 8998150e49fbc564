import { z } from 'zod'
import type { InvoiceSettings, SeriesCheck } from '../../domain/invoice.ts'
import type { TaxShare } from '../../domain/invoice-amounts.ts'
import { command, managers, query } from '../operation.ts'
import type { PageView } from '../views.ts'
import { invoiceSettings, listInput } from './shop.ts'

const ref = z.string().trim().min(1).max(100)
const day = z.iso.date()

const buyer = z.object({
  name: z.string().trim().min(1).max(100),
  company: z.string().trim().max(100).optional(),
  lines: z.array(z.string().trim().min(1).max(100)).max(4),
  postcode: z.string().trim().max(20),
  city: z.string().trim().min(1).max(100),
  region: z.string().trim().max(100).optional(),
  country: z.string().regex(/^[A-Z]{2}$/),
  vatId: z.string().trim().max(20).optional(),
})

/** An invoice as lists show it: nothing about the buyer. Its paper is fetched at the door by its id. */
export interface InvoiceView {
  readonly id: string
  readonly number: string
  readonly kind: 'invoice' | 'cancellation'
  readonly cancels?: { readonly id: string; readonly number: string } | undefined
  readonly cancelledBy?: string | undefined
  readonly orderId: string
  readonly orderCode: string
  readonly issuedAt: number
  readonly issuedOn: string
  readonly deliveredOn: string
  readonly currency: string
  readonly netMinor: number
  readonly taxMinor: number
  readonly grossMinor: number
  readonly taxes: readonly TaxShare[]
  readonly keepUntil: number
  /** False once only number, days and sums are left. */
  readonly isWhole: boolean
}

export interface IssuedView {
  readonly issued: readonly { readonly order: string; readonly number: string; readonly id: string }[]
  readonly skipped: readonly { readonly order: string; readonly code: string; readonly why?: string | undefined }[]
}

export interface InvoiceSettingsView extends Omit<InvoiceSettings, 'automatic'> {
  readonly automatic: 'off' | 'packed' | 'handed-over'
  readonly collectDays: number
}

/** Invoices: issued under a number without a gap, never changed, cancelled by another one. */
export const invoiceOperations = {
  /** Of one order, or of every packed order of a wave or of a day (by when it was packed) that has none. */
  'invoices.issue': command<IssuedView>()(
    managers,
    z
      .object({ order: ref.optional(), wave: ref.optional(), day: day.optional(), buyer: buyer.optional() })
      .refine((input) => [input.order, input.wave, input.day].filter((one) => one !== undefined).length === 1, {
        message: 'expected one of order, wave, day',
        path: ['order'],
      })
      .refine((input) => input.buyer === undefined || input.order !== undefined, {
        message: 'expected an order beside a buyer',
        path: ['buyer'],
      }),
  ),
  /** What the shop's settings say is to be invoiced by itself. */
  'invoices.issue-due': command<IssuedView>()(managers, z.object({})),
  'invoices.cancel': command<{ readonly cancellation: string; readonly invoice: string | undefined }>()(
    managers,
    z.object({
      invoice: ref,
      reason: z.string().trim().min(1).max(200),
      reissue: z.boolean().default(false),
      buyer: buyer.optional(),
    }),
  ),
  'invoices.list': query<PageView<InvoiceView>>()(
    managers,
    listInput.extend({ from: day.optional(), to: day.optional(), orderId: ref.optional() }),
  ),
  /** Proves that no number is missing and nothing was changed. */
  'invoices.check': query<{
    readonly series: readonly SeriesCheck[]
    readonly checked: number
    readonly changed: readonly string[]
    readonly isSound: boolean
  }>()(managers, z.object({})),
  /** Days of issue, both included; one line for each tax rate of each invoice, without personal data. */
  'invoices.export': query<{ readonly fileName: string; readonly csv: string; readonly invoices: number }>()(
    managers,
    z.object({ from: day, to: day }),
  ),
  'invoices.settings': query<InvoiceSettingsView>()(managers, z.object({})),
  'invoices.configure': command<InvoiceSettingsView>()(
    managers,
    invoiceSettings.extend({
      automatic: z.enum(['off', 'packed', 'handed-over']),
      collectDays: z.int().min(1).max(365).optional(),
    }),
  ),
}
