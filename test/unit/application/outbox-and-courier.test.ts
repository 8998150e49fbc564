import { afterAll, describe, expect, test } from 'vitest'
import { exportManifest } from '../../../src-main/application/export-manifest.ts'
import { setCourierChannel } from '../../../src-main/application/import-carriers.ts'
import { revokeCourierKey } from '../../../src-main/application/revoke-courier-key.ts'
import { importStatus } from '../../../src-main/application/import-status.ts'
import { reportStatus } from '../../../src-main/application/report-status.ts'
import type { CourierChannel } from '../../../src-main/domain/carrier.ts'
import type { DeliveryOutcome } from '../../../src-main/ports/carriers.ts'
import { AppError } from '../../../src-main/kernel/errors.ts'
import { signReceipt } from '../../../src-courier/core/signed-answers.ts'
import { makeReportMessage } from '../../fixtures/wave-builders.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { courierSays, packed, planned, takeOrders, told } from './line-of-work.ts'
import { openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

afterAll(removeTestShops)

const deliver = (shop: TestShop) => reportStatus(shop.workshop, shop.caller)
const away = (): never => {
  throw new AppError('ERR_STOREFRONT_UNREACHABLE', { what: 'no-connection' })
}

describe('the outbox', () => {
  test('waits longer each time while the storefront is away, and loses nothing', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await planned(shop)
    shop.storefront.before = away
    const waits: number[] = []
    for (let round = 0; round < 16; round++) {
      expect(await deliver(shop)).toEqual({ sent: 0, waiting: 1, refused: 0 })
      const { nextAt = 0 } = await shop.store.outboxState()
      waits.push(nextAt - shop.clock.now())
      shop.clock.forward(nextAt - shop.clock.now())
    }
    expect(waits[0]).toBeGreaterThanOrEqual(750)
    expect(waits[0]).toBeLessThanOrEqual(1250)
    expect(waits[4]).toBeGreaterThan(10_000)
    expect(Math.max(...waits)).toBeLessThanOrEqual(3_600_000 * 1.25)
    shop.storefront.before = () => undefined
    expect(await deliver(shop)).toEqual({ sent: 1, waiting: 0, refused: 0 })
    expect(order && told(shop, order)).toEqual(['planned'])
  })

  test('gives people time to take a slip back before the first report leaves', async () => {
    const shop = await openTestShop({ settings: { undoMs: 30_000 } })
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await planned(shop)
    expect(await deliver(shop)).toMatchObject({ sent: 0, waiting: 1 })
    shop.clock.forward(30_000)
    expect(await deliver(shop)).toMatchObject({ sent: 1, waiting: 0 })
  })

  test('keeps the order of each order’s reports and lets no other order wait for them', async () => {
    const shop = await openTestShop()
    const [slow, quick] = await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 })])
    await packed(shop)
    shop.storefront.answerReport = ({ report, externalOrderId }) =>
      externalOrderId === slow?.externalId
        ? { id: report.id, outcome: 'retry', afterMs: 5_000 }
        : { id: report.id, outcome: 'accepted' }
    await deliver(shop)
    expect(quick && told(shop, quick)).toEqual(['planned', 'picking:parcel', 'packed:parcel'])
    expect(slow && told(shop, slow)).toEqual([])
    shop.clock.forward(5_000)
    shop.storefront.answerReport = ({ report }) => ({ id: report.id, outcome: 'accepted' })
    await deliver(shop)
    expect(slow && told(shop, slow)).toEqual(['planned', 'picking:parcel', 'packed:parcel'])
  })

  test('keeps a refusal visible and goes on with what follows', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await packed(shop)
    shop.storefront.answerReport = ({ report }) =>
      report.kind === 'planned'
        ? { id: report.id, outcome: 'rejected', reason: 'order-not-found' }
        : { id: report.id, outcome: 'accepted' }
    expect(await deliver(shop)).toEqual({ sent: 2, waiting: 0, refused: 1 })
    expect(order && told(shop, order)).toEqual(['picking:parcel', 'packed:parcel'])
    const refused = await shop.store.listMessages({ state: 'refused', offset: 0, limit: 10 })
    expect(refused.rows[0]).toMatchObject({ lastProblem: 'order-not-found' })
  })

  test('takes "you have told me already" and "I know better" for delivered', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await packed(shop)
    shop.storefront.answerReport = ({ report }) =>
      report.kind === 'planned'
        ? { id: report.id, outcome: 'duplicate' }
        : { id: report.id, outcome: 'stale', presentKind: 'packed', presentSequence: 9 }
    expect(await deliver(shop)).toEqual({ sent: 3, waiting: 0, refused: 0 })
  })

  test('does not turn in circles over a report for a storefront that is no longer connected', async () => {
    const shop = await openTestShop()
    const message = makeReportMessage({ orderId: 'nobody' })
    await shop.store.saveMessage(message)
    expect(await deliver(shop)).toEqual({ sent: 0, waiting: 0, refused: 1 })
  })
})

