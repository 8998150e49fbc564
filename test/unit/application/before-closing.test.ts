import { afterAll, describe, expect, test } from 'vitest'
import { exportManifest } from '../../../src-main/application/export-manifest.ts'
import { findPapers } from '../../../src-main/application/find-papers.ts'
import { previewManifest } from '../../../src-main/application/preview-manifest.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { openedDelivery, packed, takeOrders } from './line-of-work.ts'
import { openTestShop, removeTestShops } from './test-shop.ts'

afterAll(removeTestShops)

async function packedShop() {
  const shop = await openTestShop()
  await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 }), storefrontOrder({ TEA: 2 })])
  await packed(shop)
  return shop
}

describe('a manifest before it is closed', () => {
  test('shows the stops that the closed one has, in the same order, and nobody', async () => {
    const shop = await packedShop()
    const { stops, stays, ...courier } = await previewManifest(shop.workshop, { carrier: 'VAN', except: [] })
    expect(courier).toMatchObject({ courier: 'VAN' })
    expect(stays).toEqual([])
    const { number } = await exportManifest(shop.workshop, shop.caller, 'VAN')
    const [delivery] = await openedDelivery(shop, (await shop.store.loadManifest(number)).documents)
    const closed = delivery?.routes.flatMap((route) => route.stops) ?? []
    expect(closed.length).toBeGreaterThan(1)
    expect(stops).toEqual(
      closed.map(({ recipient: _stop, ...stop }) => ({
        ...stop,
        parcels: stop.parcels.map(({ recipient: _parcel, ...parcel }) => parcel),
      })),
    )
    expect(JSON.stringify(stops)).not.toMatch(/recipient|sealed|eyJ/)
  })

  test('leaves out what is kept back and says so, without writing anything', async () => {
    const shop = await packedShop()
    const all = await previewManifest(shop.workshop, { carrier: 'VAN', except: [] })
    const [first] = all.stops[0]?.parcels ?? []
    if (!first) throw new Error('nothing is packed')
    const less = await previewManifest(shop.workshop, { carrier: 'VAN', except: [first.number] })
    expect(less.stays).toEqual([{ number: first.number, orderCode: first.orderCode, letter: first.letter, why: 'kept' }]) // prettier-ignore
    expect(less.stops).toEqual(all.stops.slice(1))
    expect((await shop.store.loadCollection('VAN')).parcels).toHaveLength(3)
  })
})

describe('papers to print again', () => {
  test('are found by a package, by its order and by the manifest, in force and with how often they were printed', async () => {
    const shop = await packedShop()
    const { stops } = await previewManifest(shop.workshop, { carrier: 'VAN', except: [] })
    const numbers = stops.flatMap(({ parcels }) => parcels)
    const [first] = numbers
    if (!first) throw new Error('nothing is packed')
    const ofParcel = await findPapers(shop.workshop, first.number)
    expect(ofParcel.name).toBe(`${first.orderCode}${first.letter}`)
    expect(ofParcel.papers.map(({ document, printed }) => [document.kind, printed])).toEqual([
      ['label', 0],
      ['slip', 0],
    ])
    expect(await findPapers(shop.workshop, first.orderCode)).toMatchObject({ name: first.orderCode })
    const { number } = await exportManifest(shop.workshop, shop.caller, 'VAN')
    const { name, papers } = await findPapers(shop.workshop, ` ${number} `)
    expect(name).toBe(number)
    expect(papers.map(({ of, document }) => [of, document.kind])).toEqual([
      [number, 'run-sheet'],
      ...numbers.map(({ orderCode, letter }) => [`${orderCode}${letter}`, 'label']),
    ])
    await expect(findPapers(shop.workshop, 'nothing')).rejects.toMatchObject({ code: 'ERR_ORDER_NOT_FOUND' })
  })
})
