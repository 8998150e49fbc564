import { PDFDocument } from '@cantoo/pdf-lib'
import { afterAll, describe, expect, test } from 'vitest'
import { makeKeys } from '../../../src-courier/core/courier-keys.ts'
import { exportManifest } from '../../../src-main/application/export-manifest.ts'
import { issueLabels } from '../../../src-main/application/issue-labels.ts'
import { readDocument } from '../../../src-main/application/read-document.ts'
import { reportStatus } from '../../../src-main/application/report-status.ts'
import { setOwnLabels } from '../../../src-main/application/set-own-labels.ts'
import { takeCarrierAnswer } from '../../../src-main/application/take-carrier-answer.ts'
import { writeCarrierUpload } from '../../../src-main/application/write-carrier-upload.ts'
import type { OwnLabels } from '../../../src-main/domain/carrier.ts'
import type { Parcel } from '../../../src-main/domain/parcel.ts'
import { makeAudit } from '../../fixtures/builders.ts'
import { strangerPdf } from '../carrier-files/stranger-pdf.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { packed, takeOrders } from './line-of-work.ts'
import { giveKey, openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

afterAll(removeTestShops)

const generic: OwnLabels = { profile: 'generic', needsPlainUpload: true, shownAtStations: false, values: {} }

async function packedShop(ownLabels: OwnLabels | undefined = generic) {
  const shop = await openTestShop()
  const abroad = { address: { country: 'NZ', name: 'Erika Geheim' } }
  await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ TEA: 2 }, abroad), storefrontOrder({ MUG: 1 }, abroad)]) // prettier-ignore
  await packed(shop)
  if (ownLabels) await setOwnLabels(shop.workshop, shop.caller, { carrier: 'POST', ownLabels })
  const { parcels } = await shop.store.loadCollection('POST')
  const [first, second] = parcels
  if (!first?.number || !second?.number) throw new Error('no parcels')
  return { shop, first: { ...first, number: first.number }, second: { ...second, number: second.number } }
}

const upload = (shop: TestShop, more: Partial<Parameters<typeof writeCarrierUpload>[2]> = {}) =>
  writeCarrierUpload(shop.workshop, shop.caller, { carrier: 'POST', except: [], confirmed: true, ...more })

const desk = { actor: 'cli:test', terminal: 'cli:test', isStation: false } as const
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const take = (
  shop: TestShop,
  files: readonly { name: string; bytes: Uint8Array }[],
  assign: Parameters<typeof takeCarrierAnswer>[2]['assign'] = [],
) => takeCarrierAnswer(shop.workshop, shop.caller, { carrier: 'POST', files, assign })

const labelOf = async (shop: TestShop, parcel: Parcel) =>
  (await shop.store.listDocuments([parcel.id])).filter(
    ({ kind, withdrawnAt }) => kind === 'carrier-label' && withdrawnAt === undefined,
  )

