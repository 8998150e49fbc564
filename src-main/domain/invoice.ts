import { zonedTime, type EpochMs } from '../kernel/time.ts'
import type { InvoiceAmounts, TaxShare } from './invoice-amounts.ts'
import type { OrderTotals, Payment } from './order.ts'
import type { SealedRecord } from './recipient.ts'
import type { Settings } from './settings.ts'

/** How a shop invoices; part of its settings. */
export interface InvoiceSettings {
  /** The name the tax office knows; the shop's own when empty. */
  readonly sellerName: string
  readonly sellerLines: readonly string[]
  readonly taxNumber: string
  readonly vatId: string
  /** Of a qualified invoice issuer in Japan, `T` and 13 digits. */
  readonly registrationNumber: string
  /** Opens every number: `R` makes `R2026-00042`. */
  readonly prefix: string
  /** Free words below the sums: bank account, terms, register. */
  readonly footer: string
  /** Years an invoice is kept whole; then only number, day and sums stay. */
  readonly keepYears: number
  /** From which moment on an invoice is issued by itself, and since when; absent = by hand. */
  readonly automatic?: { readonly at: 'packed' | 'handed-over'; readonly since: EpochMs } | undefined
}

export const usualInvoiceSettings: InvoiceSettings = {
  sellerName: '',
  sellerLines: [],
  taxNumber: '',
  vatId: '',
  registrationNumber: '',
  prefix: '',
  footer: '',
  keepYears: 10,
}

export const invoiceSettingsOf = (settings: Settings): InvoiceSettings => settings.invoices ?? usualInvoiceSettings

export interface Seller {
  readonly name: string
  readonly lines: readonly string[]
  readonly country: string
  readonly taxNumber: string
  readonly vatId: string
  readonly registrationNumber: string
}

/** Who the invoice is made out to; kept only sealed, under a key of its own. */
export interface Buyer {
  readonly name: string
  readonly company?: string | undefined
  readonly lines: readonly string[]
  readonly postcode: string
  readonly city: string
  readonly region?: string | undefined
  readonly country: string
  readonly vatId?: string | undefined
}

/** What stands on the paper beside number, days and sums. Nothing personal about the buyer. */
export interface InvoiceContent {
  readonly seller: Seller
  readonly locale: string
  readonly zone: string
  readonly amounts: InvoiceAmounts
  readonly payment?: Payment | undefined
  readonly footer: string
}

/** The sealed part: who it is made out to, and why it was cancelled, in a person's own words. */
export interface InvoicePersonal {
  readonly buyer?: Buyer | undefined
  readonly reason?: string | undefined
}

/** What stays for ever: it proves that no number is missing, and what it was worth. */
export interface InvoiceHead {
  readonly id: string
  /** Numbers count per series, from 1 without a gap: the year of issue in the shop's zone. */
  readonly series: string
  readonly sequence: number
  readonly number: string
  readonly kind: 'invoice' | 'cancellation'
  /** A cancellation: the invoice that it takes back. */
  readonly cancels?: { readonly id: string; readonly number: string } | undefined
  readonly orderId: string
  readonly orderCode: string
  readonly issuedAt: EpochMs
  /** Local days, `2026-11-22`. */
  readonly issuedOn: string
  readonly deliveredOn: string
  readonly currency: string
  readonly netMinor: number
  readonly taxMinor: number
  readonly grossMinor: number
  readonly taxes: readonly TaxShare[]
  /** Until then content and buyer are kept. */
  readonly keepUntil: EpochMs
  /** Keyed hash of everything else but series and number, by which a changed record is found out. */
  readonly proof: string
}

/** What ends with the time an invoice must be kept. */
export interface InvoiceBody {
  readonly userId: string
  readonly content: InvoiceContent
  /** InvoicePersonal under a data key of its own; absent where there is nothing of it. */
  readonly personal?: SealedRecord | undefined
}

/** An issued invoice. Never changed; corrected by a cancellation and a new one. */
export interface Invoice extends InvoiceHead {
  /** Gone after `keepUntil`. */
  readonly body?: InvoiceBody | undefined
  /** The number of the cancellation, once there is one. */
  readonly cancelledBy?: string | undefined
}

/** An invoice before it has its number. */
export type InvoiceDraft = Omit<InvoiceHead, 'sequence' | 'number'> & {
  readonly prefix: string
  readonly body: InvoiceBody
}

/** `R2026-00042`; wider from 100,000 on, never shorter. */
export const invoiceNumber = (prefix: string, series: string, sequence: number): string =>
  `${prefix}${series}-${String(sequence).padStart(5, '0')}`

export const seriesOf = (issuedAt: EpochMs, zone: string): string => String(zonedTime(issuedAt, zone).year)

/** The numbers of one series against its counter. */
export interface SeriesCheck {
  readonly series: string
  /** The counter: the last number ever taken. */
  readonly last: number
  readonly count: number
  readonly missing: readonly number[]
  /** Numbers beyond the counter. */
  readonly beyond: readonly number[]
}

/** Compares a series' numbers (rising, each once) with its counter. Cost: linear. */
export function checkSeries(series: string, last: number, sequences: readonly number[]): SeriesCheck {
  const there = new Set(sequences)
  const missing = Array.from({ length: last }, (_, index) => index + 1).filter((sequence) => !there.has(sequence))
  return { series, last, count: there.size, missing, beyond: sequences.filter((sequence) => sequence > last) }
}

/** Member states of the European Union, by ISO code: there an invoice names the seller's tax number or VAT id. */
const europeanUnion = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
)

export const needsTaxNumber = (country: string): boolean => europeanUnion.has(country)

/** Up to this a German invoice may leave out the buyer (UStDV 33); elsewhere in the Union the limit is no higher than 400. */
const smallAmountMinor = 25_000

export const needsBuyer = (country: string, currency: string, grossMinor: number): boolean =>
  europeanUnion.has(country) && (currency !== 'EUR' || grossMinor > smallAmountMinor)

/** What is still to be paid when the parcels of an order are handed over at the counter. */
export const dueAtCounter = (order: {
  readonly payment?: Payment | undefined
  readonly totals?: OrderTotals | undefined
}): number | undefined => (order.payment === 'on-delivery' ? order.totals?.totalMinor : undefined)
