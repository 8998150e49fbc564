import { expect, test } from 'vitest'
import { judgeOrders } from '../../property/engines/packing/judge.ts'

/** The hundred thousand random orders come in shards, one file each, so that they are spread over the cores. */
const shards = 4
const ordersInAll = 100_000

export function judgeShard(shard: 1 | 2 | 3 | 4): void {
  test(`${ordersInAll / shards} random orders with all rules: no invalid plan, every refusal's reason confirmed, part ${shard}`, () => {
    const seen = judgeOrders({ from: shard, step: shards, orders: ordersInAll / shards })
    expect(seen.faults).toEqual([])
    expect(seen.counts['orders']).toBeGreaterThanOrEqual(ordersInAll / shards)
  }, 900_000)
}