describe('a closed manifest on its way to the courier', () => {
  async function closedFor(channel: CourierChannel) {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await packed(shop)
    await setCourierChannel(shop.workshop, shop.caller, { carrier: 'VAN', channel })
    const { number } = await exportManifest(shop.workshop, shop.caller, 'VAN')
    return { shop, number }
  }
  const answering = (shop: TestShop, send: (content: string) => Promise<DeliveryOutcome>): TestShop['workshop'] => ({
    ...shop.workshop,
    couriers: { ...shop.workshop.couriers, send: (_channel, file) => send(file.content) },
  })
  const https: CourierChannel = { kind: 'https', url: 'https://courier.example/in', token: 'secret' }

  test('counts as sent, and as received only with the courier’s own signature over the very file', async () => {
    const { shop, number } = await closedFor(https)
    const receivedAt = shop.clock.now()
    const workshop = answering(shop, async (file) => ({
      outcome: 'sent',
      receipt: await signReceipt(shop.keys.VAN, { manifest: number, receivedAt, file }),
    }))
    await reportStatus(workshop, shop.caller)
    expect((await shop.store.loadManifest(number)).manifest).toMatchObject({ sentAt: shop.clock.now(), receivedAt })
  })

  test('is not received by a receipt that somebody else signed', async () => {
    const { shop, number } = await closedFor(https)
    const workshop = answering(shop, async (file) => ({
      outcome: 'sent',
      receipt: await signReceipt(shop.keys.POST, { manifest: number, receivedAt: 1, file }),
    }))
    await reportStatus(workshop, shop.caller)
    const { manifest } = await shop.store.loadManifest(number)
    expect([manifest.sentAt, manifest.receivedAt]).toEqual([shop.clock.now(), undefined])
  })

  test('waits while the courier is away, and stays visible when the courier refuses it', async () => {
    const { shop } = await closedFor(https)
    await reportStatus(
      answering(shop, () => Promise.reject(new AppError('ERR_COURIER_UNREACHABLE', {}))),
      shop.caller,
    )
    expect(await shop.store.outboxState()).toMatchObject({ waiting: 1 })
    shop.clock.forward(10_000)
    await reportStatus(
      answering(shop, async () => ({ outcome: 'refused', problem: 'status-403' })),
      shop.caller,
    )
    expect(await shop.store.outboxState()).toMatchObject({ waiting: 0, refused: 1 })
  })
})

