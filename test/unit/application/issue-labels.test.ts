import { afterAll, describe, expect, test } from 'vitest'
import { issueDocuments } from '../../../src-main/application/issue-documents.ts'
import { issueLabels } from '../../../src-main/application/issue-labels.ts'
import { runWave } from '../../../src-main/application/run-wave.ts'
import type { Documents } from '../../../src-main/ports/documents.ts'
import { makeAudit, makeSettings } from '../../fixtures/builders.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { load, packAll, pickAll, planned, takeOrders } from './line-of-work.ts'
import { giveKey, openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

afterAll(removeTestShops)

const abroad = { address: { country: 'NZ' } }
const endless = { address: { lines: Array.from({ length: 8 }, (_, i) => `${i} ${'Ostrobothnian Lane '.repeat(12)}`) } }

/** A wave whose paper is issued and whose labels are not. */
async function readyForLabels(shop: TestShop, orders: readonly ReturnType<typeof storefrontOrder>[]): Promise<string> {
  await takeOrders(shop, orders)
  const waveId = await planned(shop)
  await issueDocuments(shop.workshop, shop.caller, waveId)
  return waveId
}

async function labelled(shop: TestShop, waveId: string): Promise<readonly string[]> {
  const { documents, parcels } = await load(shop, waveId)
  const inForce = documents.filter(({ withdrawnAt }) => withdrawnAt === undefined)
  return inForce
    .filter(({ kind }) => kind === 'label' || kind === 'counter-slip')
    .flatMap(({ kind, subjectId }) => `${kind} ${parcels.find(({ id }) => id === subjectId)?.orderCode}`)
    .toSorted()
}

describe('an address that no label has room for', () => {
  test('leaves its own order without a label, by name, and no other', async () => {
    const shop = await openTestShop()
    const waveId = await readyForLabels(shop, [
      storefrontOrder({ TEA: 1 }),
      storefrontOrder({ TEA: 2 }, endless),
      storefrontOrder({ MUG: 1 }, abroad),
    ])
    await expect(issueLabels(shop.workshop, shop.caller, waveId)).rejects.toMatchObject({
      code: 'ERR_SEALED_TOO_LONG',
      details: { orders: ['326-02'] },
    })
    expect(await labelled(shop, waveId)).toEqual(['label 326-01', 'label 326-03'])
    const { documents } = await load(shop, waveId)
    const told = documents.filter(({ kind }) => kind === 'delivery').map(({ text }) => text ?? '')
    expect(told.join()).not.toContain('326-02')
    expect(told.join()).toContain('326-01')
  })

  test('is named at every run until it is shorter, and nothing else is made again', async () => {
    const shop = await openTestShop()
    const waveId = await readyForLabels(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ TEA: 2 }, endless)])
    await issueLabels(shop.workshop, shop.caller, waveId).catch(() => undefined)
    const before = await load(shop, waveId)
    await expect(issueLabels(shop.workshop, shop.caller, waveId)).rejects.toMatchObject({ code: 'ERR_SEALED_TOO_LONG' })
    expect(await load(shop, waveId)).toEqual(before)
  })

  test('that is too long by its instructions alone loses those, and is sealed', async () => {
    const shop = await openTestShop()
    const wordy = storefrontOrder({ TEA: 1 }, { instructions: 'Ring at the blue door, please. '.repeat(30) })
    const waveId = await readyForLabels(shop, [wordy])
    await issueLabels(shop.workshop, shop.caller, waveId)
    expect(await labelled(shop, waveId)).toEqual(['label 326-01'])
  })
})

test('a wave that is run hands over what has its label, and then says what has none', async () => {
  const shop = await openTestShop()
  await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ TEA: 2 }, endless)])
  const waveId = await planned(shop)
  const run = (): Promise<unknown> => runWave(shop.workshop, shop.caller, waveId)
  await expect(run()).rejects.toMatchObject({ code: 'ERR_SEALED_TOO_LONG' })
  await pickAll(shop, waveId)
  await packAll(shop, waveId)
  await expect(run()).rejects.toMatchObject({ code: 'ERR_SEALED_TOO_LONG', details: { orders: ['326-02'] } })
  const { parcels } = await load(shop, waveId)
  expect(parcels.map(({ orderCode, status }) => `${orderCode} ${status}`).toSorted()).toEqual([
    '326-01 handed-over',
    '326-02 packed',
  ])
})

describe('a courier without a key', () => {
  test('holds up neither the slips for the counter nor the labels of another courier', async () => {
    const shop = await openTestShop({ withoutKeys: true })
    await giveKey(shop.workshop, shop.caller, 'POST', shop.keys.POST)
    const collected = storefrontOrder({ TEA: 1 }, { service: 'collect' })
    const waveId = await readyForLabels(shop, [
      storefrontOrder({ TEA: 1 }),
      collected,
      storefrontOrder({ MUG: 1 }, abroad),
    ])
    const missing = { code: 'ERR_COURIER_KEY_MISSING', details: { carriers: ['VAN'] } }
    await expect(issueLabels(shop.workshop, shop.caller, waveId)).rejects.toMatchObject(missing)
    expect(await labelled(shop, waveId)).toEqual(['counter-slip 326-02', 'label 326-03'])
    const before = await load(shop, waveId)
    await expect(issueLabels(shop.workshop, shop.caller, waveId)).rejects.toMatchObject(missing)
    expect(await load(shop, waveId)).toEqual(before)
    await giveKey(shop.workshop, shop.caller, 'VAN', shop.keys.VAN)
    const papers = shop.papers.length
    await issueLabels(shop.workshop, shop.caller, waveId)
    expect(shop.papers.slice(papers).map(({ kind }) => kind)).toEqual(['label'])
    expect(await labelled(shop, waveId)).toEqual(['counter-slip 326-02', 'label 326-01', 'label 326-03'])
  })
})

