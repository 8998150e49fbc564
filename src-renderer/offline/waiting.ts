import type { OutputOf } from '../../src-main/contract/operations.ts'

export type PickList = OutputOf<'pick.list'>
export type Tour = PickList['tours'][number]
export type Stop = Tour['stops'][number]

/** What a picker has confirmed, with an id made here. Nothing of customers: places, products, numbers. */
export interface Confirmation {
  readonly id: string
  readonly wave: string
  readonly tour: number
  readonly seq: number
  readonly kind: 'pick' | 'short'
  /** What was scanned; absent for `short`. */
  readonly code?: string | undefined
  readonly quantity: number
  /** For the sentence, should somebody have been faster. */
  readonly name: string
  readonly location: string
  /** When it was confirmed here, epoch milliseconds. */
  readonly at: number
  /** Who confirmed it, by their id among the staff; unknown where nobody signs in. */
  readonly by?: string | undefined
}

/** What the shop is told: how long ago it was, not when, for this machine's clock may be wrong. */
export const toldOf = ({ id, wave, tour, seq, quantity, by, at }: Confirmation, now: number) => ({
  id,
  wave,
  tour,
  seq,
  quantity,
  by,
  agoMs: Math.max(0, Math.round(now - at)),
})

/** Tours as they will be once everything that waits has been counted. Never more than a stop wants. */
export function withWaiting(tours: readonly Tour[], wave: string, waiting: readonly Confirmation[]): readonly Tour[] {
  const own = waiting.filter((one) => one.wave === wave)
  if (own.length === 0) return tours
  return tours.map((tour) => ({
    ...tour,
    stops: tour.stops.map((stop) =>
      own.filter(({ tour: seq, seq: at }) => seq === tour.seq && at === stop.seq).reduce(counted, stop),
    ),
  }))
}

function counted(stop: Stop, { kind, quantity }: Confirmation): Stop {
  const count = Math.min(quantity, openOf(stop))
  return kind === 'pick' ? { ...stop, picked: stop.picked + count } : { ...stop, short: stop.short + count }
}

export const openOf = (stop: Pick<Stop, 'quantity' | 'picked' | 'short'>): number =>
  Math.max(0, stop.quantity - stop.picked - stop.short)

/** The list after an answer, until it is read again. */
export const withAnswer = (
  list: PickList,
  answer: { readonly tour: number; readonly seq: number; readonly picked: number; readonly short: number },
): PickList => ({
  ...list,
  tours: list.tours.map((tour) =>
    tour.seq !== answer.tour
      ? tour
      : {
          ...tour,
          stops: tour.stops.map((stop) =>
            stop.seq === answer.seq ? { ...stop, picked: answer.picked, short: answer.short } : stop,
          ),
        },
  ),
})

/** What may lie on a station's disk: who ordered is none of it, not even sealed or as a pseudonym. */
export function withoutPeople(list: PickList): PickList {
  const orders = list.selection.orders.map(({ recipient: _sealed, ...order }) => ({ ...order, userId: '' }))
  return { ...list, selection: { ...list.selection, orders } }
}

/**
 * What became of a confirmation that the shop refused after a while offline, as the key of a sentence: somebody else took
 * those pieces, the parcel was cancelled, the wave is over, its tours were planned anew; or something else.
 */
export type Conflict = 'taken' | 'cancelled' | 'over' | 'planned-anew' | 'other'

const conflictByCode: Readonly<Record<string, Conflict>> = {
  ERR_PICK_TOO_MANY: 'taken',
  ERR_STATUS_NOT_ALLOWED: 'cancelled',
  ERR_WAVE_STAGE: 'over',
  ERR_INPUT_INVALID: 'planned-anew',
  ERR_WAVE_NOT_FOUND: 'planned-anew',
  ERR_PICK_WRONG_PRODUCT: 'planned-anew',
}
export const conflictOf = (code: string): Conflict => conflictByCode[code] ?? 'other'

/** Failures that say nothing of the confirmation itself: it waits, and is told again. */
const forLater: ReadonlySet<string> = new Set([
  'ERR_SERVER_UNREACHABLE',
  'ERR_NOT_PAIRED',
  'ERR_SIGN_IN_NEEDED',
  'ERR_NOT_ALLOWED',
  'ERR_TOO_MANY_TRIES',
  'ERR_STORE_LOCKED',
  'ERR_DISK',
  'ERR_INTERNAL',
])
export const isForLater = (code: string): boolean => forLater.has(code)
