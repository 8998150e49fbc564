import { afterAll, describe, expect, test } from 'vitest'
import { courierDelivery } from '../../../src-main/adapters/carriers/courier-delivery.ts'
import { exportManifest } from '../../../src-main/application/export-manifest.ts'
import { handManifestOver } from '../../../src-main/application/hand-manifest-over.ts'
import { importStatus } from '../../../src-main/application/import-status.ts'
import { setCourierChannel } from '../../../src-main/application/import-carriers.ts'
import { listCollections } from '../../../src-main/application/list-collections.ts'
import { reportStatus } from '../../../src-main/application/report-status.ts'
import { takeReceipt } from '../../../src-main/application/take-receipt.ts'
import { handOverOf } from '../../../src-main/domain/hand-over.ts'
import { sentenceOf } from '../../../src-main/hosts/cli/sentences.ts'
import type { CourierChannel } from '../../../src-main/domain/carrier.ts'
import { failureOf } from '../../../src-main/contract/failure.ts'
import { signReceipt } from '../../../src-courier/core/signed-answers.ts'
import { makeKeys } from '../../../src-courier/core/courier-keys.ts'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storefrontOrder } from './fake-storefront.ts'
import { courierSays, packed, takeOrders } from './line-of-work.ts'
import { openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

const folders: string[] = []
afterAll(() => {
  removeTestShops()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const hourMs = 3_600_000
const https: CourierChannel = { kind: 'https', url: 'https://courier.example/in', token: 'secret' }

async function closedFor(channel: CourierChannel) {
  const shop = await openTestShop()
  await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 }, { address: { country: 'NZ' } })])
  await packed(shop)
  await setCourierChannel(shop.workshop, shop.caller, { carrier: 'VAN', channel })
  const { number } = await exportManifest(shop.workshop, shop.caller, 'VAN')
  const { number: other } = await exportManifest(shop.workshop, shop.caller, 'POST')
  const file = await fileOf(shop, number)
  return { shop, number, other, file }
}

async function fileOf(shop: TestShop, number: string): Promise<string> {
  const { manifest } = await shop.store.loadManifest(number)
  return (await shop.store.getDocument(manifest.documentId)).text ?? ''
}

async function stateOf(shop: TestShop, number: string) {
  const { manifest } = await shop.store.loadManifest(number)
  const messages = await shop.store.listManifestMessages([manifest.id])
  return handOverOf(manifest, messages, { now: shop.clock.now(), receiptHours: 4 })
}

const take = (shop: TestShop, receipt: string, more: { manifest?: string; courier?: string } = {}) =>
  takeReceipt(shop.workshop, shop.caller, { receipt, way: 'file', ...more })

