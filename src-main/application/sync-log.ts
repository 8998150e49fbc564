/** What moved in one talk with a storefront; what is 0 is left out. */
export interface Moved {
  /** Orders that came, and those that had changed there. */
  readonly newOrders?: number | undefined
  readonly changedOrders?: number | undefined
  /** Found by comparing and put right: missed before, or different. */
  readonly repaired?: number | undefined
  readonly products?: number | undefined
  readonly erased?: number | undefined
  /** Orders and products that could not be read. */
  readonly refused?: number | undefined
  /** Status reports that the storefront took. */
  readonly reports?: number | undefined
  /** Stock levels that were another number there before. */
  readonly stock?: number | undefined
}

/** A line of the log. Several quiet talks in a row, or failures of one kind, are one line. */
export interface LogLine {
  /** When the last of them was over. */
  readonly at: number
  /** When the first of several was over. */
  readonly since?: number | undefined
  readonly times: number
  readonly moved: Moved
  readonly failure?: Failed | undefined
}

export interface Failed {
  readonly code: string
  readonly what?: string | undefined
  readonly host?: string | undefined
  readonly status?: number | undefined
}

const mostLines = 60

/** As much of a round's counts as the log tells. */
interface RoundCounts {
  readonly orders: { readonly new: number; readonly changed: number; readonly refused: readonly unknown[] }
  readonly reconciled?:
    { readonly foundMissing: number; readonly repaired: number; readonly refused: readonly unknown[] } | undefined
  readonly products: { readonly read: number; readonly refused: readonly unknown[] }
  readonly erased: number
  readonly stock: { readonly changed: number }
  readonly reports: { readonly sent: number }
}

/** What the counts of a round say of it; 0 of everything = nothing moved. */
export function movedIn({ orders, reconciled, products, erased, stock, reports }: RoundCounts): Moved {
  return onlyCounted({
    newOrders: orders.new,
    changedOrders: orders.changed,
    repaired: (reconciled?.foundMissing ?? 0) + (reconciled?.repaired ?? 0),
    products: products.read,
    erased,
    refused: orders.refused.length + products.refused.length + (reconciled?.refused.length ?? 0),
    reports: reports.sent,
    stock: stock.changed,
  })
}

export const onlyCounted = (moved: Moved): Moved =>
  Object.fromEntries(Object.entries(moved).filter(([, count]) => count !== undefined && count > 0))

/** The log with one more talk, newest first; lines beyond the sixtieth are forgotten. */
export function logged(
  log: readonly LogLine[],
  talk: { readonly at: number; readonly moved: Moved; readonly failure?: Failed | undefined },
): readonly LogLine[] {
  const [last, ...rest] = log
  const { failure } = talk
  const line: LogLine = { at: talk.at, times: 1, moved: talk.moved, ...(failure && { failure }) }
  if (!last || !isSameAgain(last, line)) return [line, ...log].slice(0, mostLines)
  return [{ ...line, since: last.since ?? last.at, times: last.times + 1 }, ...rest]
}

const isQuiet = ({ moved }: LogLine): boolean => Object.keys(moved).length === 0

const isSameAgain = (last: LogLine, line: LogLine): boolean =>
  isQuiet(last) &&
  isQuiet(line) &&
  last.failure?.code === line.failure?.code &&
  last.failure?.what === line.failure?.what &&
  last.failure?.status === line.failure?.status
