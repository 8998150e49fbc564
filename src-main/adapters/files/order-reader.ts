import type {
  Imported,
  ImportedOrder,
  ImportProblem,
  OrderDefaults,
  ReadColumn,
  Table,
  TableReading,
  TableRow,
} from '../../ports/imports.ts'
import type {
  PostalAddress,
  StorefrontOrder,
  StorefrontOrderLine,
  StorefrontOrderStatus,
} from '../../ports/storefront.ts'
import { countryCode } from './country-names.ts'
import { readDay } from './day-cells.ts'
import { linesInOneCell, type ToldLine } from './line-items.ts'
import { orderFields, type AddressPart } from './order-column-names.ts'
import { columnPlan, RowCells, type ColumnPlan } from './row-cells.ts'
import { decideColumns } from './table-columns.ts'
import { wallInstant } from './wall-instant.ts'

interface Reading extends OrderDefaults {
  readonly plan: ColumnPlan
  readonly dayFirst: boolean | undefined
}

/**
 * Reads a table as orders: one row a line of an order, grouped by its number; a row without number goes on with the
 * order above. What concerns the order as a whole is taken from its first row. An order with anything wrong is left out
 * as a whole: half an order would be sent. No name and no address is ever part of a problem.
 */
export function orderReader(table: Table, defaults: OrderDefaults): TableReading<ImportedOrder> {
  const columns = decideColumns(table, orderFields, defaults)
  const plan = columnPlan(columns, orderFields)
  const dayFirst = columns.find(({ field }) => field === 'placedAt')?.dayFirst
  const reading: Reading = { ...defaults, plan, dayFirst }
  const groups = groupsOf(table, plan)
  const open = openHeaders(table, columns, defaults)
  const needed = plan.indexByField.has('lineItems') ? ['number', 'placedAt'] : ['number', 'placedAt', 'sku', 'quantity']
  return {
    columns,
    missingFields: needed.filter((field) => !plan.indexByField.has(field)),
    rowCount: groups.length,
    read: (from, to) => {
      const read = readOrders(reading, groups.slice(from, to))
      return {
        ...read,
        problems: read.problems.map((problem) => (open.has(problem.column) ? problem : { ...problem, value: '' })),
      }
    },
  }
}

/**
 * Columns whose values may be repeated in a problem: those that are read as their header says. A column that somebody
 * has chosen otherwise may hold names and addresses, whatever it was chosen for.
 */
function openHeaders(table: Table, columns: readonly ReadColumn[], defaults: OrderDefaults): ReadonlySet<string> {
  const proposed = decideColumns(table, orderFields, { ...defaults, columns: undefined })
  return new Set(columns.flatMap(({ header, field }, at) => (proposed[at]?.field === field ? [header] : [])))
}

type Group = readonly [TableRow, ...TableRow[]]

function groupsOf(table: Table, plan: ColumnPlan): readonly Group[] {
  const at = plan.indexByField.get('number') ?? -1
  const groups = new Map<string, [TableRow, ...TableRow[]]>()
  let number = ''
  for (const row of table.rows) {
    number = row.cells[at] || number
    const group = groups.get(number)
    if (group) group.push(row)
    else groups.set(number, [row])
  }
  return [...groups.values()]
}

function readOrders(
  reading: Reading,
  groups: readonly Group[],
): Imported<ImportedOrder> & { readonly skipped: number } {
  const rows: ImportedOrder[] = []
  const problems: ImportProblem[] = []
  let skipped = 0
  for (const group of groups) {
    const reads = group.map((row) => new RowCells(reading.plan, row))
    const [head = new RowCells(reading.plan, group[0])] = reads
    const status = statusOf(head)
    // What the other side has finished is no work for us.
    if (status === 'completed') {
      skipped++
      continue
    }
    const order = orderOf({ head, reads, reading, status })
    const wrong = reads.flatMap((read) => read.problems)
    if (wrong.length > 0) problems.push(...wrong)
    else rows.push({ line: group[0].line, order })
  }
  return { rows, problems, skipped }
}

interface OrderRows {
  readonly head: RowCells
  readonly reads: readonly RowCells[]
  readonly reading: Reading
  readonly status: StorefrontOrderStatus
}

function orderOf({ head, reads, reading, status }: OrderRows): StorefrontOrder {
  const number = head.required('number')
  const currency = head.text('currency')?.toUpperCase() ?? reading.currency
  const placedAt = placedAtOf(head, reading)
  const deliveryAddress = addressOf(head, 'to', reading) ?? addressOf(head, 'billing', reading)
  const lines = linesOf(reads, currency)
  const goods = lines.reduce((sum, line) => sum + line.unitPrice.minor * line.quantity, 0)
  const tax = lines.reduce((sum, line) => sum + taxIn(line), 0)
  const money = (minor: number) => ({ currency, minor })
  const email = head.text('email')
  return {
    id: number,
    number,
    status,
    placedAt,
    changedAt: placedAt,
    user: {
      // An e-mail address makes a returning customer; without one every order is a customer of its own.
      userId: reading.userIdOf(email?.toLowerCase() ?? `order ${number}`),
      kind: 'guest',
      identifiedBy: 'external',
      identifiedAt: placedAt,
      locale: reading.locale,
      name: deliveryAddress?.name,
      contact: { email, phone: deliveryAddress?.phone ?? head.text('billingPhone') },
      deliveryAddresses: deliveryAddress ? [deliveryAddress] : [],
      deliveryWishes: {},
    },
    deliveryAddress,
    service: serviceOf(head),
    instructions: head.text('note'),
    lines,
    totals: { goods: money(goods), shipping: money(0), tax: money(tax), total: money(goods) },
    currency,
  }
}

