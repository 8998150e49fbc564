import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InputOf, OperationName, OutputOf } from '../../src-main/contract/operations.ts'
import { valueOf, type Reply } from '../../src-main/contract/failure.ts'
import { serveShop } from '../../src-main/hosts/serve.ts'
import { programFolder } from '../e2e/built.ts'
import { courierKeySet, openStorefrontWithOrders } from '../e2e/storefront.ts'
import { makeSettings } from '../fixtures/builders.ts'
import { counterOrders } from './counter-orders.ts'
import type { Filling } from './options.ts'

export type Call = <Name extends OperationName>(operation: Name, input: InputOf<Name>) => Promise<OutputOf<Name>>

/** A running station over a shop, and what to put where an address of the router has a parameter. */
export interface PictureShop {
  readonly address: string
  /** Signs a browser in; again and again. */
  readonly token: string
  readonly parameters: Readonly<Record<string, string | undefined>>
  /** Calls an operation as the desktop does. */
  readonly call: Call
  close(): Promise<void>
}

export async function openPictureShop(filling: Filling, orders: number): Promise<PictureShop> {
  const folder = mkdtempSync(join(tmpdir(), 'backroom-pictures-'))
  const closing: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })]
  const close = async (): Promise<void> => {
    for (const end of closing.toReversed()) await end()
  }
  try {
    const serving = await serveShop({
      dataFolder: join(folder, 'data'),
      programFolder,
      host: '127.0.0.1',
      port: 0,
      syncSeconds: 0,
      logBug: (operation, error) => console.error(operation, error),
    })
    closing.push(() => serving.close())
    const call: Call = async (operation, input) => {
      const answer = await fetch(`${serving.address}/call/${operation}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${serving.desktopToken}` },
        body: JSON.stringify(input),
      })
      // The station always answers a call with a reply, and the room's handler for this operation made the value.
      return valueOf((await answer.json()) as Reply<OutputOf<typeof operation>>)
    }
    const parameters = filling === 'little' ? await openFirstDay(call) : await openBusyDay(call, { folder, orders, closing }) // prettier-ignore
    return { address: serving.address, token: serving.desktopToken, parameters, call, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Parts of a screen are found by its own links; a pairing code works once and would have to be drawn first. */
const usual = { part: undefined, code: undefined, step: undefined }

async function openFirstDay(call: Call): Promise<PictureShop['parameters']> {
  const { shop } = makeSettings()
  await call('shop.init', { shop: { ...shop, addressLines: [...shop.addressLines] } })
  return { order: undefined, wave: undefined, tour: undefined, parcel: undefined, ...usual }
}

/**
 * One wave handed over, one half picked and half packed, one planned and no more; orders on hold and new ones; staff, a
 * tablet, orders taken by telephone, one of them to be collected, invoices.
 */
async function openBusyDay(
  call: Call,
  { folder, orders, closing }: { folder: string; orders: number; closing: (() => Promise<void> | void)[] },
): Promise<PictureShop['parameters']> {
  await call('shop.init-sample', {})
  const storefront = await openStorefrontWithOrders(folder, orders)
  closing.push(storefront.stop)
  await call('storefronts.connect', { url: storefront.address, token: storefront.token })
  await call('storefronts.sync', {})
  for (const { code } of await call('couriers.list', {}))
    await call('couriers.add-key', { carrier: code, jwks: courierKeySet() })
  await call('staff.save', { name: 'Konstantin Aufderheide', role: 'packer', pin: '4821' })
  await call('staff.save', { name: '小林 さくら', role: 'picker', pin: '7305' })
  await call('terminals.pair', { name: 'Packing table by the window' })
  const all = (await call('orders.list', { limit: 200 })).rows.map(({ order }) => order)
  await counterOrders(call)
  const third = Math.floor(all.length / 4)
  const idsOf = (from: number): string[] => all.slice(from, from + third).map(({ id }) => id)

  const collected = await call('orders.place', {
    key: 'pictures-collected',
    lines: [{ code: 'GR-0101', quantity: 2 }],
    service: 'collect',
    customer: { name: 'Ottilie Fernweh', phone: '+49 30 901820' },
    shippingMinor: 0,
    acceptShort: true,
  })
  const done = await planned(call, [...idsOf(0), collected.orderId])
  await pickAndPack(call, done, 1)
  const invoicing = await call('invoices.settings', {})
  const seller = { sellerLines: [...invoicing.sellerLines], vatId: 'DE123456789' }
  await call('invoices.configure', { ...invoicing, ...seller })
  await call('invoices.issue', { wave: done })
  await call('manifests.close', {})
  const { wave, order, parcel } = await planned(call, idsOf(third)).then(async (code) => {
    await pickAndPack(call, code, 0.5)
    const view = await call('waves.get', { wave: code })
    const open = view.parcels.find(({ status }) => status !== 'packed') ?? view.parcels[0]
    return { wave: code, order: view.orders[0]?.code, parcel: open?.id }
  })
  await call('waves.plan', { orderIds: idsOf(2 * third) })
  for (const { code } of all.slice(3 * third, 3 * third + 2)) await call('orders.hold', { order: code })
  return { ...usual, order, wave, tour: '1', parcel }
}

async function planned(call: Call, orderIds: string[]): Promise<string> {
  const { wave } = await call('waves.plan', { orderIds })
  await call('waves.issue-documents', { wave: wave.code })
  await call('waves.issue-labels', { wave: wave.code })
  return wave.code
}

/** Picks and packs that share of a wave. */
async function pickAndPack(call: Call, wave: string, share: number): Promise<void> {
  const { tours, parcels } = await call('pick.list', { wave })
  for (const tour of tours)
    for (const stop of tour.stops.slice(0, Math.ceil(tour.stops.length * share)))
      await call('pick.confirm', { wave, tour: tour.seq, seq: stop.seq, code: stop.sku, quantity: stop.quantity })
  if (share < 1) return
  for (const parcel of parcels) await call('pack.confirm', { parcelId: parcel.id })
}