describe('a receipt', () => {
  test('says who has received which manifest, and when; the second time nothing changes', async () => {
    const { shop, number, file } = await closedFor(https)
    const receivedAt = shop.clock.now() + 50
    shop.clock.forward(1000)
    const receipt = await signReceipt(shop.keys.VAN, { manifest: number, receivedAt, file })
    const first = await take(shop, `\n${receipt}\n`)
    expect(first).toMatchObject({ manifest: number, courier: 'VAN', receivedAt, isNew: true })
    expect(first.words).toHaveLength(8)
    const { manifest } = await shop.store.loadManifest(number)
    expect(manifest.handOver?.receipt).toEqual({
      kid: shop.keys.VAN.sig.kid,
      receivedAt,
      takenAt: shop.clock.now(),
      way: 'file',
    })
    expect(await stateOf(shop, number)).toMatchObject({ state: 'received', at: receivedAt })
    expect(await shop.store.outboxState()).toMatchObject({ refused: 0 })
    expect(await take(shop, receipt)).toMatchObject({ isNew: false, receivedAt })
    await expect(
      handManifestOver(shop.workshop, shop.caller, { manifest: number, way: 'channel' }),
    ).rejects.toMatchObject({ code: 'ERR_MANIFEST_RECEIVED' })
  })

  test('that does not hold is named, in words, and kept as a doubt beside its manifest', async () => {
    const { shop, number, other, file } = await closedFor(https)
    const at = shop.clock.now()
    const mine = (manifest: string, content = file) =>
      signReceipt(shop.keys.VAN, { manifest, receivedAt: at, file: content })
    const good = await mine(number)
    const [head = '', , tail = ''] = good.split('.')
    const forged = [head, Buffer.from(JSON.stringify({ manifest: number })).toString('base64url'), tail].join('.')
    const status = await courierSays(shop, 'VAN', { manifest: number, sequence: 1, events: [] })
    const cases: readonly (readonly [string, string, { manifest?: string; courier?: string }?])[] = [
      ['other-content', await mine(number, `${file}x`)],
      ['foreign', await signReceipt(shop.keys.POST, { manifest: number, receivedAt: at, file })],
      ['unknown-signer', await signReceipt(await makeKeys(), { manifest: number, receivedAt: at, file })],
      ['other-manifest', await mine('VAN-1-1'), { manifest: number }],
      ['unknown-manifest', await mine('VAN-1-1')],
      ['foreign', await mine(other)],
      ['foreign', good, { courier: 'POST' }],
      ['signature', forged],
      ['type', status, { manifest: number }],
      ['not-a-jws', 'hello', { manifest: number }],
    ]
    for (const [reason, receipt, more] of cases) {
      const failure = await take(shop, receipt, more).catch(failureOf)
      expect(failure, reason).toMatchObject({ code: 'ERR_RECEIPT_INVALID', details: { reason } })
      if (!('code' in failure)) throw new Error('taken')
      expect(sentenceOf(failure).split('\n')[0]?.split('. ').length, reason).toBeGreaterThan(3)
    }
    expect(await stateOf(shop, number)).toMatchObject({ state: 'waiting', doubt: { reason: 'not-a-jws', way: 'file' } })
    await take(shop, good)
    expect((await stateOf(shop, number)).doubt).toBeUndefined()
  })

  test('signed with a revoked key counts no more', async () => {
    const { shop, number, file } = await closedFor(https)
    const receipt = await signReceipt(shop.keys.VAN, { manifest: number, receivedAt: 1, file })
    const carrier = (await shop.store.loadCarriers()).find(({ code }) => code === 'VAN')
    if (!carrier) throw new Error('no van')
    const keys = carrier.keys.map((key) => ({ ...key, revokedAt: shop.clock.now() }))
    await shop.store.saveCarrier({ ...carrier, keys }, { id: 'a', at: 0, actor: 'a', action: 'a', entity: 'a', entityId: 'a' }) // prettier-ignore
    await expect(take(shop, receipt)).rejects.toMatchObject({ details: { reason: 'revoked-key' } })
  })

  test('of a clock that is wrong counts from the hand-over on and not after now', async () => {
    for (const offset of [-hourMs, hourMs]) {
      const { shop, number, file } = await closedFor(https)
      const closedAt = shop.clock.now()
      shop.clock.forward(1000)
      const receipt = await signReceipt(shop.keys.VAN, { manifest: number, receivedAt: closedAt + offset, file })
      expect((await take(shop, receipt)).receivedAt).toBe(offset < 0 ? closedAt : closedAt + 1000)
    }
  })

  test('beside the file in the folder is found at the next round, a wrong one is named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'backroom-receipts-'))
    folders.push(folder)
    const { shop, number, file } = await closedFor({ kind: 'folder', path: folder })
    const workshop = { ...shop.workshop, couriers: courierDelivery() }
    await reportStatus(workshop, shop.caller)
    expect(readdirSync(folder)).toEqual([`${number}.manifest.jwe`])
    expect(await stateOf(shop, number)).toMatchObject({ state: 'sent', way: 'folder' })
    writeFileSync(join(folder, `${number}.receipt.jws`), 'scribble')
    await reportStatus(workshop, shop.caller)
    expect(await stateOf(shop, number)).toMatchObject({ state: 'sent', doubt: { reason: 'not-a-jws', way: 'folder' } })
    const receipt = await signReceipt(shop.keys.VAN, { manifest: number, receivedAt: shop.clock.now(), file })
    writeFileSync(join(folder, `${number}.receipt.jws`), receipt)
    await reportStatus(workshop, shop.caller)
    expect(await stateOf(shop, number)).toMatchObject({ state: 'received' })
  })
})

