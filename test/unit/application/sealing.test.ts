import { afterAll, describe, expect, test } from 'vitest'
import { cancelOrder } from '../../../src-main/application/change-order.ts'
import { explainOrder } from '../../../src-main/application/explain-order.ts'
import { exportManifest, exportManifests } from '../../../src-main/application/export-manifest.ts'
import { issueDocuments } from '../../../src-main/application/issue-documents.ts'
import { issueLabels } from '../../../src-main/application/issue-labels.ts'
import { reportStatus } from '../../../src-main/application/report-status.ts'
import type { DeliveryInformation } from '../../../src-main/domain/delivery-information.ts'
import type { SelectionInformation } from '../../../src-main/domain/selection.ts'
import type { Sealing } from '../../../src-main/domain/settings.ts'
import { makeAudit, makeSettings } from '../../fixtures/builders.ts'
import { personalWords, storefrontOrder } from './fake-storefront.ts'
import { issued, load, openedDelivery, packAll, packed, pickAll, planned, takeOrders } from './line-of-work.ts'
import { openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

afterAll(removeTestShops)

const privacy = (sealing: Sealing) => ({ ...makeSettings().privacy, sealing })
const found = (text: string): readonly string[] => personalWords.filter((word) => text.includes(word))

/** Everything that was drawn, and every byte that was stored as a file. */
const paper = (shop: TestShop, kind: string): string =>
  JSON.stringify(shop.papers.filter((one) => one.kind === kind).map((one) => one.told))

async function documentsOf(shop: TestShop, waveId: string) {
  const { documents } = await load(shop, waveId)
  const text = (kind: string) => documents.filter((one) => one.kind === kind).map((one) => one.text ?? '')
  return {
    selection: JSON.parse(text('selection')[0] ?? '{}') as SelectionInformation,
    delivery: await openedDelivery(shop, documents),
    all: JSON.stringify(documents),
  }
}

const recipientsOf = (delivery: readonly DeliveryInformation[]) =>
  delivery.flatMap((one) => one.routes.flatMap((route) => route.stops.flatMap((stop) => stop.parcels.map((parcel) => parcel.recipient)))) // prettier-ignore

async function run(sealing: Sealing) {
  const shop = await openTestShop({ settings: { privacy: privacy(sealing) } })
  await takeOrders(shop, [storefrontOrder({ TEA: 2, PAINT: 1 }), storefrontOrder({ MUG: 1 }, { address: { country: 'NZ' } })]) // prettier-ignore
  const waveId = await issued(shop)
  return { shop, waveId, ...(await documentsOf(shop, waveId)) }
}

describe('with recipients sealed on the delivery side', () => {
  test('nothing personal is ever handed to the store or to paper, from intake to hand-over', async () => {
    const { shop, waveId, selection, delivery } = await run('delivery')
    await pickAll(shop, waveId)
    await packAll(shop, waveId)
    const { closed } = await exportManifests(shop.workshop, shop.caller, { waveId })
    await reportStatus(shop.workshop, shop.caller)
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const refused = await exportManifest(shop.workshop, shop.caller, 'VAN').catch((error: unknown) => error)
    expect(found(shop.written())).toEqual([])
    expect(found(JSON.stringify(shop.papers))).toEqual([])
    expect(found([...shop.files.values()].map((bytes) => new TextDecoder().decode(bytes)).join())).toEqual([])
    expect(found(JSON.stringify([shop.progress, refused, await explainOrder(shop.workshop, '326-01')]))).toEqual([])
    expect(found(JSON.stringify(shop.storefront.reports))).toEqual([])
    expect(closed).toHaveLength(2)
    expect(recipientsOf(delivery).every((recipient) => 'sealed' in recipient)).toBe(true)
    expect(selection.orders.every((order) => order.recipient === undefined)).toBe(true)
  })

  test('each block opens with its courier’s key and for its own parcel alone', async () => {
    const { shop, delivery } = await run('delivery')
    const parcel = delivery.find((one) => one.carrier.code === 'VAN')?.routes[0]?.stops[0]?.parcels[0]
    if (!parcel || !('sealed' in parcel.recipient)) throw new Error('the recipient is sealed')
    const block = parcel.recipient.sealed
    const { now } = shop.clock
    const open = (keys: TestShop['keys']['VAN'], parcelNumber: string) =>
      shop.workshop.labels.open(block, { privateKeys: [{ ...keys.enc }], parcelNumber, now: now() })
    expect((await open(shop.keys.VAN, parcel.number)).recipient).toMatchObject({ name: 'Zoe Quirrenbach', city: 'Berlin' }) // prettier-ignore
    await expect(open(shop.keys.POST, parcel.number)).rejects.toMatchObject({ code: 'ERR_SEALED_BLOCK_FOREIGN' })
    await expect(open(shop.keys.VAN, 'C00000000019')).rejects.toMatchObject({ code: 'ERR_SEALED_BLOCK_MOVED' })
  })

  test('a manifest without labels is refused instead of holding recipients in clear', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const waveId = await planned(shop)
    await issueDocuments(shop.workshop, shop.caller, waveId)
    await pickAll(shop, waveId)
    await packAll(shop, waveId)
    await expect(exportManifest(shop.workshop, shop.caller, 'VAN')).rejects.toMatchObject({
      code: 'ERR_WAVE_STAGE',
      details: { missingStep: 'issue-labels' },
    })
    expect(found(shop.written())).toEqual([])
    await issueLabels(shop.workshop, shop.caller, waveId)
    expect(await exportManifest(shop.workshop, shop.caller, 'VAN')).toMatchObject({ parcels: 1 })
  })

  test('labels made before the shop began to seal do not put recipients in clear on the manifest’s side', async () => {
    const shop = await openTestShop({ settings: { privacy: privacy('off') } })
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await packed(shop)
    await shop.store.saveSettings(makeSettings({ privacy: privacy('delivery') }), makeAudit())
    const { number } = await exportManifest(shop.workshop, shop.caller, 'VAN')
    const { documents } = await shop.store.loadManifest(number)
    expect(found(JSON.stringify(documents))).toEqual([])
  })
})

