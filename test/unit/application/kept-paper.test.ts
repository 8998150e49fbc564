import { afterAll, describe, expect, test } from 'vitest'
import { exportManifest } from '../../../src-main/application/export-manifest.ts'
import { readDocument } from '../../../src-main/application/read-document.ts'
import { zplOf } from '../../../src-main/application/print-zpl.ts'
import type { Sealing } from '../../../src-main/domain/settings.ts'
import { makeAudit } from '../../fixtures/builders.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { issued, load, packAll, pickAll, takeOrders } from './line-of-work.ts'
import { openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

afterAll(removeTestShops)

const desk = { actor: 'cli:test', terminal: 'cli:test', isStation: false } as const
const tablet = { actor: 'station:1', terminal: 'station:1', isStation: true } as const
const secret = /Erika Geheim|Schloßallee/
const recipient = { address: { name: 'Erika Geheim', lines: ['Schloßallee 1'] } }

async function shopWith(sealing: Sealing): Promise<TestShop> {
  const shop = await openTestShop({ settings: { privacy: { sealing, labelDays: 60, purgeDaysAfterDelivery: 14 } } })
  await takeOrders(shop, [storefrontOrder({ TEA: 1 }, recipient), storefrontOrder({ TEA: 2 }, recipient)])
  return shop
}

const kept = (shop: TestShop): string =>
  [shop.written(), ...[...shop.files.values()].map((file) => new TextDecoder().decode(file))].join('\n')
const text = (read: { readonly bytes: Uint8Array }): string => new TextDecoder().decode(read.bytes)
const looks = async (shop: TestShop): Promise<number> =>
  (await shop.store.listAudit({ actions: ['look-at-paper'], offset: 0, limit: 1 })).total

async function papersOf(shop: TestShop) {
  const bundle = await load(shop, await issued(shop))
  const delivery = bundle.documents.find(({ kind }) => kind === 'delivery')
  const [label, other] = bundle.documents.filter(({ kind }) => kind === 'label')
  if (!delivery || !label || !other) throw new Error('no papers')
  const orderOf = (parcelId: string): string => bundle.parcels.find(({ id }) => id === parcelId)?.orderId ?? ''
  return { bundle, delivery, label, other, orderOf }
}

describe.each(['selection', 'off'] as const)('where the shop seals %s', (sealing) => {
  test('labels and delivery information lie sealed and open as they were issued', async () => {
    const shop = await shopWith(sealing)
    const { delivery, label, bundle } = await papersOf(shop)
    expect(kept(shop)).not.toMatch(secret)
    expect(text(await readDocument(shop.workshop, desk, label.id))).toMatch(secret)
    expect(text(await readDocument(shop.workshop, desk, delivery.id))).toMatch(secret)
    expect(await looks(shop)).toBe(2)
    const { number } = await exportManifest(shop.workshop, shop.caller, await packedFor(shop, bundle.wave.id))
    const { documents } = await shop.store.loadManifest(number)
    // Not the files: the drawing of a run sheet is a pretended one here, and repeats whatever it was given.
    expect(shop.written()).not.toMatch(secret)
    const final = documents.find(({ kind }) => kind === 'delivery')
    expect(text(await readDocument(shop.workshop, desk, final?.id ?? ''))).toMatch(secret)
  })

  test('no station is handed one, and an attempt leaves no trace of a look', async () => {
    const shop = await shopWith(sealing)
    const { delivery, label } = await papersOf(shop)
    for (const { id } of [label, delivery])
      await expect(readDocument(shop.workshop, tablet, id)).rejects.toMatchObject({ code: 'ERR_NOT_ALLOWED' })
    expect(await looks(shop)).toBe(0)
  })

  test('the hash of a label is of what lies there, so that no address can be tried out against it', async () => {
    const shop = await shopWith(sealing)
    const { label } = await papersOf(shop)
    const { hasher } = shop.workshop.system
    const opened = await readDocument(shop.workshop, desk, label.id)
    expect(label.sha256).toBe(hasher.sha256(shop.files.get(label.id) ?? ''))
    expect(label.sha256).not.toBe(hasher.sha256(opened.bytes))
  })

  test('they end with their order, and with nobody else', async () => {
    const shop = await shopWith(sealing)
    const { delivery, label, other, orderOf, bundle } = await papersOf(shop)
    await shop.store.purgeOrders([orderOf(label.subjectId)], makeAudit())
    await expect(readDocument(shop.workshop, desk, label.id)).rejects.toMatchObject({
      code: 'ERR_DOCUMENT_NOT_FOUND',
      details: { why: 'forgotten' },
    })
    await expect(zplOf(shop.workshop, label.subjectId, 203)).rejects.toMatchObject({ code: 'ERR_DOCUMENT_NOT_FOUND' })
    expect(text(await readDocument(shop.workshop, desk, other.id))).toMatch(secret)
    expect(text(await readDocument(shop.workshop, desk, delivery.id)).match(/"plain"/g)).toHaveLength(2)
    // Whoever restores a copy of the text from before finds a key that is gone.
    await shop.store.saveDocument({ ...delivery, id: 'restored' }, makeAudit())
    expect(text(await readDocument(shop.workshop, desk, 'restored')).match(/"plain"/g)).toHaveLength(2)
    expect(bundle.parcels).toHaveLength(2)
  })
})

test('what is sealed for the courier needs no second seal, and a station may read it', async () => {
  const shop = await shopWith('delivery')
  const { label } = await papersOf(shop)
  expect(label.keptFor).toBeUndefined()
  expect((await readDocument(shop.workshop, tablet, label.id)).bytes.length).toBeGreaterThan(0)
  expect(await looks(shop)).toBe(0)
})

async function packedFor(shop: TestShop, waveId: string): Promise<string> {
  await pickAll(shop, waveId)
  await packAll(shop, waveId)
  for (const { code } of await shop.store.loadCarriers())
    if ((await shop.store.loadCollection(code)).parcels.length > 0) return code
  throw new Error('nothing packed')
}
