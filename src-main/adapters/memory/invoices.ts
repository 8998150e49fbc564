import { checkSeries, invoiceNumber, type Invoice, type InvoiceDraft } from '../../domain/invoice.ts'
import { piecesOf } from '../../domain/order.ts'
import { AppError } from '../../kernel/errors.ts'
import type { CounterStore } from '../../ports/store/counter-store.ts'
import type { InvoiceRow, InvoiceStore } from '../../ports/store/invoice-store.ts'
import { kept, type MemoryState, nextNumber, saveAudit } from './state.ts'
import { compareText } from './stock.ts'
import { parcelsOf } from './work.ts'

/** Issued invoices over the shared state. */
export const invoicesInMemory = (state: MemoryState): InvoiceStore => ({
  async issueInvoice(draft, audit) {
    requireFree(state, draft)
    const { prefix, ...rest } = draft
    const sequence = nextNumber(state, `invoice ${draft.series}`)
    const invoice: Invoice = kept({ ...rest, sequence, number: invoiceNumber(prefix, draft.series, sequence) })
    state.invoices.set(invoice.id, invoice)
    saveAudit(state, audit)
    return invoice
  },
  async findInvoice(idOrNumber) {
    const found =
      state.invoices.get(idOrNumber) ?? [...state.invoices.values()].find(({ number }) => number === idOrNumber)
    return found && { ...found, cancelledBy: cancellationOf(state, found.id) }
  },
  async listInvoices(query) {
    const search = query.search?.trim().toLowerCase() ?? ''
    const rows = inOrder(state)
      .filter(
        (invoice) =>
          (query.from === undefined || invoice.issuedOn >= query.from) &&
          (query.to === undefined || invoice.issuedOn <= query.to) &&
          (query.orderId === undefined || invoice.orderId === query.orderId) &&
          [invoice.number, invoice.orderCode].some((code) => code.toLowerCase().includes(search)),
      )
      .map((invoice) => rowOf(state, invoice))
    const sorted = query.descending === false ? rows : rows.toReversed()
    return { rows: sorted.slice(query.offset, query.offset + query.limit), total: rows.length }
  },
  async checkInvoiceNumbers() {
    const bySeries = Map.groupBy(inOrder(state), (invoice) => invoice.series)
    return [...bySeries].map(([series, own]) =>
      checkSeries(
        series,
        state.counters.get(`invoice ${series}`) ?? 0,
        own.map(({ sequence }) => sequence),
      ),
    )
  },
  async findUninvoiced(wanted) {
    const reached = new Set(
      [...state.events.values()]
        .filter(
          (event) =>
            event.status === wanted.reached && event.at >= wanted.since && event.at < (wanted.until ?? Infinity),
        )
        .map((event) => event.orderId),
    )
    const named = wanted.orderIds && new Set(wanted.orderIds)
    return [...state.orders.values()]
      .filter((order) => named?.has(order.id) ?? true)
      .filter((order) => wanted.statuses.includes(order.status) && reached.has(order.id) && !inForce(state, order.id))
      .sort((a, b) => a.placedAt - b.placedAt || compareText(a.id, b.id))
      .slice(0, wanted.limit)
      .map((order) => order.id)
  },
  async findInvoicesOfUser(userId) {
    return inOrder(state)
      .filter((invoice) => invoice.body?.userId === userId)
      .map((invoice) => rowOf(state, invoice))
  },
  async endInvoices(now, audit) {
    const ended = [...state.invoices.values()].filter((invoice) => invoice.body && invoice.keepUntil <= now)
    for (const { body: _over, ...head } of ended) state.invoices.set(head.id, kept(head))
    if (ended.length > 0) saveAudit(state, audit)
    return ended.length
  },
})

const inOrder = (state: MemoryState): readonly Invoice[] =>
  [...state.invoices.values()].sort((a, b) => compareText(a.series, b.series) || a.sequence - b.sequence)

function rowOf(state: MemoryState, { body, ...head }: Invoice): InvoiceRow {
  return { ...head, cancelledBy: cancellationOf(state, head.id), isWhole: body !== undefined }
}

const cancellationOf = (state: MemoryState, invoiceId: string): string | undefined =>
  [...state.invoices.values()].find((invoice) => invoice.cancels?.id === invoiceId)?.number

const inForce = (state: MemoryState, orderId: string): Invoice | undefined =>
  [...state.invoices.values()].find(
    (invoice) =>
      invoice.orderId === orderId && invoice.kind === 'invoice' && cancellationOf(state, invoice.id) === undefined,
  )

function requireFree(state: MemoryState, draft: InvoiceDraft): void {
  if (draft.cancels) {
    const by = cancellationOf(state, draft.cancels.id)
    if (by !== undefined) throw new AppError('ERR_INVOICE_CANCELLED', { invoice: draft.cancels.number, by })
    return
  }
  const invoice = inForce(state, draft.orderId)?.number
  if (invoice !== undefined) throw new AppError('ERR_INVOICE_EXISTS', { order: draft.orderCode, invoice })
}

/** What the counter asks, over the shared state. */
export const counterInMemory = (state: MemoryState): CounterStore => ({
  async loadWaitingPieces(skus) {
    const wanted = new Set(skus)
    const pieces = new Map<string, number>()
    for (const order of state.orders.values()) {
      if (order.status !== 'received' && order.status !== 'on-hold') continue
      for (const line of order.lines)
        if (wanted.has(line.sku)) pieces.set(line.sku, (pieces.get(line.sku) ?? 0) + piecesOf(line))
    }
    return [...pieces]
      .map(([sku, count]) => ({ sku, pieces: count }))
      .filter((row) => row.pieces > 0)
      .sort((a, b) => compareText(a.sku, b.sku))
  },
  async listToCollect() {
    const ends: ReadonlySet<string> = new Set(['delivered', 'returned', 'cancelled'])
    return [...state.orders.values()]
      .filter((order) => order.service === 'collect' && !ends.has(order.status))
      .flatMap((order) => {
        const packed = parcelsOf(state, new Set([order.id])).filter((parcel) => parcel.status === 'packed')
        if (packed.length === 0) return []
        const ids = new Set(packed.map((parcel) => parcel.id))
        const at = [...state.events.values()]
          .filter((event) => event.status === 'packed' && ids.has(event.parcelId ?? ''))
          .map((event) => event.at)
        const readySince = at.length === 0 ? order.importedAt : Math.max(...at)
        return [{ orderId: order.id, orderCode: order.code, readySince, letters: packed.map(({ letter }) => letter) }]
      })
      .sort((a, b) => a.readySince - b.readySince || compareText(a.orderId, b.orderId))
  },
})
