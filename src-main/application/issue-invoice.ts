import { AppError } from '../kernel/errors.ts'
import { canonicalJson, toJson } from '../kernel/json.ts'
import { isoDay } from '../kernel/time.ts'
import { fulfilmentTable, type FulfilmentEvent } from '../domain/fulfilment.ts'
import {
  invoiceNumber,
  invoiceSettingsOf,
  needsBuyer,
  needsTaxNumber,
  seriesOf,
  type Buyer,
  type Invoice,
  type InvoiceDraft,
  type InvoiceHead,
  type InvoicePersonal,
  type Seller,
} from '../domain/invoice.ts'
import { invoiceAmounts, type InvoiceAmounts } from '../domain/invoice-amounts.ts'
import type { Order } from '../domain/order.ts'
import type { Settings } from '../domain/settings.ts'
import { auditEntry, newId } from './audit.ts'
import { getOrder } from './change-order.ts'
import { openPersonal } from './open-personal.ts'
import type { Caller, Workshop } from './workshop.ts'

export type InvoiceDeps = Pick<Workshop, 'store' | 'system' | 'vault' | 'documents'>

const yearMs = 365.25 * 86_400_000

/**
 * Issues the invoice of one order: amounts from what the storefront told and what was delivered, the buyer from the
 * order unless one is handed in. It is drawn once before its number is taken, so that an invoice that cannot be drawn
 * takes none. Throws ERR_INVOICE_NOT_POSSIBLE { order, why, ... }, ERR_INVOICE_EXISTS { order, invoice },
 * ERR_ORDER_NOT_FOUND.
 */
export async function issueInvoice(
  deps: InvoiceDeps,
  caller: Caller,
  input: { readonly order: string; readonly buyer?: Buyer | undefined },
): Promise<Invoice> {
  const settings = await getSettings(deps)
  const file = await getOrder(deps.store, input.order)
  const { order } = file
  requireReady(order)
  const amounts = requireAmounts(order)
  const seller = requireSeller(settings, order)
  const buyer = input.buyer ?? buyerOf(deps, order)
  if (!buyer && needsBuyer(settings.shop.country, order.currency, amounts.grossMinor))
    throw notPossible(order, 'buyer-missing')
  const user = await deps.store.findUser(order.userId)
  const at = deps.system.clock.now()
  const { zone } = settings.shop
  const issuedOn = isoDay(at, zone)
  return issueDraft(deps, caller, {
    order,
    settings,
    personal: buyer ? { buyer } : {},
    cancels: undefined,
    deliveredOn: deliveryDay(file.events, zone) ?? issuedOn,
    at,
    content: {
      seller,
      locale: user?.locale ?? settings.shop.locale,
      zone,
      amounts,
      payment: order.payment,
      footer: invoiceSettingsOf(settings).footer,
    },
  })
}

export interface IssuedInvoices {
  readonly issued: readonly { readonly order: string; readonly number: string; readonly id: string }[]
  /** Orders that got none, with the code that says why; `why` where the code has several. */
  readonly skipped: readonly { readonly order: string; readonly code: string; readonly why?: string | undefined }[]
}

