import { computed, reactive, ref } from 'vue'
import type { InputOf, OutputOf } from '../../../src-main/contract/operations.ts'

export type ReturnParcel = OutputOf<'returns.find'>['parcels'][number]
type Line = ReturnParcel['lines'][number]
type Piece = InputOf<'returns.take'>['pieces'][number]
export type Fate = Piece['fate']
export type Reason = Piece['reason']

export const fates: readonly Fate[] = ['restock', 'quarantine', 'discard']
/** A line as it is being counted: pieces for each place, and why they came. */
export interface DraftLine extends Line {
  readonly count: Record<Fate, number>
  /** Pieces that are counted for the shelf without having been scanned. */
  unseen: number
  place: string
  why: Reason
}

export const countOf = ({ count }: Pick<DraftLine, 'count'>): number => count.restock + count.quarantine + count.discard

/** What a scan did to the draft. */
export type ScanOutcome =
  | { readonly kind: 'counted'; readonly line: DraftLine }
  | { readonly kind: 'too-many'; readonly line: DraftLine }
  | { readonly kind: 'placed'; readonly line: DraftLine }
  | { readonly kind: 'unknown' }

/** One parcel on the desk: what was counted so far, and what a further scan means. */
export function useReturnDraft(parcel: ReturnParcel, isPlace: (code: string) => boolean) {
  const goesTo = ref<Fate>('restock')
  const beginsWhole = parcel.isUndelivered && parcel.canComeBack
  const lines = reactive<DraftLine[]>(
    parcel.lines.map((line) => ({
      ...line,
      count: { restock: beginsWhole ? line.out : 0, quarantine: 0, discard: 0 },
      unseen: beginsWhole ? line.out : 0,
      place: line.location ?? '',
      why: parcel.isUndelivered ? 'not-delivered' : 'changed-mind',
    })),
  )
  const last = ref<string>()
  const keyOf = ({ orderLineId, sku }: Pick<Line, 'orderLineId' | 'sku'>): string => `${orderLineId} ${sku}`

  /** A piece that was counted for the shelf already may go elsewhere: undelivered parcels begin as if all were good. */
  function count(line: DraftLine): ScanOutcome {
    last.value = keyOf(line)
    const fate = goesTo.value
    const isUnseen = line.unseen > 0 && line.count.restock > 0
    if (countOf(line) < line.out) line.count[fate] += 1
    else if (fate !== 'restock' && line.count.restock > 0) {
      line.count.restock -= 1
      line.count[fate] += 1
    } else if (!isUnseen) return { kind: 'too-many', line }
    if (isUnseen) line.unseen -= 1
    return { kind: 'counted', line }
  }

  function scan(code: string): ScanOutcome {
    const plain = code.trim().toUpperCase()
    const same = lines.filter(({ sku, gtin }) => sku.toUpperCase() === plain || gtin === plain)
    const open = same.find((line) => countOf(line) < line.out) ?? same[0]
    if (open) return count(open)
    const current = lines.find((line) => keyOf(line) === last.value) ?? lines.find((line) => countOf(line) > 0)
    if (!current || !isPlace(plain)) return { kind: 'unknown' }
    current.place = plain
    return { kind: 'placed', line: current }
  }

  function everything(): void {
    for (const line of lines) line.count[goesTo.value] += line.out - countOf(line)
  }

  const pieces = computed<Piece[]>(() =>
    lines.flatMap((line) =>
      fates.flatMap((fate): Piece[] => {
        const quantity = line.count[fate]
        const { orderLineId, sku, why: reason } = line
        if (quantity <= 0) return []
        return [{ orderLineId, sku, quantity, fate, reason, ...(fate === 'restock' && { location: line.place.trim().toUpperCase() }) }] // prettier-ignore
      }),
    ),
  )
  return { lines, goesTo, last, pieces, scan, everything, keyOf }
}
