import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buy, sampleCustomers, type Bought, type Line, type OrderPage, type SampleCustomer } from './customers.ts'
import { pack, pick, pickList } from './floor.ts'
import type { PackedParcel } from './packed-parcel.ts'
import {
  initShop,
  openFolder,
  serveShop,
  startCourier,
  startStorefront,
  type Courier,
  type Served,
  type Shop,
  type Terminal,
} from './programs.ts'
import type { Place, WalkedFloor } from './walked.ts'

export interface Selection {
  readonly wave: string
  readonly floor: WalkedFloor
  readonly tours: readonly {
    readonly seq: number
    readonly stops: readonly {
      readonly location: string
      readonly place: Place
      readonly sku: string
      readonly quantity: number
      readonly orderCode: string
      readonly parcelLetter: string
    }[]
    readonly lengthMm: number
    readonly binOrderMm: number
    readonly proof: { readonly optimal: boolean }
    readonly path: readonly (readonly [number, number])[]
  }[]
  readonly orders: readonly {
    readonly code: string
    readonly userId: string
    readonly pieceCount: number
    readonly moreThanOne: boolean
    readonly packages: readonly (PackedParcel & { readonly why: { readonly code: string } })[]
    readonly proof: { readonly fewestParcels: boolean }
    readonly recipient?: string
  }[]
}

/** What a courier sees of one stop after opening it. */
export interface CourierStop {
  readonly stop: number
  readonly seq: string
  readonly recipient?: { readonly name?: string; readonly lines?: readonly string[]; readonly postcode?: string }
  readonly parcels: readonly { readonly pid: string; readonly grossG: number }[]
}

export interface CourierView {
  readonly courier: Courier
  readonly manifest: string
  readonly stops: readonly CourierStop[]
}

/** The order pages of all customers, in the order in which they bought, at one moment. */
export type Look = readonly OrderPage[]
export const moments = ['planned', 'picking', 'packed', 'handed-over', 'out-for-delivery', 'delivered'] as const
export type Moment = (typeof moments)[number]

/** One wave from the customers' terminals to the couriers' hands, and what was seen on the way. */
export interface LineOfWork {
  readonly shop: Shop & Served
  readonly tablet: Terminal
  readonly couriers: readonly Courier[]
  readonly bought: readonly Bought[]
  /** Before the shop has planned anything. */
  readonly promised: Look
  readonly seen: Readonly<Record<Moment, Look>>
  readonly wave: string
  readonly selection: Selection
  /** Folder of `--out`. */
  readonly out: string
  readonly views: readonly CourierView[]
  /** The parcel that its courier brought back. */
  readonly missed: string
  close(): Promise<void>
}

const customer = (index: number): SampleCustomer => {
  const found = sampleCustomers[index]
  if (!found) throw new Error(`no sample customer ${index}`)
  return found
}

/** Groceries beside glassware beside garden and hand tools, paper and toys: one basket of a general shop. */
export const generalBasket: readonly Line[] = [
  { sku: 'GR-0175', quantity: 1 },
  { sku: 'GL-0101', quantity: 2 },
  { sku: 'GD-0106', quantity: 1 },
  { sku: 'TL-0109', quantity: 1 },
  { sku: 'ST-0109', quantity: 1 },
  { sku: 'TY-0118', quantity: 1 },
]

/**
 * Who buys: chilled beside ambient with a delivery window, all classes that are kept apart, an own box, fragile glass, a
 * single piece by a guest, abroad, one more guest, and the general basket.
 */
const visitors: readonly { readonly index: number; readonly basket?: readonly Line[] }[] = [
  { index: 0 },
  { index: 10 },
  { index: 8 },
  { index: 16 },
  { index: 19 },
  { index: 52 },
  { index: 34 },
  { index: 35, basket: generalBasket },
]

export async function playLineOfWork(): Promise<LineOfWork> {
  const folder = openFolder('mission')
  const closing: (() => Promise<void> | void)[] = [folder.close]
  const close = async (): Promise<void> => {
    for (const end of closing.toReversed()) await end()
  }
  try {
    return { ...(await play(folder.path, closing)), close }
  } catch (error) {
    await close()
    throw error
  }
}

type Closing = (() => Promise<void> | void)[]

