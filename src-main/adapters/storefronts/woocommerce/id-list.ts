import { z } from 'zod'
import { AppError } from '../../../kernel/errors.ts'
import type { EpochMs } from '../../../kernel/time.ts'
import type { WooHost } from './woo-host.ts'

/** A host that cannot give a large page in time may manage a small one. */
const pageSizes = [100, 50, 20, 5] as const

export interface ListRequest {
  readonly path: string
  readonly query: Readonly<Record<string, string | undefined>>
}

/** Where reading goes on: `offset` into the list sorted by id, and the highest id read so far (0 = none). */
export interface ListPosition {
  readonly offset: number
  readonly lastId: number
}

export const listStart: ListPosition = { offset: 0, lastId: 0 }

export interface ListSlice {
  /** Rows with an id above the position's, ascending; as they came. */
  readonly rows: readonly { readonly id: number }[]
  readonly next: ListPosition
  readonly isDone: boolean
  readonly hostNow: EpochMs | undefined
}

export interface IdLists {
  /** The next rows of a list. Throws what the host's call throws; then the same position is right again. */
  read(request: ListRequest, position: ListPosition): Promise<ListSlice>
  /** Every row of a list. `onHostNow` is told the host's clock at the first answer, where it says one. */
  readAll(request: ListRequest, onHostNow?: (at: EpochMs) => void): Promise<readonly { readonly id: number }[]>
}

const row = z.looseObject({ id: z.number().int().positive() })
const rows = z.array(row)

/**
 * Reads lists by ascending id so that nothing is skipped while rows come and go. Pages are cut by offset, and each
 * begins with the last row of the one before. Whatever disappears shifts the rest to the left, and then the first row is
 * one we have not seen: the seam has moved, and reading goes back until the two pages overlap again. What comes in
 * behind us has changed since we began, and is in the next window. Totals are never looked at; a list ends when a page
 * that is not full brings nothing new.
 */
export function idLists(host: WooHost, most: number = pageSizes[0]): IdLists {
  let step = 0
  // Two at least: a page begins with a row that is known.
  const sizeNow = (): number => Math.max(2, Math.min(most, pageSizes[step] ?? most))
  const readPage = async (request: ListRequest, offset: number, limit: number) => {
    const query = { ...request.query, orderby: 'id', order: 'asc', per_page: String(limit), offset: String(offset) }
    try {
      const answer = await host.call({ method: 'GET', path: request.path, query })
      step = Math.max(0, step - 1)
      return { found: rowsOf(host, request.path, answer.json), hostNow: answer.hostNow }
    } catch (error) {
      if (!isTooMuch(error) || step === pageSizes.length - 1) throw error
      step += 1
      return undefined
    }
  }
  const read = async (request: ListRequest, position: ListPosition): Promise<ListSlice> => {
    let offset = position.offset
    for (;;) {
      const limit = sizeNow()
      const page = await readPage(request, offset, limit)
      if (!page) continue
      const first = page.found[0]
      const hasGap = offset > 0 && (first === undefined || first.id > position.lastId)
      if (!hasGap) return sliceOf({ ...page, offset, limit, position })
      offset = Math.max(0, offset - limit)
    }
  }
  return {
    read,
    async readAll(request, onHostNow) {
      const all: { readonly id: number }[] = []
      let position = listStart
      for (;;) {
        const slice = await read(request, position)
        if (position === listStart && slice.hostNow !== undefined) onHostNow?.(slice.hostNow)
        all.push(...slice.rows)
        if (slice.isDone) return all
        position = movedOn(host, request.path, { from: position, slice })
      }
    },
  }
}

interface Page {
  readonly found: readonly { readonly id: number }[]
  readonly hostNow: EpochMs | undefined
  readonly offset: number
  readonly limit: number
  readonly position: ListPosition
}

function sliceOf({ found, hostNow, offset, limit, position }: Page): ListSlice {
  const fresh = found.filter(({ id }) => id > position.lastId)
  const lastId = fresh.at(-1)?.id ?? position.lastId
  return {
    rows: fresh,
    next: { offset: offset + Math.max(0, found.length - 1), lastId },
    isDone: fresh.length === 0 && found.length < limit,
    hostNow,
  }
}

/** The next position, which must be another one: a host that serves the same page for ever is not read for ever. */
export function movedOn(
  host: WooHost,
  path: string,
  { from, slice }: { readonly from: ListPosition; readonly slice: ListSlice },
): ListPosition {
  const { next } = slice
  if (next.offset !== from.offset || next.lastId !== from.lastId) return next
  const place = { field: 'offset', expected: 'a page that moves on' }
  throw new AppError('ERR_STOREFRONT_ANSWER', { host: host.base.host, path, what: 'wrong-shape', ...place })
}

/** The page's rows in the order they were asked for; another order or a row twice is an answer to something else. */
function rowsOf(host: WooHost, path: string, json: unknown): readonly { readonly id: number }[] {
  const parsed = rows.safeParse(json)
  const issue = parsed.success ? undefined : parsed.error.issues[0]
  const isSorted = parsed.success && parsed.data.every(({ id }, index) => index === 0 || id > (parsed.data[index - 1]?.id ?? 0)) // prettier-ignore
  if (parsed.success && isSorted) return parsed.data
  const place = { field: issue?.path.join('.') ?? 'id', expected: issue?.message ?? 'ascending ids' }
  throw new AppError('ERR_STOREFRONT_ANSWER', { host: host.base.host, path, what: 'wrong-shape', ...place })
}

const isTooMuch = (error: unknown): boolean =>
  error instanceof AppError &&
  ['no-answer-in-time', 'answer-too-large', 'answer-cut-short'].includes(String(error.details['what']))
