import type { Page } from 'playwright'
import { FloorModel } from '../../e2e/pages/floor.ts'
import { startLabelPrinter } from '../../integration/printing/label-printer.ts'
import { openAt, reopen } from '../opened.ts'
import type { PictureShop } from '../shops.ts'
import type { Scene } from './scene.ts'

/** The package with most pieces among those whose pieces are all there. */
async function fullestParcel({ call, parameters }: PictureShop) {
  const wave = parameters['wave'] ?? ''
  const { tours, parcels } = await call('pick.list', { wave })
  const open = new Set(
    tours.flatMap(({ stops }) => stops.flatMap((stop) => (stop.picked < stop.quantity ? [stop.parcelId] : []))),
  )
  const [parcel] = parcels
    .filter(({ id, status }) => !open.has(id) && (status === 'picking' || status === 'planned'))
    .toSorted((a, b) => b.placements.length - a.placements.length)
  if (!parcel) throw new Error('no package of this wave is ready')
  return {
    parcel,
    skus: parcel.placements.map(({ sku }) => sku),
    address: `/pack/${wave}/${parcel.orderCode}${parcel.letter}`,
  }
}

async function open(page: Page, address: string): Promise<void> {
  await openAt(page, address)
  await page.locator('[data-test=parcel] [data-test=contents]').waitFor()
}

/** One after the other, as a scanner types them: each is taken before the next. */
async function scan(page: Page, ...codes: readonly string[]): Promise<void> {
  const floor = new FloorModel(page)
  for (const code of codes) {
    await floor.burst(code)
    await page.waitForTimeout(150)
  }
}

/** Until the picture has come to rest. */
const sinking = (page: Page): Promise<void> => page.waitForTimeout(400)

const forget = (page: Page, setting: string): Promise<void> =>
  page.evaluate(`localStorage.removeItem('backroom.${setting}')`)

let endPrinting: (() => Promise<void>) | undefined

export const packingScenes: readonly Scene[] = [
  {
    name: 'pack-parcel-next',
    address: () => '/pack',
    async act(page, shop) {
      const { skus, address } = await fullestParcel(shop)
      await open(page, address)
      await scan(page, ...skus.slice(0, 2))
      await page.locator('[data-test=right]').waitFor()
      await page.locator('[data-test=contents] [aria-current=step]').waitFor()
      await sinking(page)
    },
  },
  {
    name: 'pack-parcel-all',
    address: () => '/pack',
    async act(page, shop) {
      await open(page, (await fullestParcel(shop)).address)
      await page.locator('[data-test=parcel] [role=switch]').press('Space')
      await page.locator('[data-test=parcel] [role=switch][aria-checked=false]').waitFor()
      await sinking(page)
    },
    async after(page) {
      await forget(page, 'step-by-step')
      await reopen(page)
    },
  },
  {
    name: 'pack-parcel-weight',
    address: () => '/pack',
    async act(page, shop) {
      const { parcel, skus, address } = await fullestParcel(shop)
      const settings = JSON.stringify({ weighing: 'typed', wire: 'hid', manner: 'continuous', baudRate: 9600 })
      await page.evaluate(`localStorage.setItem('backroom.scale', ${JSON.stringify(settings)})`)
      await reopen(page)
      await open(page, address)
      await scan(page, ...skus)
      await page.locator('[data-test=weight]').fill(String(parcel.totals.grossG + 900))
      await page.keyboard.press('Enter')
      await page.locator('[data-test=wrong]').waitFor()
    },
    async after(page) {
      await forget(page, 'scale')
      await reopen(page)
    },
  },
  {
    name: 'pack-parcel-label',
    address: () => '/pack',
    async act(page, { call }) {
      const device = await startLabelPrinter()
      const way = { kind: 'zpl', host: '127.0.0.1', port: device.port, isSilent: false } as const // one of the ways
      const { id } = await call('printers.save', { printer: { name: 'Zebra', way, media: '4x6' } })
      await call('printers.use', { kind: 'label', printer: id })
      const order = await call('orders.place', {
        key: `scene ${Date.now()}`,
        lines: [{ code: 'GR-0101', quantity: 1 }],
        service: 'standard',
        customer: {
          name: 'Ottilie Fernweh',
          address: { lines: ['Lindenallee 3'], postcode: '10115', city: 'Berlin', country: 'DE' },
        },
        shippingMinor: 490,
        acceptShort: true,
      })
      endPrinting = async () => {
        endPrinting = undefined
        await call('orders.cancel', { order: order.code, reason: 'It was only looked at.' })
        await call('printers.use', { kind: 'label' })
        await call('printers.remove', { printer: id })
        await device.close()
      }
      const { wave, tours } = await call('waves.plan', { orderIds: [order.orderId] })
      await call('waves.issue-documents', { wave: wave.code })
      await call('waves.issue-labels', { wave: wave.code })
      for (const tour of tours)
        for (const { seq, sku: code, quantity } of tour.stops)
          await call('pick.confirm', { wave: wave.code, tour: tour.seq, seq, code, quantity })
      await open(page, `/pack/${wave.code}`)
      await scan(page, 'GR-0101')
      await page.locator('[data-test=packed-label]').waitFor()
      await page.locator('[data-test=right]').waitFor({ state: 'detached' })
    },
    after: async () => endPrinting?.(),
  },
]