async function play(folder: string, closing: Closing): Promise<Omit<LineOfWork, 'close'>> {
  const { shop, couriers, storefront } = await setTheStage(folder, closing)
  const bought: Bought[] = []
  for (const { index, basket } of visitors) {
    bought.push(await buy(storefront, customer(index), basket === undefined ? {} : { basket }))
  }
  const lookAround = async (): Promise<Look> => {
    await shop.call('reports.deliver')
    return Promise.all(bought.map((one) => one.look()))
  }
  const promised = await lookAround()
  await shop.call('storefronts.sync')
  const { wave } = await shop.command<{ wave: string }>('plan')
  const planned = await lookAround()
  const out = join(folder, 'out')
  await shop.command('documents', wave, '--out', out)
  await shop.command('labels', wave, '--out', out)
  const selection = readJson<Selection>(join(out, 'documents', `${wave}.selection.json`))

  const tablet = await shop.pair('mission tablet')
  await pick(tablet, wave)
  const picking = await lookAround()
  await pack(tablet, wave)
  const packed = await lookAround()
  await shop.command('manifest', '--out', out)
  const handedOver = await lookAround()

  const views = (await Promise.all(couriers.map(openStops))).flat()
  await tellOfEach(shop, views, () => 'out-for-delivery')
  const onTheirWay = await lookAround()
  // A parcel of one parcel alone, so that its whole order has failed.
  const missed = await parcelOf(shop, selection, { sku: 'CH-0125' })
  await tellOfEach(shop, views, (pid) => (pid === missed ? 'failed' : 'delivered'))
  const delivered = await lookAround()
  const seen = { planned, picking, packed, 'handed-over': handedOver, 'out-for-delivery': onTheirWay, delivered }
  return { shop, tablet, couriers, bought, promised, seen, wave, selection, out, views, missed }
}

async function setTheStage(
  folder: string,
  closing: Closing,
): Promise<{ shop: Shop & Served; couriers: readonly Courier[]; storefront: string }> {
  const [storefront, closed] = await Promise.all([startStorefront(folder), initShop(folder)])
  closing.push(storefront.stop)
  const served = await serveShop(closed)
  closing.push(served.stop)
  const shop = { ...closed, ...served }
  const settings = await shop.call<object>('settings.get')
  await shop.call('settings.save', { settings: { ...settings, undoMs: 0 } })
  const couriers = await Promise.all([
    startCourier(shop, 'van-north', 'https'),
    startCourier(shop, 'far-parcel', 'folder'),
  ])
  closing.push(...couriers.map((courier) => courier.stop))
  await shop.call('storefronts.connect', { url: storefront.address, token: storefront.token })
  await shop.call('storefronts.sync')
  return { shop, couriers, storefront: storefront.address }
}

async function openStops(courier: Courier): Promise<readonly CourierView[]> {
  const { manifests } = await courier.own.get<{
    manifests: readonly { readonly manifest: string; readonly stops: readonly CourierStop[] }[]
  }>('/stops')
  return manifests.map(({ manifest, stops }) => ({ courier, manifest, stops }))
}

/** Couriers mark every parcel, sign a status file, and the shop takes it in by command. */
async function tellOfEach(
  shop: Shop,
  views: readonly CourierView[],
  statusOf: (pid: string) => 'out-for-delivery' | 'delivered' | 'failed',
): Promise<void> {
  for (const { courier, manifest, stops } of views) {
    for (const { pid } of stops.flatMap((stop) => stop.parcels)) {
      const status = statusOf(pid)
      const reason = status === 'failed' ? { reason: 'nobody-home' } : {}
      await courier.own.send('POST', '/events', { manifest, pid, status, ...reason })
    }
    const signed = await courier.own.send<string>('POST', '/status-file', { manifest })
    await shop.command('import-status', shop.put(`${manifest}.status.jws`, signed))
  }
}

/** The number of the parcel that holds a product. */
async function parcelOf(shop: Served, selection: Selection, { sku }: { readonly sku: string }): Promise<string> {
  const { parcels } = await shop.call<{
    parcels: readonly { readonly number?: string; readonly contents: readonly { readonly sku: string }[] }[]
  }>('waves.get', { wave: selection.wave })
  const single = parcels.find((parcel) => parcel.contents.every((content) => content.sku === sku))
  if (single?.number === undefined) throw new Error(`no parcel with ${sku} alone`)
  return single.number
}

// Each test names what it expects of a file; JSON Schemas of these documents are tested elsewhere.
export const readJson = <Content>(path: string): Content => JSON.parse(readFileSync(path, 'utf8')) as Content

export { pickList }
