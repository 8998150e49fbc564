import { afterAll, describe, expect, test } from 'vitest'
import { exportReport } from '../../../src-main/application/export-report.ts'
import { listDue } from '../../../src-main/application/list-due.ts'
import { reportFlow } from '../../../src-main/application/report-flow.ts'
import { reportWork } from '../../../src-main/application/report-work.ts'
import { postageOf } from '../../../src-main/domain/postage.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { issued, load, packAll, pickAll, takeOrders } from './line-of-work.ts'
import { openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

afterAll(removeTestShops)

/** Three orders picked and packed, one more on hold. */
async function workedShop(): Promise<TestShop> {
  const shop = await openTestShop()
  await takeOrders(shop, [
    storefrontOrder({ TEA: 2 }),
    storefrontOrder({ MUG: 1 }),
    storefrontOrder({ TEA: 1, MUG: 1 }),
  ])
  const wave = await issued(shop)
  await pickAll(shop, wave)
  await packAll(shop, wave)
  await takeOrders(shop, [storefrontOrder({ NOBODY: 1 })])
  return shop
}

describe('reports of a shop that was worked in', async () => {
  const shop = await workedShop()
  const { tours } = await load(shop, (await shop.store.listWaves({ offset: 0, limit: 1 })).rows[0]?.wave.id ?? '')

  test('count orders on the day of the shop, and how many an hour were packed', async () => {
    const flow = await reportFlow(shop.workshop, {})
    expect(flow.days).toHaveLength(7)
    expect(flow.days.at(-1)).toMatchObject({ packed: 3, packedParcels: 3 })
    expect(flow.hours.reduce((sum, hour) => sum + hour.packed, 0)).toBe(3)
    expect(flow.ordersPerHour * flow.workedHours).toBe(3)
  })

  test('know what was walked: in the planned order as far as planned', async () => {
    const { walk } = await reportWork(shop.workshop, {})
    expect(walk.tours).toBe(tours.length)
    expect(walk.plannedMm).toBe(tours.reduce((sum, tour) => sum + tour.lengthMm, 0))
    expect(walk.walkedMm).toBe(walk.plannedMm)
    expect(walk.days.at(-1)?.walkedMm).toBe(walk.walkedMm)
  })

  test('price what was packed: cartons at what they cost, postage by tariff or said to be unknown', async () => {
    const { parcels, cartons } = await reportWork(shop.workshop, {})
    expect(parcels).toMatchObject({ orders: 3, parcels: 3, spread: [{ parcels: 1, orders: 3 }] })
    expect(cartons.reduce((sum, one) => sum + one.used, 0)).toBe(3)
    expect(cartons.reduce((sum, one) => sum + one.costMinor, 0)).toBe(parcels.cartonMinor)
  })

  test('refuse a period that ends before it begins, and one nobody can read', async () => {
    await expect(reportFlow(shop.workshop, { from: '2026-11-02', to: '2026-11-01' })).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' }) // prettier-ignore
    await expect(reportFlow(shop.workshop, { from: '2020-01-01', to: '2026-01-01' })).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' }) // prettier-ignore
  })

  test.each(['days', 'hours', 'walks', 'cartons', 'late', 'reorder', 'count'] as const)(
    'give their %s as a table, every line as wide as its head',
    async (part) => {
      const { csv, rows, fileName } = await exportReport(shop.workshop, { part })
      const [head = '', ...lines] = csv.trim().split('\r\n')
      expect(lines).toHaveLength(rows)
      const separator = head.includes(';') ? ';' : ','
      for (const line of lines) expect(line.split(separator)).toHaveLength(head.split(separator).length)
      expect(fileName).toMatch(new RegExp(`^report-${part}-\\d{4}-\\d{2}-\\d{2}-\\d{4}-\\d{2}-\\d{2}\\.csv$`))
    },
  )

  test('tell what is due at the next collection and what is in the way', async () => {
    const due = await listDue(shop.workshop)
    expect(due.collections.reduce((sum, one) => sum + one.packed, 0)).toBe(3)
    expect(due.collections.every((one) => one.open === 0)).toBe(true)
    expect(due.problems).toContainEqual({ what: 'unknown', count: 1 })
  })
})

test('a name that would run as a formula is harmless in a report', async () => {
  const shop = await workedShop()
  const found = await shop.store.findProduct('TEA')
  if (!found) throw new Error('the test shop sells tea')
  const audit = { id: 'a', at: 0, actor: 'test', action: 'test', entity: 'product', entityId: 'TEA' }
  await shop.store.saveProducts([{ ...found.product, name: '=HYPERLINK("http://x","y")' }], [], audit)
  const { csv } = await exportReport(shop.workshop, { part: 'reorder' })
  expect(csv).not.toMatch(/(^|[,;"])=HYPERLINK/m)
})

test('postage is the cheapest row that fits; girth is twice the two shorter sides', () => {
  const row = { maxGrossG: 2_000, maxLengthMm: 600, maxGirthMm: 800, priceMinor: 490 }
  const tariff = [row, { maxGrossG: 31_500, maxLengthMm: 1_200, maxGirthMm: 2_400, priceMinor: 990 }]
  expect(postageOf({ tariff }, { outerMm: [300, 200, 150], grossG: 900 })).toBe(490)
  expect(postageOf({ tariff }, { outerMm: [150, 300, 260], grossG: 900 })).toBe(990)
  expect(postageOf({ tariff }, { outerMm: [300, 200, 150], grossG: 40_000 })).toBeUndefined()
  expect(postageOf({ tariff: [] }, { outerMm: [1, 1, 1], grossG: 1 })).toBeUndefined()
})
