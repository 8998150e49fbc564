import { describe, expect, test } from 'vitest'
import { planOrder, planPacking, type PackingItem } from '../../../../src-main/engines/packing/index.ts'
import { basketsOf } from '../../../../src-main/engines/packing/repeated-baskets.ts'
import { carton, item, problem } from './problems.ts'

const boxes = [carton('S', [100, 100, 60]), carton('L', [120, 100, 100])]

function ordersOf(...baskets: readonly (readonly PackingItem[])[]) {
  return { ...problem(boxes, []), orders: baskets.map((items, at) => ({ id: `o-${at}`, items })) }
}

describe('baskets that come again', () => {
  const first = [item('a', [100, 100, 50], { quantity: 2 }), item('b', [40, 30, 20]), item('huge', [900, 900, 900])]
  const renamed = first.map((line) => ({ ...line, sku: `other-${line.sku}` }))

  test('get the plan that they would get by themselves, with their own id and skus', () => {
    const given = ordersOf(first, renamed)
    const baskets = basketsOf()
    const [one, other] = given.orders
    if (!one || !other) throw new Error('two orders were given')
    baskets.keep(one, planOrder(given, one))
    expect(baskets.find(other)).toEqual(planOrder(given, other))
    expect(planPacking(given).orders).toEqual(given.orders.map((order) => planOrder(given, order)))
  })

  test('are known again only when every line is equal, rules of handling included, and skus are shared alike', () => {
    const given = ordersOf(first)
    const baskets = basketsOf()
    for (const order of given.orders) baskets.keep(order, planOrder(given, order))
    const find = (items: readonly PackingItem[]) => baskets.find({ id: 'again', items })
    expect(find(renamed)).toBeDefined()
    expect(find([...first].reverse())).toBeUndefined()
    expect(find(first.slice(1))).toBeUndefined()
    expect(find(first.map((line) => ({ ...line, sku: 'one' })))).toBeUndefined()
    expect(find(first.map((line) => ({ ...line, weightG: line.weightG + 1 })))).toBeUndefined()
    expect(find(first.map((line) => ({ ...line, handling: { ...line.handling, fragile: true } })))).toBeUndefined()
    expect(find(first.map((line) => ({ ...line, volumeCm3: 3 })))).toBeUndefined()
  })

  test('do not share a plan where cartons run out', () => {
    const given = { ...ordersOf(first, renamed), cartons: [carton('L', [120, 100, 100], { available: 1 })] }
    const [one, other] = planPacking(given).orders
    expect(one?.parcels).toHaveLength(1)
    expect(other?.parcels).toHaveLength(0)
  })
})
