import type { InputOf } from '../../../src-main/contract/operations.ts'

export type FulfilmentStatus = NonNullable<InputOf<'orders.list'>['status']>[number]

/** What of all orders is shown: those in one of these statuses (none = any). Never what was searched: that may be a name. */
export interface OrderFilter {
  readonly name: string
  readonly statuses: readonly FulfilmentStatus[]
}

/** Filters that every shop needs; `name` is a text under `orders.filters`. */
export const readyFilters: readonly OrderFilter[] = [
  { name: 'new', statuses: ['received'] },
  { name: 'held', statuses: ['on-hold'] },
  { name: 'work', statuses: ['planned', 'picking', 'packed'] },
  { name: 'away', statuses: ['handed-over', 'out-for-delivery'] },
  { name: 'back', statuses: ['failed', 'returned'] },
  { name: 'ended', statuses: ['delivered', 'cancelled'] },
]

/** The same statuses, in whatever order. */
export const isSameFilter = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((status) => other.includes(status))

/** Own filters with one more; one of the same name gives way. */
export const withFilter = (own: readonly OrderFilter[], filter: OrderFilter): readonly OrderFilter[] => [
  ...own.filter(({ name }) => name !== filter.name),
  filter,
]
