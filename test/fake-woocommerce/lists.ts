import { gmtText, localText, withFields, type Wire } from './wire.ts'
import { legalStatuses, showsDrafts, type Order, type Shop } from './shop.ts'

/** An answer with a status of its own; the body of an error as WordPress writes it. */
export class WireError extends Error {
  readonly status: number
  readonly code: string
  readonly data: Wire
  constructor(status: number, code: string, { message = code, ...data }: Wire & { message?: string } = {}) {
    super(message)
    this.status = status
    this.code = code
    this.data = data
  }
}

export interface Listed {
  readonly rows: readonly Wire[]
  readonly total: number
  readonly pages: number
}

const listOf = (text: string | null): readonly string[] => (text ?? '').split(',').filter((entry) => entry !== '')

/** Whole numbers in a range, or the 400 of WordPress that names parameter and range. */
function wholeNumber(query: URLSearchParams, name: string, range: { least: number; most: number; usual: number }) {
  const text = query.get(name)
  if (text === null) return range.usual
  const value = Number(text)
  if (Number.isInteger(value) && value >= range.least && value <= range.most) return value
  const message = `${name} must be between ${range.least} (inclusive) and ${range.most} (inclusive)`
  throw new WireError(400, 'rest_invalid_param', {
    message: `Invalid parameter(s): ${name}`,
    params: { [name]: message },
  })
}

interface Row {
  readonly id: number
  readonly createdAt?: number
  readonly modifiedAt: number
}

/** Filters by date and id, sorts, pages. The totals past the end are what hosts were seen to answer: 0. */
export function pageOf<Kept extends Row>(
  shop: Shop,
  query: URLSearchParams,
  { rows, wire }: { readonly rows: readonly Kept[]; readonly wire: (row: Kept) => Wire },
): Listed {
  const perPage = wholeNumber(query, 'per_page', { least: 1, most: 100, usual: 10 })
  const page = wholeNumber(query, 'page', { least: 1, most: 1e9, usual: 1 })
  const offset = query.has('offset') ? wholeNumber(query, 'offset', { least: 0, most: 1e9, usual: 0 }) : undefined
  const included = listOf(query.get('include')).map(Number)
  const kept = rows
    .filter((row) => included.length === 0 || included.includes(row.id))
    .filter((row) => isModifiedInside(shop, query, row.modifiedAt))
    .sort(orderOf(query))
  const from = offset ?? (page - 1) * perPage
  const cut = kept.slice(from, from + perPage)
  const isPastEnd = kept.length > 0 && from >= kept.length
  const total = isPastEnd ? 0 : kept.length
  const fields = query.get('_fields')
  return { rows: cut.map((row) => withFields(wire(row), fields)), total, pages: Math.ceil(total / perPage) }
}

function orderOf(query: URLSearchParams): (a: Row, b: Row) => number {
  const by = query.get('orderby') ?? 'date'
  const sign = (query.get('order') ?? 'desc') === 'asc' ? 1 : -1
  const key = (row: Row): number =>
    by === 'modified' ? row.modifiedAt : by === 'id' ? row.id : (row.createdAt ?? row.modifiedAt)
  return (a, b) => sign * (key(a) - key(b) || a.id - b.id)
}

/**
 * `modified_after` is a bare time, local or GMT as `dates_are_gmt` says, and excludes the very second. With a `Z` it
 * finds nothing on a site outside UTC.
 */
function isModifiedInside(shop: Shop, query: URLSearchParams, modifiedAt: number): boolean {
  const isGmt = ['true', '1'].includes(query.get('dates_are_gmt') ?? '')
  const own = isGmt ? gmtText(modifiedAt) : localText(shop, modifiedAt)
  for (const [name, isWanted] of [
    ['modified_after', (bound: string) => own > bound],
    ['modified_before', (bound: string) => own < bound],
  ] as const) {
    const bound = query.get(name)
    if (bound === null) continue
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?$/.test(bound)) {
      throw new WireError(400, 'rest_invalid_param', { params: { [name]: 'Invalid date.' } })
    }
    if (bound.length > 19 && shop.options.zone !== 'UTC') return false
    if (!isWanted(bound.slice(0, 19))) return false
  }
  return true
}

/** Orders with the statuses asked for; an unknown one is answered with the list of legal ones. */
export function ordersWithStatus(shop: Shop, query: URLSearchParams): readonly Order[] {
  const legal = ['any', 'trash', ...legalStatuses(shop)]
  const wanted = query.has('status') ? listOf(query.get('status')) : ['any']
  wanted.forEach((status, index) => {
    if (legal.includes(status)) return
    const said = `status[${index}] is not one of ${legal.slice(0, -1).join(', ')}, and ${legal.at(-1)}.`
    throw new WireError(400, 'rest_invalid_param', {
      message: 'Invalid parameter(s): status',
      params: { status: said },
      details: { status: { code: 'rest_not_in_enum', message: said, data: null } },
    })
  })
  const hidden = [...shop.options.hiddenStatuses, 'trash', ...(showsDrafts(shop) ? [] : ['checkout-draft'])]
  const isWanted = wanted.includes('any')
    ? (status: string) => !hidden.includes(status)
    : (status: string) => wanted.includes(status)
  return [...shop.orders.values()].filter(({ status }) => isWanted(status))
}