/** One after the other in the given order; one that is not possible is told and holds up no other. */
export async function issueInvoices(
  deps: InvoiceDeps,
  caller: Caller,
  orders: readonly string[],
): Promise<IssuedInvoices> {
  const issued: IssuedInvoices['issued'][number][] = []
  const skipped: IssuedInvoices['skipped'][number][] = []
  for (const order of orders) {
    if (caller.watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
    try {
      const invoice = await issueInvoice(deps, caller, { order })
      issued.push({ order: invoice.orderCode, number: invoice.number, id: invoice.id })
    } catch (error) {
      if (!(error instanceof AppError) || !ordinary.has(error.code)) throw error
      const { order: code, why } = error.details
      skipped.push({
        order: typeof code === 'string' ? code : order,
        code: error.code,
        why: typeof why === 'string' ? why : undefined,
      })
    }
    caller.watch.report({ step: 'issue-invoices', done: issued.length + skipped.length, total: orders.length })
  }
  return { issued, skipped }
}

const ordinary: ReadonlySet<string> = new Set(['ERR_INVOICE_EXISTS', 'ERR_INVOICE_NOT_POSSIBLE'])

export interface DraftParts {
  readonly order: Pick<Order, 'id' | 'code' | 'userId' | 'currency'>
  readonly settings: Settings
  readonly personal: InvoicePersonal
  readonly cancels: InvoiceHead['cancels']
  readonly deliveredOn: string
  readonly at: number
  readonly content: InvoiceDraft['body']['content']
}

/** Proves that it can be drawn, seals what is personal under a key of its own, and keeps it under the next number. */
export async function issueDraft(deps: InvoiceDeps, caller: Caller, parts: DraftParts): Promise<Invoice> {
  const { order, settings, personal, content, at } = parts
  const { amounts } = content
  const id = newId(deps.system)
  const { prefix, keepYears } = invoiceSettingsOf(settings)
  const series = seriesOf(at, settings.shop.zone)
  const head = {
    id,
    series,
    kind: parts.cancels ? ('cancellation' as const) : ('invoice' as const),
    ...(parts.cancels ? { cancels: parts.cancels } : {}),
    orderId: order.id,
    orderCode: order.code,
    issuedAt: at,
    issuedOn: isoDay(at, settings.shop.zone),
    deliveredOn: parts.deliveredOn,
    currency: order.currency,
    netMinor: amounts.netMinor,
    taxMinor: amounts.taxMinor,
    grossMinor: amounts.grossMinor,
    taxes: amounts.taxes,
    // Counted from the end of the year of issue, as the tax office does; a day more than enough.
    keepUntil: Math.ceil(Date.UTC(Number(series) + 1, 0, 2) + keepYears * yearMs),
  }
  const number = invoiceNumber(prefix, series, 0)
  await deps.documents.invoice({ head: { ...head, sequence: 0, number, proof: '' }, content, personal })
  const draft: InvoiceDraft = {
    ...head,
    proof: proofOf(deps, { head, content, personal }),
    prefix,
    body: {
      userId: order.userId,
      content,
      personal: Object.keys(personal).length > 0 ? deps.vault.seal(id, toJson(personal)) : undefined,
    },
  }
  return deps.store.issueInvoice(
    draft,
    auditEntry(deps.system, caller, {
      action: draft.kind === 'invoice' ? 'issue-invoice' : 'cancel-invoice',
      entity: 'order',
      entityId: order.code,
    }),
  )
}

type Proven = Omit<InvoiceHead, 'sequence' | 'number' | 'proof'>

/** A keyed hash: who changes the record in the file cannot make the hash that fits. */
export function proofOf(
  deps: Pick<Workshop, 'vault' | 'system'>,
  of: { readonly head: Proven; readonly content: InvoiceDraft['body']['content']; readonly personal: InvoicePersonal },
): string {
  return deps.vault.token('word', deps.system.hasher.sha256(canonicalJson(toJson(of))))
}

async function getSettings({ store }: Pick<Workshop, 'store'>): Promise<Settings> {
  const settings = await store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  return settings
}

const notPossible = (order: Order, why: string, facts: Readonly<Record<string, number | string>> = {}): AppError =>
  new AppError('ERR_INVOICE_NOT_POSSIBLE', { order: order.code, why, ...facts })

/** Before it is packed nobody knows what the customer gets; of what was cancelled or came back there is nothing to pay. */
function requireReady(order: Order): void {
  const { rank, isEnded } = fulfilmentTable[order.status]
  if (rank < fulfilmentTable.packed.rank) throw notPossible(order, 'not-packed', { status: order.status })
  if (isEnded) throw notPossible(order, 'nothing-delivered', { status: order.status })
}

function requireAmounts(order: Order): InvoiceAmounts {
  const amounts = invoiceAmounts(order)
  if (!('why' in amounts)) return amounts
  const { why, toldTaxMinor, ownTaxMinor } = amounts
  const facts = toldTaxMinor === undefined || ownTaxMinor === undefined ? {} : { toldTaxMinor, ownTaxMinor }
  throw notPossible(order, why, facts)
}

function requireSeller(settings: Settings, order: Order): Seller {
  const { shop } = settings
  const own = invoiceSettingsOf(settings)
  if (needsTaxNumber(shop.country) && own.taxNumber === '' && own.vatId === '')
    throw notPossible(order, 'seller-tax-number')
  return {
    name: own.sellerName === '' ? shop.name : own.sellerName,
    lines: own.sellerLines.length === 0 ? shop.addressLines : own.sellerLines,
    country: shop.country,
    taxNumber: own.taxNumber,
    vatId: own.vatId,
    registrationNumber: own.registrationNumber,
  }
}

function buyerOf(deps: Pick<Workshop, 'vault'>, order: Order): Buyer | undefined {
  const recipient = openPersonal(deps.vault, order)?.recipient
  if (!recipient) return undefined
  const { name, company, lines, postcode, city, region, country } = recipient
  return { name, company, lines, postcode, city, region, country }
}

/** The day on which the last parcel left the shop; undefined while they are here. */
function deliveryDay(events: readonly FulfilmentEvent[], zone: string): string | undefined {
  const left = events.filter((event) => event.status === 'handed-over').map((event) => event.at)
  return left.length === 0 ? undefined : isoDay(Math.max(...left), zone)
}
