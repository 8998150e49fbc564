import { afterAll, expect, test } from 'vitest'
import { setCourierTerms } from '../../../src-main/application/set-courier-terms.ts'
import { openTestShop, removeTestShops } from './test-shop.ts'

afterAll(removeTestShops)

const row = (maxGrossG: number, priceMinor: number) => ({ maxGrossG, maxLengthMm: 600, maxGirthMm: 1800, priceMinor })

test('what is left out of the terms of a courier stays, and the tariff is kept lightest first', async () => {
  const shop = await openTestShop()
  const post = async () => (await shop.store.loadCarriers()).find(({ code }) => code === 'POST')
  await setCourierTerms(shop.workshop, shop.caller, { carrier: 'POST', tariff: [row(10_000, 690), row(2000, 390)] })
  await setCourierTerms(shop.workshop, shop.caller, { carrier: 'POST', collection: '15:45', labelSize: 'A6' })
  expect(await post()).toMatchObject({ collection: '15:45', labelSize: 'A6', tariff: [row(2000, 390), row(10_000, 690)] }) // prettier-ignore
  expect((await shop.store.listAudit({ offset: 0, limit: 5 })).rows).toContainEqual(
    expect.objectContaining({
      action: 'set-courier-terms',
      entityId: 'POST',
      facts: { collection: '15:45', labelSize: 'A6', tariffRows: 2 },
    }),
  )
  await setCourierTerms(shop.workshop, shop.caller, { carrier: 'POST', tariff: [] })
  expect((await post())?.tariff).toEqual([])
})

test('a row that could never be used is refused by its number, and nothing changes', async () => {
  const shop = await openTestShop()
  const set = (tariff: ReturnType<typeof row>[]) => setCourierTerms(shop.workshop, shop.caller, { carrier: 'POST', tariff }) // prettier-ignore
  await set([row(2000, 390)])
  for (const [tariff, path] of [
    [[row(2000, 390), row(5000, 390)], 'tariff.1'],
    [[row(5000, 390), row(2000, 490)], 'tariff.2'],
    [[row(2000, 390), row(2000, 390)], 'tariff.2'],
  ] as const)
    await expect(set([...tariff])).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID', details: { path } })
  expect((await shop.store.loadCarriers()).find(({ code }) => code === 'POST')?.tariff).toEqual([row(2000, 390)])
  await expect(setCourierTerms(shop.workshop, shop.caller, { carrier: 'NONE' })).rejects.toMatchObject({ code: 'ERR_CARRIER_NOT_FOUND' }) // prettier-ignore
})
