import type { TakeBack } from '../../domain/take-back.ts'
import type { EpochMs } from '../../kernel/time.ts'
import type { UndoChange } from '../../ports/store/order-store.ts'
import { kept as copy, type MemoryState } from './state.ts'

export const findTakeBack = (state: MemoryState, orderId: string): TakeBack | undefined =>
  [...state.takeBacks.values()].find(({ orders }) => orders.some((order) => order.orderId === orderId))

export function saveUndo(state: MemoryState, { kept, used }: UndoChange): void {
  if (used !== undefined) state.takeBacks.delete(used)
  if (!kept) return
  forgetTakeBacks(state, kept.at)
  forgetTakeBacksOf(state, new Set(kept.orders.map(({ orderId }) => orderId)))
  state.takeBacks.set(kept.id, copy(kept))
}

/** What touched any of these orders. */
export function forgetTakeBacksOf(state: MemoryState, orderIds: ReadonlySet<string>): void {
  for (const { id, orders } of state.takeBacks.values())
    if (orders.some(({ orderId }) => orderIds.has(orderId))) state.takeBacks.delete(id)
}

export function forgetTakeBacks(state: MemoryState, until: EpochMs): void {
  for (const one of state.takeBacks.values()) if (one.until <= until) state.takeBacks.delete(one.id)
}
