import { readDocument } from '../../../src-main/application/read-document.ts'
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { documentSchemas } from '../../../src-main/contract/document-schemas.ts'
import { deliveryInformation, selectionInformation, userInformation } from '../../../src-main/contract/documents.ts'
import { erasePerson } from '../../../src-main/application/erase-person.ts'
import { exportManifests } from '../../../src-main/application/export-manifest.ts'
import type { DeliveryInformation } from '../../../src-main/domain/delivery-information.ts'
import type { SelectionInformation } from '../../../src-main/domain/selection.ts'
import type { Sealing } from '../../../src-main/domain/settings.ts'
import { makeAudit, makeHandling, makeMovement, makeProduct, makeSettings, testNow } from '../../fixtures/builders.ts'
import { problemsOfDocument, type DocumentName } from '../../fixtures/documents/check-document.ts'
import { storefrontOrder } from '../application/fake-storefront.ts'
import { load, packed, takeOrders } from '../application/line-of-work.ts'
import { openTestShop, removeTestShops, type TestShop } from '../application/test-shop.ts'

afterAll(removeTestShops)

/** A document as whoever asks for it is handed it. */
async function read(shop: TestShop, documentId: string): Promise<unknown> {
  const reader = { actor: 'cli:test', terminal: 'cli:test', isStation: false } as const
  const { bytes } = await readDocument(shop.workshop, reader, documentId)
  return JSON.parse(new TextDecoder().decode(bytes))
}

describe('published schemas', () => {
  test.each([...documentSchemas().keys()])('%s is what the program says', (name) => {
    const published = readFileSync(new URL(`../../../docs/protocol/${name}`, import.meta.url), 'utf8')
    expect(published, "out of date: npx -c 'node test/contract/write-document-schemas.ts'").toBe(
      documentSchemas().get(name),
    )
  })

  test('refuse a field that nobody has thought of, wherever it stands', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const { documents } = await load(shop, await packed(shop))
    const read = <Value>(kind: string): Value =>
      JSON.parse(documents.find((document) => document.kind === kind)?.text ?? '') as Value
    const selection = read<SelectionInformation>('selection')
    const withName = { ...selection, orders: selection.orders.map((order) => ({ ...order, customer: 'Zoe' })) }
    expect(problemsOfDocument('selection', withName).join()).toContain('customer')
    expect(selectionInformation.safeParse(withName).success).toBe(false)
    const withPhone = { ...read<DeliveryInformation>('delivery'), phone: '1' }
    expect(problemsOfDocument('delivery', withPhone).join()).toContain('phone')
    expect(deliveryInformation.safeParse(withPhone).success).toBe(false)
  })
})

describe('every document that is issued', () => {
  test.each<Sealing>(['delivery', 'selection', 'off'])(
    'keeps to its published schema with sealing = %s',
    async (sealing) => {
      // prettier-ignore
      const shop = await openTestShop({ settings: { privacy: { ...makeSettings().privacy, sealing } } })
      await shop.store.saveProducts(
        [
          makeProduct({
            sku: 'LADDER',
            sizeMm: [2400, 400, 120],
            weightG: 9000,
            handling: makeHandling({ ownBox: true }),
          }),
          makeProduct({ sku: 'CUSHION', sizeMm: undefined, volumeCm3: 900, weightG: 200 }),
        ],
        [makeMovement({ sku: 'LADDER', location: 'B-1', quantity: 2 }), makeMovement({ sku: 'CUSHION', location: 'C-1', lot: 'L-1', bestBefore: '2027-12-01', quantity: 2 })], // prettier-ignore
        makeAudit(),
      )
      const [first] = await takeOrders(shop, [
        storefrontOrder(
          { TEA: 2, PAINT: 1 },
          { window: { from: testNow + 3_600_000 * 9, to: testNow + 3_600_000 * 11 } },
        ),
        storefrontOrder({ LADDER: 1, CUSHION: 1 }, { address: { country: 'NZ', postcode: undefined, company: 'Kiwi Ltd' } }), // prettier-ignore
        storefrontOrder({ MUG: 1 }, { service: 'collect' }),
      ])
      const waveId = await packed(shop)
      const { closed } = await exportManifests(shop.workshop, shop.caller, { waveId })
      const issued = [...(await load(shop, waveId)).documents]
      for (const { number } of closed) issued.push(...(await shop.store.loadManifest(number)).documents)
      const checked = issued.filter(({ kind }) => kind === 'selection' || kind === 'delivery')
      expect(checked.length).toBeGreaterThanOrEqual(5)
      for (const { kind, id, fileName } of checked)
        expect([fileName, problemsOfDocument(kind as DocumentName, await read(shop, id))]).toEqual([fileName, []])

      await erasePerson(shop.workshop, shop.caller, first?.userId ?? '')
      for (const { number } of closed) {
        const { documents } = await shop.store.loadManifest(number)
        const delivery = documents.find((document) => document.kind === 'delivery')
        expect(problemsOfDocument('delivery', await read(shop, delivery?.id ?? ''))).toEqual([])
      }
    },
  )

  test('user information, opened, keeps to its published schema', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const user = await shop.store.findUser(order?.userId ?? '')
    if (!user?.personal) throw new Error('the user was taken in')
    const { personal, emailToken: _token, ...rest } = user
    const details = shop.workshop.vault.open(user.userId, personal) as object
    const document = { ...rest, ...details }
    expect(problemsOfDocument('user-information', document)).toEqual([])
    expect(userInformation.parse(document)).toMatchObject({ name: 'Zoe Quirrenbach', contact: { email: 'quirrenbach@example.org' } }) // prettier-ignore
  })
})