describe('a manifest that did not arrive', () => {
  test('is overdue after the time the shop has set, and can be sent again as another message', async () => {
    const { shop, number } = await closedFor(https)
    await reportStatus(shop.workshop, shop.caller)
    expect(await stateOf(shop, number)).toMatchObject({ state: 'sent', way: 'https' })
    shop.clock.forward(4 * hourMs + 1)
    expect(await stateOf(shop, number)).toMatchObject({ state: 'overdue' })
    const keys: string[] = []
    const send = async (_channel: CourierChannel, sent: { idempotencyKey: string }) => {
      keys.push(sent.idempotencyKey)
      return { outcome: 'sent' as const }
    }
    const workshop = { ...shop.workshop, couriers: { ...shop.workshop.couriers, send } }
    await handManifestOver(workshop, shop.caller, { manifest: number, way: 'channel' })
    expect(await stateOf(shop, number)).toMatchObject({ state: 'waiting' })
    await reportStatus(workshop, shop.caller)
    expect(await stateOf(shop, number)).toMatchObject({ state: 'sent', at: shop.clock.now() })
    expect(keys).toHaveLength(1)
  })

  test('says why it was refused; another try takes the place of the refusal', async () => {
    const { shop, number } = await closedFor(https)
    const refusing = {
      ...shop.workshop.couriers,
      send: async () => ({ outcome: 'refused' as const, problem: 'status-403' }),
    }
    await reportStatus({ ...shop.workshop, couriers: refusing }, shop.caller)
    expect(await stateOf(shop, number)).toMatchObject({ state: 'refused', problem: 'status-403', attempts: 1 })
    await handManifestOver(shop.workshop, shop.caller, { manifest: number, way: 'channel' })
    await reportStatus(shop.workshop, shop.caller)
    expect(await stateOf(shop, number)).toMatchObject({ state: 'sent' })
    // The other courier's is still refused.
    expect(await shop.store.outboxState()).toMatchObject({ refused: 1 })
  })

  test('goes another way: carried over on a stick, or laid ready where the courier has a token', async () => {
    const { shop, number } = await closedFor(https)
    await expect(
      handManifestOver(shop.workshop, shop.caller, { manifest: number, way: 'pick-up' }),
    ).rejects.toMatchObject({ code: 'ERR_COURIER_TOKEN_MISSING' })
    await handManifestOver(shop.workshop, shop.caller, { manifest: number, way: 'stick' })
    expect(await stateOf(shop, number)).toMatchObject({ state: 'sent', way: 'stick' })
    await setCourierChannel(shop.workshop, shop.caller, { carrier: 'VAN', channel: { kind: 'pick-up' } })
    await handManifestOver(shop.workshop, shop.caller, { manifest: number, way: 'pick-up' })
    expect(await stateOf(shop, number)).toMatchObject({ state: 'ready', way: 'pick-up' })
    shop.clock.forward(5 * hourMs)
    expect(await stateOf(shop, number)).toMatchObject({ state: 'overdue' })
  })
})

describe('what was not handed over at a collection', () => {
  test('stays visible: kept back, then late at the next collection, then taken along', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 })])
    await packed(shop)
    const van = async () => (await listCollections(shop.workshop)).find(({ courier }) => courier === 'VAN')?.parcels
    const [first, second] = (await van()) ?? []
    expect([first?.stays, first?.missed]).toEqual([undefined, undefined])
    await exportManifest(shop.workshop, shop.caller, 'VAN', [first?.number ?? ''])
    expect((await van())?.map(({ number }) => number)).toEqual([first?.number])
    shop.clock.forward(24 * hourMs)
    expect((await van())?.[0]?.missed).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    await exportManifest(shop.workshop, shop.caller, 'VAN')
    expect(await van()).toEqual([])
    expect(second?.number).not.toBe(first?.number)
  })
})

describe('times in a status file', () => {
  test('ahead of us or before the hand-over are taken as now and as the hand-over, and are named', async () => {
    const { shop, number } = await closedFor(https)
    const closedAt = shop.clock.now()
    shop.clock.forward(hourMs)
    const pid = (await shop.store.loadManifest(number)).parcels[0]?.number ?? ''
    const events = [
      { pid, status: 'out-for-delivery' as const, at: closedAt - hourMs },
      { pid, status: 'delivered' as const, at: shop.clock.now() + hourMs },
    ]
    const answer = await importStatus(
      shop.workshop,
      shop.caller,
      await courierSays(shop, 'VAN', { manifest: number, sequence: 1, events }),
    )
    expect(answer).toMatchObject({
      taken: 2,
      ignored: [],
      retimed: [
        { pid, reason: 'before-hand-over', status: 'out-for-delivery' },
        { pid, reason: 'in-the-future', status: 'delivered' },
      ],
    })
    const { orders } = await shop.store.loadManifest(number)
    const file = await shop.store.findOrder(orders[0]?.id ?? '')
    expect(file?.events.slice(-2).map(({ at }) => at)).toEqual([closedAt, shop.clock.now()])
  })
})
