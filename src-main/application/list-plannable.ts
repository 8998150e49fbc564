import { pieceCount, type Order } from '../domain/order.ts'
import { mostOrders } from './run-wave.ts'
import type { Workshop } from './workshop.ts'

/** What a wave could be made of, oldest first: at most as many as one holds. */
export async function listPlannable({ store, system }: Pick<Workshop, 'store' | 'system'>): Promise<{
  readonly orders: readonly PlannableOrder[]
  readonly waiting: number
  readonly onHold: number
}> {
  const orderIds = await store.findPlannableOrders(mostOrders)
  const { orders } = await store.loadForPlanning({ orderIds, seed: 1, at: system.clock.now() })
  const count = async (status: 'received' | 'on-hold'): Promise<number> =>
    (await store.listOrders({ status: [status], offset: 0, limit: 1 })).total
  return { orders: orders.map(plannable), waiting: await count('received'), onHold: await count('on-hold') }
}

export type PlannableOrder = ReturnType<typeof plannable>

const plannable = (order: Order) => ({
  id: order.id,
  code: order.code,
  placedAt: order.placedAt,
  service: order.service,
  country: order.country,
  pieces: pieceCount(order),
  dueAt: order.window?.to,
  names: order.lines.map(({ sku, name }) => ({ sku, name })),
})
