import type { ListQuery, Page } from '../../ports/store/catalogue-store.ts'
import { compareText } from './stock.ts'

/** Lower case without accents: what is compared when people search and sort. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()

const wordsOf = (text: string): readonly string[] => folded(text).match(/[\p{Letter}\p{Number}]+/gu) ?? []

/** True when each word of the search is the beginning of some word of the texts. */
export function isFound(search: string | undefined, texts: readonly string[]): boolean {
  const wanted = wordsOf(search ?? '')
  if (wanted.length === 0) return true
  const words = texts.flatMap(wordsOf)
  return wanted.every((beginning) => words.some((word) => word.startsWith(beginning)))
}

export interface ListShape<Row> {
  readonly idOf: (row: Row) => string
  /** What each name of `sort` compares. */
  readonly sorts: { readonly [name: string]: (row: Row) => string | number }
  readonly usual: { readonly sort: string; readonly descending: boolean }
}

/** Sorts, cuts the page out and counts. Ties go by id, rising whichever way the list is sorted. */
export function pageOf<Row>(rows: readonly Row[], query: ListQuery, shape: ListShape<Row>): Page<Row> {
  const { usual } = shape
  const isKnown = query.sort !== undefined && Object.hasOwn(shape.sorts, query.sort)
  const sort = isKnown && query.sort !== undefined ? query.sort : usual.sort
  const descending = query.descending ?? (sort === usual.sort && usual.descending)
  const valueOf = shape.sorts[sort] ?? shape.idOf
  const sorted = rows.toSorted(
    (a, b) => compare(valueOf(a), valueOf(b)) * (descending ? -1 : 1) || compareText(shape.idOf(a), shape.idOf(b)),
  )
  return { rows: sorted.slice(query.offset, query.offset + query.limit), total: rows.length }
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : compareText(folded(String(a)), folded(String(b)))