describe("a file for a courier's site", () => {
  test('needs a courier who makes labels, a named exception where deliveries are sealed, and a yes', async () => {
    const { shop } = await packedShop({ ...generic, needsPlainUpload: false })
    await expect(upload(shop, { carrier: 'VAN' })).rejects.toMatchObject({ code: 'ERR_CARRIER_LABELS_OFF' })
    await expect(upload(shop)).rejects.toMatchObject({ code: 'ERR_PLAIN_UPLOAD_REFUSED' })
    await setOwnLabels(shop.workshop, shop.caller, { carrier: 'POST', ownLabels: generic })
    await expect(upload(shop, { confirmed: false })).rejects.toMatchObject({
      code: 'ERR_CONFIRMATION_NEEDED',
      details: { parcels: 2 },
    })
  })

  test('holds addresses in clear, is written to the audit log, and is kept nowhere', async () => {
    const { shop, first, second } = await packedShop()
    const made = await upload(shop)
    const text = new TextDecoder().decode(made.bytes)
    expect(made).toMatchObject({ fileName: 'POST.csv', parcels: 2 })
    expect(text).toContain('Erika Geheim')
    expect(text).toContain(first.number)
    expect(text).toContain(second.number)
    const { rows } = await shop.store.listAudit({ search: 'write-carrier-upload', offset: 0, limit: 9 })
    expect(rows[0]).toMatchObject({
      actor: 'cli:test',
      entity: 'carrier',
      entityId: 'POST',
      facts: { carrier: 'POST', profile: 'generic', parcels: 2 },
    })
    const kept = [shop.written(), ...[...shop.files.values()].map((file) => new TextDecoder().decode(file))].join('\n')
    expect(kept).not.toContain('Erika Geheim')
  })

  test('is of the parcels of a collection, a wave or a closed manifest, without those left out', async () => {
    const { shop, first, second } = await packedShop()
    expect((await upload(shop, { except: [first.number] })).parcels).toBe(1)
    expect((await upload(shop, { wave: first.waveId })).parcels).toBe(2)
    const { number: manifest } = await exportManifest(shop.workshop, shop.caller, 'POST')
    expect(await upload(shop, { manifest })).toMatchObject({ fileName: `${manifest}.csv`, parcels: 2 })
    await expect(upload(shop)).rejects.toMatchObject({ code: 'ERR_MANIFEST_EMPTY' })
    await expect(upload(shop, { manifest, except: [first.number, second.number] })).rejects.toMatchObject({
      code: 'ERR_MANIFEST_EMPTY',
    })
  })

  test('is set up with what its format asks for and nothing else', async () => {
    const { shop } = await packedShop(undefined)
    const set = (ownLabels: OwnLabels) => setOwnLabels(shop.workshop, shop.caller, { carrier: 'POST', ownLabels })
    await expect(set({ ...generic, profile: 'pigeon' })).rejects.toMatchObject({ code: 'ERR_UPLOAD_PROFILE_UNKNOWN' })
    await expect(set({ ...generic, values: { pigeon: '1' } })).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
    await expect(set({ ...generic, profile: 'dhl-vls', values: { billingNumber: '12' } })).rejects.toMatchObject({
      details: { path: 'values.billingNumber' },
    })
  })
})

describe('what a courier gives back', () => {
  test('tracking numbers reach the parcel, and the customer with the hand-over', async () => {
    const { shop, first, second } = await packedShop()
    const csv = bytes(`reference,tracking\n${first.number},JJD000001\n${second.number},JJD000002\n`)
    expect(await take(shop, [{ name: 'numbers.csv', bytes: csv }])).toMatchObject({ numbers: 2, labels: 0, left: [] })
    expect(await take(shop, [{ name: 'numbers.csv', bytes: csv }])).toMatchObject({ numbers: 0, unchanged: 2 })
    expect((await shop.store.findParcel(first.number))?.tracking).toBe('JJD000001')
    await exportManifest(shop.workshop, shop.caller, 'POST')
    await reportStatus(shop.workshop, shop.caller)
    const told = shop.storefront.reports.filter(({ report }) => report.kind === 'handed-over' && report.tracking)
    // Reports of two orders keep no order between them.
    const numbers = new Set(told.map(({ report }) => report.tracking?.number))
    expect([told.length, numbers]).toEqual([2, new Set(['JJD000001', 'JJD000002'])])
  })

  test('after the hand-over the customer is told once more, with the number', async () => {
    const { shop, first } = await packedShop()
    await exportManifest(shop.workshop, shop.caller, 'POST')
    await reportStatus(shop.workshop, shop.caller)
    const before = shop.storefront.reports.length
    await take(shop, [{ name: 'n.csv', bytes: bytes(`reference,tracking\n${first.number},JJD000001\n`) }])
    await reportStatus(shop.workshop, shop.caller)
    expect(shop.storefront.reports.slice(before).map(({ report }) => [report.kind, report.tracking])).toEqual([
      ['handed-over', { carrier: expect.any(String) as string, number: 'JJD000001' }],
    ])
  })

  test('labels are matched by the number on the page, by the file name, by the tracking number, or by a person', async () => {
    const { shop, first, second } = await packedShop()
    const pages = await strangerPdf([
      { lines: ['To: Erika Geheim', `Ref ${first.number}`] },
      { lines: ['1Z 999 AA1 01 2345 6784'] },
      { lines: ['nothing to go by'] },
      { lines: [first.number, second.number] },
    ])
    const csv = bytes(`reference,tracking\n${second.number},1Z999AA10123456784\n`)
    const files = [{ name: 'labels.pdf', bytes: pages }, { name: 'n.csv', bytes: csv }] // prettier-ignore
    const taken = await take(shop, files)
    expect(taken).toMatchObject({ numbers: 1, labels: 2 })
    expect(taken.left).toEqual([
      { file: 'labels.pdf', page: 3, problem: 'no-number' },
      { file: 'labels.pdf', page: 4, problem: 'several-parcels' },
    ])
    const again = await take(shop, files, [
      { file: 'labels.pdf', page: 3, number: first.number },
      { file: 'labels.pdf', page: 4, number: second.number },
    ])
    expect(again).toMatchObject({ labels: 4, left: [] })
    expect((await labelOf(shop, first)).map(({ fileName, version }) => [fileName, version]).toSorted()).toEqual([
      [`${first.number}-carrier-2.pdf`, 2],
      [`${first.number}-carrier.pdf`, 2],
    ])
    const byName = await strangerPdf([{ lines: [] }])
    expect(await take(shop, [{ name: `${second.number}.pdf`, bytes: byName }])).toMatchObject({ labels: 1, left: [] })
    expect(await labelOf(shop, second)).toHaveLength(1)
  })

  test('of other couriers, unknown, ended or said twice is left out and named; the rest is taken in', async () => {
    const { shop, first, second } = await packedShop()
    const van = (await shop.store.loadCollection('VAN')).parcels[0]?.number ?? ''
    const rows = [
      ['C99999999999', 'T0001'],
      [van, 'T0002'],
      [first.number, 'T0003'],
      [first.number, 'T0004'],
      [second.number, 'T0003'],
      ['../../etc/passwd', 'T0005'],
      [first.id, 'T0006'],
    ]
    const csv = bytes(`reference,tracking\n${rows.map((row) => row.join(',')).join('\n')}\n`)
    const taken = await take(shop, [{ name: 'n.csv', bytes: csv }])
    expect(taken.left).toEqual([
      { file: 'n.csv', line: 2, problem: 'unknown-parcel' },
      { file: 'n.csv', line: 3, problem: 'other-courier' },
      { file: 'n.csv', line: 5, number: first.number, problem: 'several-numbers' },
      { file: 'n.csv', line: 6, number: second.number, problem: 'number-twice' },
      { file: 'n.csv', line: 7, problem: 'unknown-parcel' },
      { file: 'n.csv', line: 8, problem: 'unknown-parcel' },
    ])
    expect(taken.numbers).toBe(1)
  })
})