describe('with recipients sealed on the selection side', () => {
  test('the selection document holds them for the counter’s key, and the label in clear', async () => {
    const { shop, selection, delivery } = await run('selection')
    expect(recipientsOf(delivery).every((recipient) => 'plain' in recipient)).toBe(true)
    const blocks = selection.orders.map((order) => order.recipient ?? '')
    expect(blocks.every((block) => block.split('.').length === 5)).toBe(true)
    expect(found(JSON.stringify(selection))).toEqual([])
    expect(found(paper(shop, 'pickSheet'))).toEqual([])
    const opened = await shop.workshop.labels.open(blocks[0] ?? '', {
      privateKeys: [await shop.workshop.vault.shopKeys.counterKey()],
      parcelNumber: selection.orders[0]?.code,
      now: shop.clock.now(),
      kind: 'counter',
    })
    expect(opened.recipient.name).toBe('Zoe Quirrenbach')
  })

  test('the manifest stays sealed and signed', async () => {
    const { shop, waveId } = await run('selection')
    await pickAll(shop, waveId)
    await packAll(shop, waveId)
    const { number } = await exportManifest(shop.workshop, shop.caller, 'VAN')
    const { documents } = await shop.store.loadManifest(number)
    const file = documents.find((document) => document.kind === 'manifest')?.text ?? ''
    expect(found(file)).toEqual([])
    const opened = await shop.workshop.manifests.open(file, { privateKeys: [{ ...shop.keys.VAN.enc }] })
    expect(opened.parcels).toHaveLength(2)
  })
})

