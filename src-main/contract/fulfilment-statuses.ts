import type { FulfilmentStatus } from '../domain/fulfilment.ts'

/** Every status in the order of the work; schemas and the screens' filters are made from this list. */
export const fulfilmentStatuses = [
  'received',
  'on-hold',
  'planned',
  'picking',
  'packed',
  'handed-over',
  'out-for-delivery',
  'delivered',
  'failed',
  'returned',
  'cancelled',
] as const satisfies readonly FulfilmentStatus[]
