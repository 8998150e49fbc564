import { expect, test } from 'vitest'
import type { HandOver } from '../../../src-main/domain/manifest.ts'
import type { Parcel } from '../../../src-main/domain/parcel.ts'
import type { ShopMail } from '../../../src-main/domain/shop-mail.ts'
import type { Store } from '../../../src-main/ports/store/store.ts'
import { makeAudit, testNow } from '../../fixtures/builders.ts'
import { makeDocument, makeManifest, makeManifestMessage, makeReportMessage } from '../../fixtures/wave-builders.ts'
import { type MakeStore, openShop, planOne, refusal } from './shop.ts'

export function courierSuite(makeStore: MakeStore): void {
  wayTests(makeStore)
  labelTests(makeStore)
  mailTests(makeStore)
}

async function withManifest(makeStore: MakeStore) {
  const store = await openShop(makeStore)
  const { parcel, order } = await planOne(store, { status: 'packed', carrierCode: 'VAN', number: 'C00000000017' })
  const manifest = makeManifest({ parcelIds: [parcel.id] })
  const message = makeManifestMessage({
    payload: { kind: 'manifest', carrierCode: 'VAN', manifestId: manifest.id, documentId: 'd', fileName: 'f' },
  })
  await store.saveClosedManifest({
    manifest,
    documents: [],
    parcels: [],
    orders: [],
    closedWaveIds: [],
    events: [],
    reports: [makeManifestMessage(), message, makeReportMessage({ orderId: order.id })],
    audit: makeAudit(),
  })
  return { store, manifest, message, parcel, order }
}

function wayTests(makeStore: MakeStore): void {
  test('when and how a manifest was sent and received is kept beside each other', async () => {
    const { store, manifest } = await withManifest(makeStore)
    const handOver: HandOver = {
      way: 'mail',
      receipt: { kid: 'k', receivedAt: testNow, takenAt: testNow + 1, way: 'file' },
      doubt: { reason: 'foreign', at: testNow, way: 'folder' },
    }
    await store.saveManifestSent(manifest.id, { sentAt: testNow + 1 })
    await store.saveManifestSent(manifest.id, { handOver })
    await store.saveManifestSent(manifest.id, { receivedAt: testNow + 2 }, makeAudit({ action: 'take-receipt' }))
    expect((await store.loadManifest(manifest.id)).manifest).toEqual({
      ...manifest,
      sentAt: testNow + 1,
      receivedAt: testNow + 2,
      handOver,
    })
    expect((await store.listAudit({ search: 'take-receipt', offset: 0, limit: 5 })).total).toBe(1)
    await expect(store.saveManifestSent('nowhere', { sentAt: 1 })).rejects.toMatchObject(
      refusal('ERR_MANIFEST_NOT_FOUND'),
    )
  })

  test('the messages that carry a manifest are found by it', async () => {
    const { store, manifest, message } = await withManifest(makeStore)
    expect(await store.listManifestMessages([manifest.id, 'nowhere'])).toEqual([message])
    expect(await store.listManifestMessages([])).toEqual([])
  })
}

function labelTests(makeStore: MakeStore): void {
  const labelFor = ({ id, orderId }: Parcel) => makeDocument({ kind: 'carrier-label', subjectId: id, keptFor: orderId })
  const answered = async (store: Store, label: ReturnType<typeof labelFor>, replaced: readonly string[] = []) =>
    store.saveCarrierAnswer({
      parcels: [],
      labels: [label],
      replaced,
      replacedAt: testNow,
      reports: [],
      audit: makeAudit(),
    })

  test("a carrier's answer gives parcels their numbers, reports and labels", async () => {
    const { store, parcel, order } = await withManifest(makeStore)
    const label = labelFor(parcel)
    const report = makeReportMessage({ orderId: order.id, sequence: 7 })
    await store.saveCarrierAnswer({
      parcels: [{ ...parcel, tracking: 'JJD0001' }],
      labels: [label],
      replaced: [],
      replacedAt: testNow,
      reports: [report],
      audit: makeAudit(),
    })
    expect(await store.findParcel(parcel.id)).toEqual({ ...parcel, tracking: 'JJD0001' })
    expect(await store.listDocuments([parcel.id])).toContainEqual(label)
    expect(await store.findMessage(report.id)).toEqual(report)
  })

  test('a label that is replaced is withdrawn', async () => {
    const { store, parcel } = await withManifest(makeStore)
    const [old, young] = [labelFor(parcel), labelFor(parcel)]
    await answered(store, old)
    await answered(store, young, [old.id])
    expect(await store.getDocument(old.id)).toMatchObject({ withdrawnAt: testNow })
    expect(await store.getDocument(young.id)).toEqual(young)
  })

  test('purging an order names the files of its labels', async () => {
    const { store, parcel, order } = await withManifest(makeStore)
    const label = labelFor(parcel)
    await answered(store, label)
    const { documents } = await store.purgeOrders([order.id], makeAudit())
    expect(documents).toContain(label.id)
  })
}

function mailTests(makeStore: MakeStore): void {
  test("the shop's mail server is kept with its sealed password, and forgotten as a whole", async () => {
    const store = await openShop(makeStore)
    const mail: ShopMail = {
      host: 'mail.example',
      port: 465,
      security: 'tls',
      user: 'shop',
      from: 'shop@mail.example',
      certificates: 'PEM',
      sealedPassword: { wrappedKey: 'w', ciphertext: 'c' },
    }
    expect(await store.findShopMail()).toBeUndefined()
    await store.saveShopMail(mail, makeAudit())
    expect(await store.findShopMail()).toEqual(mail)
    const bare: ShopMail = { host: '127.0.0.1', port: 25, security: 'none', from: 'a@b.example' }
    await store.saveShopMail(bare, makeAudit())
    expect(await store.findShopMail()).toEqual(bare)
    await store.saveShopMail(undefined, makeAudit())
    expect(await store.findShopMail()).toBeUndefined()
  })
}
