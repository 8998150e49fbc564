import type { UnplannedOrder } from '../domain/wave.ts'
import { pieceCount, type Order } from '../domain/order.ts'
import { mostOrders, usualSeed } from './run-wave.ts'
import type { Workshop } from './workshop.ts'

/** As many orders on hold as anybody reads through before planning; all of them are counted. */
const mostHeldTold = 50

/** What a wave could be made of, oldest first: at most as many as one holds. And what it cannot be made of yet, and why. */
export async function listPlannable({ store, system }: Pick<Workshop, 'store' | 'system'>): Promise<{
  readonly orders: readonly PlannableOrder[]
  readonly waiting: number
  readonly onHold: number
  readonly held: readonly UnplannedOrder[]
}> {
  const orderIds = await store.findPlannableOrders(mostOrders)
  const { orders } = await store.loadForPlanning({ orderIds, seed: usualSeed, at: system.clock.now() })
  const waiting = await store.listOrders({ status: ['received'], offset: 0, limit: 1 })
  const held = await store.listOrders({ status: ['on-hold'], offset: 0, limit: mostHeldTold })
  return {
    orders: orders.map(plannable),
    waiting: waiting.total,
    onHold: held.total,
    held: held.rows.map(({ order: { id, code, holds } }) => ({
      orderId: id,
      orderCode: code,
      reasons: holds.map(({ code: reason, facts }) => ({ code: reason, facts })),
    })),
  }
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
