import { manifestSealing } from '../../src-main/adapters/carriers/manifest-sealing.ts'
import { createDocuments } from '../../src-main/adapters/documents/create-documents.ts'
import { addCourierKey } from '../../src-main/application/courier-keys.ts'
import { exportManifest } from '../../src-main/application/export-manifest.ts'
import type { CourierKeySet } from '../../src-main/domain/carrier.ts'
import type { DeliveryInformation, DeliveryParcel, DeliveryStop } from '../../src-main/domain/delivery-information.ts'
import { everydayWear, photograph } from '../integration/courier/worn-pictures.ts'
import { printed, type Picture } from '../integration/documents/printed-page.ts'
import { storefrontOrder } from '../unit/application/fake-storefront.ts'
import { packed, takeOrders } from '../unit/application/line-of-work.ts'
import { openTestShop, type TestShop } from '../unit/application/test-shop.ts'
import { filmOf, jpegOf } from './courier-browser.ts'
import type { ShopPair } from './courier-forgeries.ts'

export const people = [
  { name: 'Anna Quirrenbach', lines: ['Xylophonallee 77'], postcode: '10115', city: 'Berlin', coordinates: { lat: 52.52, lon: 13.39 } },
  { name: 'Bruno Zwackelmann', lines: ['Marzipangasse 3'], postcode: '12043', city: 'Berlin', coordinates: { lat: 52.48, lon: 13.43 } },
  { name: '小林 さくら', lines: ['霞が関 1-2-3'], postcode: '10245', city: 'Berlin', coordinates: { lat: 52.51, lon: 13.46 } },
] // prettier-ignore

/** A real shop that has closed a manifest of three stops for the courier. */
export interface ShopOfDay {
  readonly number: string
  readonly file: string
  /** In delivery order. */
  readonly pids: readonly string[]
}

export const openShop = (): Promise<TestShop> => openTestShop({ withoutKeys: true })

/** The shop takes the courier's public keys in, sells three things, packs them and closes a manifest. */
export async function closeManifest(shop: TestShop, publicKeys: string): Promise<ShopOfDay> {
  await addCourierKey(shop.workshop, shop.caller, { carrier: 'VAN', jwks: publicKeys })
  const orders = people.map((address, i) => storefrontOrder({ TEA: 1 + i }, { address }))
  await takeOrders(shop, orders)
  await packed(shop)
  const { number } = await exportManifest(shop.workshop, shop.caller, 'VAN')
  const { manifest, parcels } = await shop.store.loadManifest(number)
  const { text: file = '' } = await shop.store.getDocument(manifest.documentId)
  const inOrder = parcels.toSorted((a, b) => Number(a.sequence) - Number(b.sequence))
  return { number, file, pids: inOrder.map((parcel) => parcel.number ?? '') }
}

/** A label of the shop, drawn by the real documents from what the use case told the drawing adapter. */
export async function drawnLabel(shop: TestShop, pid: string): Promise<Picture> {
  const documents = createDocuments({ fontsFolder: 'resources/fonts' })
  for (const { kind, told } of shop.papers) {
    if (kind !== 'label') continue
    const [delivery, stop, parcel] = told as [DeliveryInformation, DeliveryStop, DeliveryParcel] // as `label` takes them
    if (parcel.number !== pid) continue
    const { pages } = await printed(await documents.label(delivery, stop, parcel))
    return pages[0]!.render()
  }
  throw new Error(`no label of ${pid} was drawn`)
}

/** What the camera sees: a label held across the picture by a hand that is not quite still. */
export async function filmOfLabel(label: Picture): Promise<Buffer> {
  const wear = { ...everydayWear(0), tiltX: 0.1, tiltY: 0.05, scale: 1.02, blur: 0.6, creases: 0, noise: 3 }
  const frames = [0, 1, 2].map((index) => photograph(label, { ...wear, turn: 90 + index }, index))
  return filmOf(frames, { width: 1920, height: 1080 })
}

/** Somebody has glued the square of one parcel over that of another; the bars at the bottom stay. */
export async function forgedLabel(label: Picture, other: Picture): Promise<Buffer> {
  const upper = Math.round(label.height * 0.6) * label.width * 4
  const data = new Uint8ClampedArray(label.data)
  data.set(other.data.subarray(0, upper))
  return jpegOf({ ...label, data })
}

/** The real shop's own signature, for a file that it never made. */
export async function ownPair({ workshop }: TestShop): Promise<ShopPair> {
  const secret = await workshop.vault.shopKeys.signingKey()
  const { kty, crv, x, y, kid } = secret
  return { secret, open: { kty, crv, x, y, kid } }
}

export const wordsOf = (key: CourierKeySet): string => manifestSealing().fingerprintWords(key.encKid).join(' ')

export const emptyPicture: Picture = { width: 600, height: 400, data: new Uint8ClampedArray(600 * 400 * 4).fill(200) }

/** In the page: all that a browser keeps for it, local storage as an object, then every record of its database. */
export const everythingKept = `new Promise((resolve, reject) => {
  const request = indexedDB.open('backroom-opener')
  request.onerror = () => reject(new Error('no database'))
  request.onsuccess = () => {
    const all = request.result.transaction('manifests').objectStore('manifests').getAll()
    all.onsuccess = () => {
      request.result.close()
      resolve(JSON.stringify({ ...localStorage }) + JSON.stringify(all.result))
    }
  }
})`
