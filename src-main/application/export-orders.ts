import { AppError } from '../kernel/errors.ts'
import { formatMoney } from '../kernel/money.ts'
import { isoMinute } from '../kernel/time.ts'
import type { FulfilmentStatus } from '../domain/fulfilment.ts'
import { piecesOf, type Order } from '../domain/order.ts'
import type { WriteOptions, WrittenColumn } from '../ports/imports.ts'
import { auditEntry } from './audit.ts'
import type { WrittenFile } from './export-catalogue.ts'
import { turn } from './long-file.ts'
import { openPersonal } from './open-personal.ts'
import type { Caller, Workshop } from './workshop.ts'

export interface OrderExport extends WriteOptions {
  readonly status?: readonly FulfilmentStatus[] | undefined
  /** Names and addresses in clear: for the manager's desk alone, and written down in the audit log. */
  readonly withRecipients: boolean
}

const columns: readonly WrittenColumn[] = [
  { header: 'order', kind: 'code' },
  { header: 'code', kind: 'code' },
  { header: 'date', kind: 'text' },
  { header: 'status', kind: 'text' },
  { header: 'service', kind: 'text' },
  { header: 'sku', kind: 'code' },
  { header: 'gtin', kind: 'code' },
  { header: 'product', kind: 'text' },
  { header: 'quantity', kind: 'number' },
  { header: 'unit_price', kind: 'number' },
  { header: 'currency', kind: 'text' },
  { header: 'tax_rate', kind: 'number' },
  { header: 'country', kind: 'text' },
]

const personalColumns: readonly WrittenColumn[] = ['name', 'company', 'address_1', 'address_2', 'postcode', 'city', 'region', 'phone', 'email', 'note'].map((header) => ({ header, kind: header === 'postcode' || header === 'phone' ? 'code' : 'text' })) // prettier-ignore

const page = 500

/**
 * Orders as CSV, one row a line of an order, newest first; pieces are those that are still to be sent or were sent.
 * Without anything personal unless asked. Throws ERR_NOT_ALLOWED for recipients at any other door than the desk.
 */
export async function exportOrders(
  deps: Pick<Workshop, 'store' | 'imports' | 'vault' | 'system'>,
  caller: Caller,
  options: OrderExport,
): Promise<WrittenFile> {
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  if (options.withRecipients && caller.source !== 'desktop')
    throw new AppError('ERR_NOT_ALLOWED', { reason: 'recipients', door: caller.source })
  const rows: (readonly string[])[] = []
  let read = 0
  for (;;) {
    const { rows: found, total } = await deps.store.listOrders({ status: options.status, offset: read, limit: page })
    read += found.length
    for (const { order } of found) {
      const personal = options.withRecipients ? personalCells(deps, order) : []
      rows.push(...orderCells(order, settings.shop.zone).map((cells) => [...cells, ...personal]))
    }
    await turn(deps, caller, { step: 'export-file', done: read, total })
    if (found.length < page) break
  }
  const written = options.withRecipients ? [...columns, ...personalColumns] : columns
  await deps.store.saveAudit(
    auditEntry(deps.system, caller, {
      action: options.withRecipients ? 'export-recipients' : 'export-orders',
      entity: 'orders',
      entityId: 'file',
      facts: { orders: read },
    }),
  )
  return { fileName: 'orders.csv', csv: deps.imports.writeTable(written, rows, options), rows: rows.length }
}

const orderCells = (order: Order, zone: string): readonly (readonly string[])[] =>
  order.lines.map((line) => [
    order.externalId,
    order.code,
    isoMinute(order.placedAt, zone),
    order.status,
    order.service,
    line.sku,
    line.gtin ?? '',
    line.name,
    String(piecesOf(line)),
    formatMoney({ currency: order.currency, minor: line.unitPriceMinor }),
    order.currency,
    String(line.taxRate),
    order.country,
  ])

function personalCells(deps: Pick<Workshop, 'vault'>, order: Order): readonly string[] {
  const personal = openPersonal(deps.vault, order)
  if (!personal) return personalColumns.map(() => '')
  const { recipient, email, note } = personal
  const [first = '', ...more] = recipient.lines
  return [
    recipient.name,
    recipient.company ?? '',
    first,
    more.join(', '),
    recipient.postcode,
    recipient.city,
    recipient.region ?? '',
    recipient.phone ?? '',
    email ?? '',
    note ?? '',
  ]
}