const taxIn = ({ unitPrice, quantity, taxRate }: StorefrontOrderLine): number =>
  Math.round((unitPrice.minor * quantity * taxRate) / (100 + taxRate))

function placedAtOf(head: RowCells, { dayFirst, zone }: Reading): number {
  const cell = head.text('placedAt')
  const wall = cell === undefined ? undefined : readDay(cell, dayFirst)
  if (wall) return wallInstant(wall, zone)
  head.wrong('placedAt', cell === undefined ? 'missing' : dayFirst === undefined && cell.includes('/') ? 'day-or-month' : 'like-2026-03-15-14:22') // prettier-ignore
  return 0
}

const statuses: ReadonlyMap<string, StorefrontOrderStatus> = new Map([
  ...['', 'open', 'processing', 'paid', 'new', 'received', 'in bearbeitung', 'offen', 'bezahlt', '処理中', '新規', '入金済み'].map((word) => [word, 'open'] as const),
  ...['on-hold', 'on hold', 'pending', 'pending payment', 'in wartestellung', 'wartend', 'zahlung ausstehend', 'ausstehend', '保留中', '保留', '支払い待ち'].map((word) => [word, 'on-hold'] as const),
  ...['cancelled', 'canceled', 'refunded', 'failed', 'storniert', 'abgebrochen', 'rückerstattet', 'erstattet', 'fehlgeschlagen', 'キャンセル', 'キャンセル済み', '返金済み', '失敗'].map((word) => [word, 'cancelled'] as const),
  ...['completed', 'complete', 'shipped', 'delivered', 'abgeschlossen', 'fertiggestellt', 'versandt', '完了', '発送済み'].map((word) => [word, 'completed'] as const),
]) // prettier-ignore

function statusOf(head: RowCells): StorefrontOrderStatus {
  const word = (head.text('status') ?? '').normalize('NFKC').toLowerCase().replace(/^wc-/, '')
  const status = statuses.get(word)
  if (status === undefined) head.wrong('status', 'one-of-open-on-hold-cancelled-completed')
  return status ?? 'open'
}

function serviceOf(head: RowCells): StorefrontOrder['service'] {
  const word = (head.text('service') ?? '').toLowerCase()
  if (/collect|pick-?\s?up|abhol|受取|受け取り/.test(word)) return 'collect'
  return /express|eil|priority|速達|お急ぎ/.test(word) ? 'express' : 'standard'
}

function addressOf(head: RowCells, kind: 'to' | 'billing', reading: Reading): PostalAddress | undefined {
  const part = (name: AddressPart): string | undefined => head.text(`${kind}${name}`)
  const street = [part('Address1'), part('Address2')].filter((line) => line !== undefined)
  const city = part('City')
  if (street.length === 0 && city === undefined && part('Postcode') === undefined) return undefined
  const name = part('Name') ?? [part('FirstName'), part('LastName')].filter(Boolean).join(' ')
  const told = part('Country')
  const country = told === undefined ? reading.country : countryCode(told)
  for (const [field, value] of [
    ['Address1', street[0]],
    ['City', city ?? part('Region')],
    ['Name', name || part('Company')],
  ] as const)
    // prettier-ignore
    if (value === undefined) head.wrongPrivately(`${kind}${field}`, 'missing')
  if (country === undefined) head.wrongPrivately(`${kind}Country`, 'country-unknown')
  return {
    name: name || (part('Company') ?? ''),
    company: part('Company'),
    lines: street,
    postcode: part('Postcode'),
    city: city ?? part('Region') ?? '',
    region: part('Region'),
    country: country ?? reading.country,
    phone: part('Phone') ?? head.text('billingPhone'),
  }
}

function linesOf(reads: readonly RowCells[], currency: string): readonly StorefrontOrderLine[] {
  const told = reads.flatMap((read) => (read.has('lineItems') ? listedLines(read, currency) : [lineOf(read, currency)]))
  return told.map((line, index) => ({
    id: String(index + 1),
    productId: line.sku,
    sku: line.sku,
    name: line.name,
    quantity: line.quantity,
    unitPrice: { currency, minor: line.unitMinor },
    taxRate: line.taxRate,
  }))
}

function lineOf(read: RowCells, currency: string): ToldLine {
  const sku = read.required('sku')
  const quantity = read.count('quantity', 1)
  if (quantity === undefined && read.text('quantity') === undefined) read.wrong('quantity', 'missing')
  const whole = read.money('lineTotal', currency)
  const unitMinor = read.money('unitPrice', currency) ?? Math.round((whole ?? 0) / (quantity ?? 1))
  return {
    sku,
    name: read.text('itemName') ?? sku,
    quantity: quantity ?? 1,
    unitMinor,
    taxRate: read.percent('taxRate') ?? 0,
  }
}

function listedLines(read: RowCells, currency: string): readonly ToldLine[] {
  const lines = linesInOneCell(read.text('lineItems') ?? '', currency)
  // The cell may hold what the customer wrote: it is not repeated.
  if (lines === undefined) read.wrongPrivately('lineItems', 'like-sku:ABC|quantity:2|total:9.98')
  return lines ?? []
}
