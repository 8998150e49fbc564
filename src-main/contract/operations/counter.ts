import { z } from 'zod'
import type { Product } from '../../domain/catalogue.ts'
import type { HoldReason, OrderTotals } from '../../domain/order.ts'
import type { Parcel } from '../../domain/parcel.ts'
import { command, errand, managers, packing, query } from '../operation.ts'

const text = (most: number) => z.string().trim().min(1).max(most)
const country = z.string().regex(/^[A-Z]{2}$/, 'expected two capital letters such as DE')
const service = z.enum(['standard', 'express', 'collect'])
const lines = z.array(z.object({ code: text(64), quantity: z.int().min(1).max(9999) })).max(500)
const shippingMinor = z.int().min(0).max(100_000_000).default(0)

const address = z.object({
  company: text(100).optional(),
  lines: z.array(text(100)).min(1).max(4),
  postcode: text(20).optional(),
  city: text(100),
  region: text(100).optional(),
  country,
})

export interface PreviewView {
  readonly lines: readonly { readonly product: Product; readonly quantity: number; readonly free: number }[]
  readonly unknown: readonly string[]
  readonly totals: OrderTotals
  readonly currency: string
  readonly parcels: readonly Parcel[]
  readonly unpacked: readonly {
    readonly sku: string
    readonly quantity: number
    readonly reason: string
    readonly facts: HoldReason['facts']
  }[]
  readonly holds: readonly HoldReason[]
  readonly carrier: string | undefined
}

export interface CustomerView {
  readonly userId: string
  readonly name: string
  readonly email?: string | undefined
  readonly phone?: string | undefined
  readonly address?:
    | {
        readonly company?: string | undefined
        readonly lines: readonly string[]
        readonly postcode: string
        readonly city: string
        readonly region?: string | undefined
        readonly country: string
      }
    | undefined
  readonly lastOrder: string
  readonly lastOrderAt: number
}

/** Orders taken at the counter or on the phone, and what is collected there. */
export const counterOperations = {
  /** Customers found by the beginning of a name or town, a whole e-mail address or telephone number; the look is audited. */
  'customers.find': command<readonly CustomerView[]>()(['desktop'], z.object({ typed: text(200) })),
  /** Prices, stock and parcels of an order that is not saved yet. */
  'orders.preview': query<PreviewView>()(
    managers,
    z.object({ lines, service, country: country.optional(), postcode: text(20).optional(), shippingMinor }),
  ),
  /** `key` is made once for each order by who asks: the same key again answers the same order. */
  'orders.place': errand<{
    readonly orderId: string
    readonly code: string
    readonly isNew: boolean
    readonly short: readonly { readonly sku: string; readonly wanted: number; readonly free: number }[]
  }>()(
    managers,
    z.object({
      key: z.string().min(8).max(100),
      lines: lines.min(1),
      service,
      customer: z
        .object({
          userId: text(100).optional(),
          name: text(100).optional(),
          email: z.email().max(200).optional(),
          phone: text(40).optional(),
          locale: z
            .string()
            .max(20)
            .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'expected a language such as de or ja')
            .optional(),
          address: address.optional(),
        })
        .default({}),
      window: z
        .object({ from: z.int(), to: z.int() })
        .refine((window) => window.to > window.from, 'expected a window that ends after it begins')
        .optional(),
      instructions: text(500).optional(),
      payment: z.enum(['on-delivery', 'invoice', 'paid']).default('on-delivery'),
      shippingMinor,
      acceptShort: z.boolean().default(false),
    }),
  ),
  /** What is packed and waits to be collected, the longest waiting first. */
  'counter.waiting': query<{
    readonly days: number
    readonly rows: readonly {
      readonly orderId: string
      readonly orderCode: string
      readonly readySince: number
      readonly letters: readonly string[]
      readonly isOverdue: boolean
    }[]
  }>()(packing, z.object({})),
  /** By parcel number, parcel code (`231-07B`) or order code. */
  'counter.hand-over': command<{
    readonly orderId: string
    readonly order: string
    readonly letters: readonly string[]
    readonly left: readonly string[]
    readonly dueMinor: number | undefined
    readonly currency: string
  }>()(packing, z.object({ code: text(100) })),
  /** Nobody came: cancels the order and puts its pieces back; answers the invoice to be cancelled with it. */
  'counter.return': command<{ readonly order: string; readonly invoice: string | undefined }>()(
    managers,
    z.object({ order: text(100) }),
  ),
}
