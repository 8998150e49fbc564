import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { cancelOrder, holdOrder } from '../../../src-main/application/change-order.ts'
import { changeAddress } from '../../../src-main/application/change-address.ts'
import { splitOrder } from '../../../src-main/application/follow-up.ts'
import { mergeOrders } from '../../../src-main/application/merge-orders.ts'
import { takeBack } from '../../../src-main/application/take-back.ts'
import { pieceCount, piecesOf } from '../../../src-main/domain/order.ts'
import { counterAddress, orderOf, place, removeCounterShops } from '../../unit/application/counter-shop.ts'
import { openTestShop, type TestShop } from '../../unit/application/test-shop.ts'

afterAll(removeCounterShops)

const lines = fc.uniqueArray(fc.record({ code: fc.constantFrom('TEA', 'MUG', 'PAINT'), quantity: fc.integer({ min: 1, max: 2 }) }), { minLength: 1, maxLength: 3, selector: ({ code }) => code }) // prettier-ignore
const hardship = fc.record({ isHeld: fc.boolean(), parted: fc.nat({ max: 2 }) })
const deeds = fc.array(fc.constantFrom('merge', 'merge-the-other-way', 'address', 'cancel'), { minLength: 1, maxLength: 4 }) // prettier-ignore
const days = fc.record({ first: lines, second: lines, one: hardship, two: hardship, deeds })
type Day = typeof days extends fc.Arbitrary<infer Value> ? Value : never

async function twoOrders(shop: TestShop, day: Day): Promise<readonly [string, string]> {
  const customer = { name: 'Quirrenbach', address: counterAddress }
  const first = await place(shop, { service: 'standard', customer, lines: day.first, shippingMinor: 490, acceptShort: true }) // prettier-ignore
  const { userId } = await orderOf(shop, first.code)
  const second = await place(shop, { service: 'standard', customer: { ...customer, userId }, lines: day.second, acceptShort: true }) // prettier-ignore
  for (const [code, { isHeld, parted }] of [[first.code, day.one], [second.code, day.two]] as const) {
    const order = await orderOf(shop, code)
    const line = order.lines.at(parted % order.lines.length)
    if (parted > 0 && line && pieceCount(order) > piecesOf(line))
      await splitOrder(shop.workshop, shop.caller, { order: code, parts: [{ orderLineId: line.id, quantity: 1 }] })
    if (isHeld) await holdOrder(shop.workshop, shop.caller, code)
  } // prettier-ignore
  return [first.code, second.code]
}

function doneTo(
  [first, second]: readonly [string, string],
  { workshop, caller }: TestShop,
  deed: string,
): Promise<unknown> {
  switch (deed) {
    case 'merge':
      return mergeOrders(workshop, caller, { into: first, other: second })
    case 'merge-the-other-way':
      return mergeOrders(workshop, caller, { into: second, other: first })
    case 'address': {
      const recipient = { name: 'Else', lines: ['Street 1'], postcode: '20095', city: 'Hamburg', country: 'DE' }
      return changeAddress(workshop, caller, { order: first, recipient })
    }
    default:
      return cancelOrder(workshop, caller, { order: first, reason: 'by-customer' })
  }
}

test('whatever is done to orders and taken back leaves them as they were, to the last line and the sealed address', async () => {
  await fc.assert(
    fc.asyncProperty(days, async (day) => {
      const shop = await openTestShop()
      const codes = await twoOrders(shop, day)
      const world = () => Promise.all(codes.map((code) => orderOf(shop, code)))
      const before = await world()
      const pieces = before.reduce((sum, order) => sum + pieceCount(order), 0)
      for (const deed of day.deeds) {
        await doneTo(codes, shop, deed)
        const living = (await world()).filter(({ status }) => status !== 'cancelled')
        if (deed.startsWith('merge')) expect(living.reduce((sum, order) => sum + pieceCount(order), 0)).toBe(pieces)
        await takeBack(shop.workshop, shop.caller, { order: codes[0] })
        expect(await world()).toEqual(before)
      }
    }),
    { seed: 4711, numRuns: 40 },
  )
}, 20_000)