describe("a courier's own label", () => {
  async function labelled(ownLabels: OwnLabels = generic) {
    const made = await packedShop(ownLabels)
    const pdf = await strangerPdf([{ lines: ['To: Erika Geheim', made.first.number] }])
    await take(made.shop, [{ name: 'a.pdf', bytes: pdf }])
    const [document] = await labelOf(made.shop, made.first)
    if (!document) throw new Error('no label')
    return { ...made, document }
  }

  test('lies sealed, opens for the manager, and the look is written down', async () => {
    const { shop, first, document } = await labelled()
    const file = shop.files.get(document.id) ?? new Uint8Array()
    expect(new TextDecoder('latin1').decode(file)).not.toMatch(/%PDF|Geheim/)
    const opened = await readDocument(shop.workshop, desk, document.id)
    expect(opened).toMatchObject({ fileName: `${first.number}-carrier.pdf`, mediaType: 'application/pdf' })
    expect((await PDFDocument.load(opened.bytes)).getPageCount()).toBe(1)
    expect((await shop.store.listAudit({ search: 'look-at-paper', offset: 0, limit: 5 })).total).toBe(1)
  })

  test('is shown at stations only where the shop says so', async () => {
    const hidden = await labelled()
    const atStation = { actor: 'station:1', terminal: 'station:1', isStation: true } as const
    await expect(readDocument(hidden.shop.workshop, atStation, hidden.document.id)).rejects.toMatchObject({
      code: 'ERR_NOT_ALLOWED',
    })
    const shown = await labelled({ ...generic, shownAtStations: true })
    expect(await readDocument(shown.shop.workshop, atStation, shown.document.id)).toBeDefined()
  })

  test('is void with ours, because the address may have changed', async () => {
    const { shop, first, document } = await labelled()
    await giveKey(shop.workshop, shop.caller, 'POST', await makeKeys())
    await issueLabels(shop.workshop, shop.caller, first.waveId)
    expect((await shop.store.getDocument(document.id)).withdrawnAt).toBeDefined()
    expect(await labelOf(shop, first)).toEqual([])
  })

  test('ends with its order', async () => {
    const { shop, first, document } = await labelled()
    const { documents } = await shop.store.purgeOrders([first.orderId], makeAudit())
    expect(documents).toContain(document.id)
    await expect(readDocument(shop.workshop, desk, document.id)).rejects.toMatchObject({
      code: 'ERR_DOCUMENT_NOT_FOUND',
      details: { why: 'forgotten' },
    })
  })
})
