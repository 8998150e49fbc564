import { lastDayOf, namesProduct, readScan } from '../../../src-main/kernel/scanned-code.ts'

/** A placement as far as packing step by step needs it. */
interface Piece {
  readonly sku: string
}

/** How many pieces of each product. */
export function countOf(skus: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const sku of skus) counts.set(sku, (counts.get(sku) ?? 0) + 1)
  return counts
}

/**
 * The piece that goes in next, from 1, in the order of the drawing; pieces of one product are alike. Undefined when all
 * are in or nothing was drawn. A piece scanned before its turn is laid aside: its turn comes once those before it are in.
 */
export function nextPiece(placements: readonly Piece[], scanned: readonly string[]): number | undefined {
  const left = countOf(scanned)
  for (const [index, { sku }] of placements.entries()) {
    const count = left.get(sku) ?? 0
    if (count === 0) return index + 1
    left.set(sku, count - 1)
  }
  return undefined
}

/** The product that has to go in before this one, just scanned; undefined when it is its turn. */
export function firstBefore(placements: readonly Piece[], scanned: readonly string[], sku: string): string | undefined {
  const next = nextPiece(placements, scanned)
  const first = next === undefined ? undefined : placements[next - 1]?.sku
  return first === sku ? undefined : first
}

/** What a scan at the table means. `foreign`: not, or not once more, of this parcel. */
export type JudgedPiece =
  | { readonly kind: 'right'; readonly sku: string }
  | { readonly kind: 'foreign'; readonly shown: string }
  | { readonly kind: 'expired'; readonly sku: string; readonly day: string }

export interface ParcelOnTable {
  /** Pieces of each product that belong in. */
  readonly wanted: ReadonlyMap<string, number>
  readonly products: readonly { readonly sku: string; readonly gtin?: string | undefined }[]
  /** SKUs of the pieces scanned so far. */
  readonly scanned: readonly string[]
}

/** Judged at the table, so that it answers at once; the shop looks at all scans again when the parcel is confirmed. */
export function judgePiece(code: string, { wanted, products, scanned }: ParcelOnTable, today: string): JudgedPiece {
  const scan = readScan(code)
  const sku = [...wanted.keys()].find((one) =>
    namesProduct(scan, products.find((product) => product.sku === one) ?? { sku: one }),
  )
  const count = scanned.filter((one) => one === sku).length
  if (sku === undefined || count >= (wanted.get(sku) ?? 0)) return { kind: 'foreign', shown: scan.gtin ?? scan.text }
  const day = lastDayOf(scan)
  return day !== undefined && day < today ? { kind: 'expired', sku, day } : { kind: 'right', sku }
}