test('with sealing off neither document holds an encrypted recipient, and neither lies in clear', async () => {
  const { selection, delivery, all } = await run('off')
  expect(found(all)).toEqual([])
  expect(recipientsOf(delivery).every((recipient) => 'plain' in recipient)).toBe(true)
  expect(selection.orders.every((order) => order.recipient === undefined)).toBe(true)
})

describe('a courier without a key', () => {
  test('stops before the first label is made, and names everybody who lacks one', async () => {
    const shop = await openTestShop({ withoutKeys: true })
    await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 }, { address: { country: 'NZ' } })])
    const waveId = await planned(shop)
    await issueDocuments(shop.workshop, shop.caller, waveId)
    await expect(issueLabels(shop.workshop, shop.caller, waveId)).rejects.toMatchObject({
      code: 'ERR_COURIER_KEY_MISSING',
      details: { carriers: ['VAN', 'POST'] },
    })
    expect(shop.papers.some((one) => one.kind === 'label')).toBe(false)
    expect((await load(shop, waveId)).documents.some((document) => document.kind === 'sealed-block')).toBe(false)
  })
})

describe('the delivery sequence', () => {
  test('is frozen: a later wave of the same collection gets numbers between', async () => {
    const shop = await openTestShop()
    const at = (lat: number) => ({ address: { coordinates: { lat, lon: 13.4 } } })
    await takeOrders(shop, [storefrontOrder({ TEA: 1 }, at(52.53)), storefrontOrder({ TEA: 1 }, at(52.6))])
    const first = await load(shop, await issued(shop))
    const frozen = first.consignments.map((one) => one.sequence).toSorted()
    expect(frozen).toEqual(['1', '2'])
    const near = first.consignments.find((one) => first.orders.find((order) => order.id === one.orderId)?.code === '326-02')?.sequence // prettier-ignore
    await takeOrders(shop, [storefrontOrder({ MUG: 1 }, at(52.601))])
    const second = await load(shop, await issued(shop))
    expect(second.consignments.map((one) => one.sequence)).toEqual([`${near}a`])
    expect(second.parcels[0]?.sequence).toBe(`${near}a`)
    expect((await load(shop, first.wave.id)).consignments.map((one) => one.sequence).toSorted()).toEqual(frozen)
  })

  test('stands in the manifest in delivery order, and a cancelled parcel leaves a gap', async () => {
    const shop = await openTestShop()
    const at = (lat: number) => ({ address: { coordinates: { lat, lon: 13.4 } } })
    const orders = await takeOrders(
      shop,
      [52.6, 52.53, 52.56].map((lat) => storefrontOrder({ TEA: 1 }, at(lat))),
    )
    const waveId = await packed(shop)
    const bundle = await load(shop, waveId)
    const second = bundle.consignments.find((one) => one.sequence === '2')
    await cancelOrder(shop.workshop, shop.caller, { order: second?.orderId ?? '', reason: 'gone' })
    const { number } = await exportManifest(shop.workshop, shop.caller, 'VAN')
    const { documents } = await shop.store.loadManifest(number)
    const delivery = JSON.parse(documents.find((one) => one.kind === 'delivery')?.text ?? '{}') as DeliveryInformation
    expect(delivery.routes.flatMap((route) => route.stops.map((stop) => stop.seq))).toEqual(['1', '3'])
    expect(orders).toHaveLength(3)
  })

  test('is numbered again in the next collection', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await exportManifests(shop.workshop, shop.caller, { waveId: await packed(shop) })
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const waveId = await packed(shop)
    expect((await load(shop, waveId)).consignments[0]?.sequence).toBe('1')
    const second = await exportManifest(shop.workshop, shop.caller, 'VAN')
    expect(second.number).toBe('VAN-20261122-2')
    await expect(exportManifest(shop.workshop, shop.caller, 'VAN')).rejects.toMatchObject({ code: 'ERR_MANIFEST_EMPTY' }) // prettier-ignore
  })
})
