import { kindOfText, parcelNumberOf } from '../core/kind-of-text.ts'
import type { FoundCode } from './read-codes.ts'

/** What a picture says: a label's sealed block, the number in its bars, or another text of ours (a shop's key). */
export interface Scanned {
  readonly block?: string | undefined
  readonly parcelNumber?: string | undefined
  readonly other?: string | undefined
  /** Two labels on one picture: nobody can say which number belongs to which block. */
  readonly isAmbiguous: boolean
}

/** Picks what is ours from what was found; codes of others' labels on the same parcel are passed over. */
export function sortScanned(found: readonly FoundCode[]): Scanned {
  const blocks = found.filter(({ kind, text }) => kind === 'square' && kindOfText(text) === 'label')
  const numbers = new Set(found.flatMap(({ kind, text }) => (kind === 'bars' ? (parcelNumberOf(text) ?? []) : [])))
  const other = found.find(({ kind, text }) => kind === 'square' && kindOfText(text) === 'shop-key')
  return {
    block: blocks[0]?.text,
    parcelNumber: [...numbers][0],
    other: other?.text,
    isAmbiguous: blocks.length > 1 || numbers.size > 1,
  }
}

/**
 * True when there is nothing left to look for: both codes of a label, or its square and a second look for the bars. The
 * bars alone are not enough, the square is the harder one to read.
 */
export function isWholeLabel(found: readonly FoundCode[], tries: number): boolean {
  const { block, parcelNumber, other } = sortScanned(found)
  return other !== undefined || (block !== undefined && (parcelNumber !== undefined || tries > 1))
}