describe('a courier’s status file', () => {
  async function handedOver() {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 }, { address: { country: 'NZ' } })]) // prettier-ignore
    await packed(shop)
    const { number } = await exportManifest(shop.workshop, shop.caller, 'VAN')
    await exportManifest(shop.workshop, shop.caller, 'POST')
    const pid = (await shop.store.loadManifest(number)).parcels[0]?.number ?? ''
    const at = shop.clock.now() + 1_000
    const take = async (file: Parameters<typeof courierSays>[2], courier: 'VAN' | 'POST' = 'VAN') =>
      importStatus(shop.workshop, shop.caller, await courierSays(shop, courier, file))
    return { shop, order, number, pid, at, take }
  }

  test('counts once: the same file and older ones are refused', async () => {
    const { take, number: manifest, pid, at } = await handedOver()
    const file = { manifest, sequence: 2, events: [{ pid, status: 'out-for-delivery' as const, at }] }
    expect(await take(file)).toMatchObject({ taken: 1 })
    await expect(take(file)).rejects.toMatchObject({ code: 'ERR_STATUS_FILE_REPLAYED', details: { sequence: 2, last: 2 } }) // prettier-ignore
    await expect(take({ ...file, sequence: 1 })).rejects.toMatchObject({ code: 'ERR_STATUS_FILE_REPLAYED' })
    expect(await take({ ...file, sequence: 3, events: [] })).toMatchObject({ taken: 0 })
  })

  test('is read in the order of time, whatever order it is written in', async () => {
    const { shop, order, take, number: manifest, pid, at } = await handedOver()
    const events = [
      { pid, status: 'delivered' as const, at: at + 9 },
      { pid, status: 'out-for-delivery' as const, at },
    ]
    expect(await take({ manifest, sequence: 1, events })).toMatchObject({ taken: 2, ignored: [] })
    const file = await shop.store.findOrder(order?.id ?? '')
    expect(file?.order.status).toBe('delivered')
    expect(file?.events.slice(-2).map((event) => [event.status, event.source, event.actor])).toEqual([
      ['out-for-delivery', 'courier', 'courier:VAN'],
      ['delivered', 'courier', 'courier:VAN'],
    ])
  })

  test('names what cannot follow and what is not on the manifest', async () => {
    const { shop, take, number: manifest, pid, at } = await handedOver()
    const { rows } = await shop.store.listManifests({ offset: 0, limit: 10 })
    const other = rows.find((row) => row.manifest.carrierCode === 'POST')?.manifest.id ?? ''
    const foreign = (await shop.store.loadManifest(other)).parcels[0]?.number ?? ''
    const answer = await take({
      manifest,
      sequence: 1,
      events: [
        { pid, status: 'returned', at },
        { pid, status: 'delivered', at: at + 1 },
        { pid: foreign, status: 'delivered', at: at + 2 },
      ],
    })
    expect(answer.taken).toBe(1)
    expect(answer.ignored).toEqual([
      { pid, reason: 'out-of-order', status: 'delivered' },
      { pid: foreign, reason: 'unknown-parcel', status: 'delivered' },
    ])
  })

  test('of another courier, of an unknown one or changed on the way is refused', async () => {
    const { shop, take, number: manifest, pid, at } = await handedOver()
    const file = { manifest, sequence: 1, events: [{ pid, status: 'delivered' as const, at }] }
    await expect(take(file, 'POST')).rejects.toMatchObject({ details: { reason: 'foreign-manifest' } })
    const signed = await courierSays(shop, 'VAN', file)
    const [head = '', , tail = ''] = signed.split('.')
    const forged = [head, Buffer.from(JSON.stringify({ ...file, sequence: 9 })).toString('base64url'), tail].join('.')
    const read = (text: string) => importStatus(shop.workshop, shop.caller, text)
    await expect(read(forged)).rejects.toMatchObject({ code: 'ERR_STATUS_FILE_INVALID' })
    await expect(read('hello')).rejects.toMatchObject({ details: { reason: 'unknown-signer' } })
    const stranger = await openTestShop()
    await expect(read(await courierSays(stranger, 'VAN', file))).rejects.toMatchObject({
      details: { reason: 'unknown-signer' },
    })
    await revokeCourierKey(shop.workshop, shop.caller, { carrier: 'VAN', encKid: shop.keys.VAN.enc.kid })
    await expect(read(signed)).rejects.toMatchObject({ details: { reason: 'revoked-key' } })
    await expect(take({ ...file, manifest: 'VAN-1' }, 'POST')).rejects.toMatchObject({ code: 'ERR_MANIFEST_NOT_FOUND' })
  })
})
