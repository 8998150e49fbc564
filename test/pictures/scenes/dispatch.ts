import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright'
import { startLabelPrinter } from '../../integration/printing/label-printer.ts'
import type { PictureShop } from '../shops.ts'
import type { Scene } from './scene.ts'

type Call = PictureShop['call']

/** Places that one van drives to. */
const postcodes = ['43110', '43113', '43117', '43119', '43123'] as const
const courier = 'van-north'

/** That many packages for the van, packed: codes of their orders. */
async function packedForVan(call: Call, count: number): Promise<readonly string[]> {
  const orderIds: string[] = []
  const codes: string[] = []
  for (let n = 0; n < count; n++) {
    const address = { lines: [`Musterweg ${n + 1}`], postcode: postcodes[n % postcodes.length], city: 'Musterstadt', country: 'DE' } // prettier-ignore
    const placed = await call('orders.place', {
      key: randomUUID(),
      lines: [{ code: 'GR-0103', quantity: 1 + (n % 2) }],
      service: 'standard',
      customer: { name: 'Erika Beispiel', address },
    })
    codes.push(placed.code)
    orderIds.push((await call('orders.get', { order: placed.code })).order.id)
  }
  const { wave, tours, parcels } = await call('waves.plan', { orderIds })
  await call('waves.issue-documents', { wave: wave.code })
  await call('waves.issue-labels', { wave: wave.code })
  for (const tour of tours)
    for (const { seq, sku, quantity } of tour.stops)
      await call('pick.confirm', { wave: wave.code, tour: tour.seq, seq, code: sku, quantity })
  for (const { id } of parcels) await call('pack.confirm', { parcelId: id })
  return codes
}

/** Whoever was kept or stopped goes too: nothing of a scene waits when the next picture is taken. */
async function handEverythingOver(call: Call, stopped: readonly string[] = []): Promise<void> {
  for (const order of stopped) await call('orders.release', { order })
  const waiting = (await call('collections.list', {})).find((one) => one.courier === courier)?.parcels ?? []
  if (waiting.length > 0) await call('manifests.close', { carrier: courier })
}

async function openPreview(page: Page): Promise<void> {
  await page.locator('[data-test=preview]').first().click()
  await page.locator('[data-test=delivery-stops] li').first().waitFor()
}

export const dispatchScenes: readonly Scene[] = [
  {
    name: 'dispatch-preview',
    address: () => '/dispatch',
    async act(page, { call }) {
      await packedForVan(call, 5)
      await page.locator('details summary').first().click()
      await page.locator('details [role=checkbox]').first().click()
      await openPreview(page)
      await page.locator('[data-test=preview-stays]').waitFor()
    },
    after: (_page, { call }) => handEverythingOver(call),
  },
  {
    name: 'dispatch-left',
    address: () => '/dispatch',
    async act(page, { call }) {
      const [stopped = ''] = await packedForVan(call, 4)
      await call('orders.hold', { order: stopped })
      const [collection] = (await call('collections.list', {})).filter((one) => one.courier === courier)
      const except = collection?.parcels.filter(({ stays }) => !stays).slice(-1) ?? []
      await call('manifests.close', { carrier: courier, except: except.map(({ number }) => number) })
      await page.locator(`a[href$="/orders/${stopped}"]`).waitFor()
      await page.locator('details summary').first().click()
    },
    async after(_page, { call }) {
      const held = (await call('collections.list', {})).flatMap(({ parcels }) => parcels.filter(({ stays }) => stays))
      await handEverythingOver(call, [...new Set(held.map(({ orderCode }) => orderCode))])
    },
  },
  {
    name: 'dispatch-papers',
    address: () => '/dispatch',
    async act(page, { call }) {
      const { rows } = await call('manifests.list', {})
      const number = rows[0]?.manifest.number ?? ''
      const device = await startLabelPrinter()
      try {
        const way = { kind: 'zpl', host: '127.0.0.1', port: device.port } as const
        const { id: printer } = await call('printers.save', { printer: { name: 'Zebra', way, media: '4x6' } })
        await call('printers.use', { kind: 'label', printer })
        await page.keyboard.press('p')
        await page.getByRole('complementary').getByRole('textbox').fill(number)
        await page.keyboard.press('Enter')
        const label = page.locator('[data-test=papers] li').nth(1)
        const { papers } = await call('papers.find', { code: number })
        const { id = '' } = papers.find(({ document }) => document.kind === 'label')?.document ?? {}
        for (const again of [false, true]) await call('print.documents', { documents: [id], again })
        await page.waitForTimeout(500)
        await label.locator('[data-test=print]').click()
        await label.getByRole('group').waitFor()
      } finally {
        await device.close()
      }
    },
    async after(_page, { call }) {
      const { printers } = await call('printers.list', {})
      for (const { id } of printers.filter(({ name }) => name === 'Zebra'))
        await call('printers.remove', { printer: id })
    },
  },
]