test('a courier who reads no SSCC gets the shop’s own numbers, and its own names of services on the label', async () => {
  const shop = await openTestShop({ settings: { shop: { ...makeSettings().shop, gs1Prefix: '9521234' } } })
  const post = (await shop.store.loadCarriers()).find(({ code }) => code === 'POST')
  if (!post) throw new Error('the test shop has a parcel carrier')
  const named = { ...post, numbers: 'own' as const, serviceNames: { standard: 'Tracked 48' } }
  await shop.store.saveCarrier(named, makeAudit())
  const waveId = await readyForLabels(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 }, abroad)])
  await issueLabels(shop.workshop, shop.caller, waveId)
  const { parcels, documents } = await load(shop, waveId)
  const numberOf = (carrier: string): string | undefined =>
    parcels.find(({ carrierCode }) => carrierCode === carrier)?.number
  expect(numberOf('VAN')).toMatch(/^39521234\d{10}$/)
  expect(numberOf('POST')).toMatch(/^[A-Z]\d{11}$/)
  const told = documents.filter(({ kind }) => kind === 'delivery').map(({ text }) => text ?? '')
  expect(told.filter((text) => text.includes('"serviceNames":{"standard":"Tracked 48"}'))).toHaveLength(1)
})

describe('issuing that ends early', () => {
  const atDrawing = (
    shop: TestShop,
    { kind, count }: { kind: keyof Documents; count: number },
    deed: () => void,
  ): void => {
    const draw = shop.workshop.documents[kind] as (...told: unknown[]) => Promise<Uint8Array>
    let drawn = 0
    Object.assign(shop.workshop.documents, {
      [kind]: async (...told: unknown[]) => {
        drawn += 1
        if (drawn === count) deed()
        return draw(...told)
      },
    })
  }
  const many = Array.from({ length: 20 }, () => storefrontOrder({ TEA: 1 }))

  test.each([
    ['cancelled', (shop: TestShop) => shop.cancel(), 'ERR_CANCELLED'],
    ['broken off', () => { throw new Error('no more paper') }, undefined], // prettier-ignore
  ] as const)('leaves no label when %s', async (_, deed, code) => {
    const shop = await openTestShop()
    const waveId = await readyForLabels(shop, many)
    const before = { bundle: await load(shop, waveId), files: shop.files.size }
    atDrawing(shop, { kind: 'label', count: 8 }, () => deed(shop))
    const failed = await issueLabels(shop.workshop, shop.caller, waveId).catch((error: unknown) => error)
    if (code !== undefined) expect(failed).toMatchObject({ code })
    else expect(failed).toBeInstanceOf(Error)
    expect(await load(shop, waveId)).toEqual(before.bundle)
    expect(shop.files.size).toBe(before.files)
  })

  test('leaves no sheet when cancelled', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, many)
    const waveId = await planned(shop)
    const before = await load(shop, waveId)
    atDrawing(shop, { kind: 'packingSlip', count: 8 }, () => shop.cancel())
    await expect(issueDocuments(shop.workshop, shop.caller, waveId)).rejects.toMatchObject({ code: 'ERR_CANCELLED' })
    expect(await load(shop, waveId)).toEqual(before)
    expect(shop.files.size).toBe(0)
  })
})

test('labels are issued in delivery order with progress, whichever is drawn first', async () => {
  const shop = await openTestShop()
  const waveId = await readyForLabels(
    shop,
    Array.from({ length: 14 }, () => storefrontOrder({ TEA: 1 })),
  )
  const { label } = shop.workshop.documents
  let waiting = 14
  Object.assign(shop.workshop.documents, {
    label: async (...told: Parameters<typeof label>) => {
      const turns = waiting--
      for (let i = 0; i < turns; i++) await Promise.resolve()
      return label(...told)
    },
  })
  await issueLabels(shop.workshop, shop.caller, waveId)
  const { documents, parcels } = await load(shop, waveId)
  const labels = [...shop.files.keys()].flatMap((id) =>
    documents.filter((one) => one.id === id && one.kind === 'label'),
  )
  const sequences = labels.map(({ subjectId }) => Number(parcels.find(({ id }) => id === subjectId)?.sequence))
  expect(sequences).toEqual(Array.from({ length: 14 }, (_, i) => i + 1))
  const steps = shop.progress.filter(({ step }) => step === 'issue-labels')
  expect(steps.map(({ done }) => done)).toEqual(Array.from({ length: 14 }, (_, i) => i + 1))
  expect(steps.every(({ total }) => total === 14)).toBe(true)
})
