import { createCanvas } from '@napi-rs/canvas'
import type { Page } from 'playwright'
import type { PictureShop } from '../shops.ts'
import type { Scene } from './scene.ts'

type Call = PictureShop['call']

/** Which products scenes measure and photograph; nobody has ordered them. */
const bare = ['Z-100', 'Z-101', 'Z-102'] as const
const header = 'sku,name,category,price_minor,currency,weight_g,length_mm,width_mm,height_mm'

/** A jar on a table, as a telephone sees it. */
function jar(): string {
  const canvas = createCanvas(640, 480)
  const context = canvas.getContext('2d')
  const box = (colour: string, [x, y, width, height]: readonly [number, number, number, number]): void => {
    context.fillStyle = colour
    context.fillRect(x, y, width, height)
  }
  box('#d8d2c8', [0, 0, 640, 330])
  box('#9a8266', [0, 330, 640, 150])
  box('#3c4a52', [242, 60, 156, 46])
  box('#b8641e', [226, 106, 188, 300])
  box('#f4ecd8', [226, 180, 188, 150])
  context.fillStyle = '#3c3226'
  context.font = 'bold 34px sans-serif'
  context.fillText('HONEY', 258, 250)
  context.font = '24px sans-serif'
  context.fillText('500 g', 286, 292)
  return canvas.toBuffer('image/webp', 80).toString('base64')
}

async function bareProducts(call: Call): Promise<void> {
  const names = ['Chestnut honey', 'Acacia honey', 'Heather honey']
  const rows = bare.map((sku, n) => `${sku},${names[n]},Honey,690,EUR,${n === 0 ? '' : 520},,,`)
  await call('catalogue.import', { csv: [header, ...rows].join('\n') })
  await call('products.photo-set', { sku: bare[0], base64: jar() })
}

async function chosenFile(page: Page, lines: readonly string[]): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles({ name: 'catalogue.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) }) // prettier-ignore
  await page.locator('[data-test=counts]').waitFor()
}

const good = ['sku;name;category;price;weight_g;length_mm;width_mm;height_mm', 'GR-0103;Spelt flour, fine;Flour;3,45;1010;110;80;210', 'Z-200;Rye flour;Flour;2,95;1010;110;80;210', 'Z-201;Oat flour;Flour;3,15;510;100;70;180'] // prettier-ignore

const panel = 'main aside [tabindex="0"]'

export const catalogueScenes: readonly Scene[] = [
  {
    name: 'catalogue-locations',
    address: () => '/catalogue',
    async act(page) {
      await page.locator('main [role=grid] .row').nth(2).click()
      const places = page.locator('aside table tbody tr').first()
      await places.scrollIntoViewIfNeeded()
      await page.locator(panel).evaluate((body) => body.scrollTo(0, body.scrollHeight))
    },
  },
  {
    name: 'catalogue-to-measure',
    address: () => '/catalogue?view=worklist',
    async act(page, { call }) {
      await bareProducts(call)
      await page.locator('main [role=grid] .row', { hasText: bare[1] }).waitFor()
    },
  },
  {
    name: 'catalogue-photo',
    address: () => '/catalogue?view=worklist',
    async act(page, { call }) {
      await bareProducts(call)
      await page.locator('main input[type=search]').fill('Z-10')
      await page.locator('main [role=grid] .row', { hasText: bare[0] }).click()
      await page.locator('[data-test=photo-part] [data-test=photo]').waitFor()
      await page.locator('input[name=weight]:focus').waitFor()
      await page.keyboard.type('510')
    },
  },
  {
    name: 'pick-photo',
    address: ({ wave }) => `/pick/${wave}/1`,
    async act(page, { call, parameters }) {
      const { tours } = await call('pick.list', { wave: parameters['wave'] ?? '' })
      for (const { sku } of tours[0]?.stops ?? []) await call('products.photo-set', { sku, base64: jar() })
      await page.locator('[data-test=stop] [data-test=photo]').waitFor()
    },
  },
  {
    name: 'pack-photo',
    address: ({ wave, parcel }) => `/pack/${wave}/${parcel}`,
    async act(page) {
      await page.locator('[data-test=contents] [data-test=photo]').first().waitFor()
    },
    async after(_page, { call, parameters }) {
      const { tours } = await call('pick.list', { wave: parameters['wave'] ?? '' })
      for (const { sku } of tours.flatMap(({ stops }) => stops)) await call('products.photo-remove', { sku })
    },
  },
  {
    name: 'catalogue-measured',
    address: () => '/catalogue?view=worklist',
    async act(page, { call }) {
      await bareProducts(call)
      await page.locator('main input[type=search]').fill('Z-10')
      await page.locator('main [role=grid] .row', { hasText: bare[1] }).click()
      await page.locator('input[name=sides]').fill('7 x 7 x 11 cm')
      await page.keyboard.press('Enter')
      await page.locator('li[data-slot]', { hasText: 'Acacia' }).or(page.locator('[role=region] li')).first().waitFor()
      await page.locator('aside h2', { hasText: 'Heather' }).waitFor()
    },
    async after(page, { call }) {
      await call('catalogue.measure', { changes: [{ sku: bare[1], clear: ['space'] }] })
      // The toast outlives its scene.
      await page.reload()
      await page.locator('main h1').first().waitFor()
    },
  },
  {
    name: 'catalogue-preview',
    address: () => '/catalogue?import=1',
    act: (page) => chosenFile(page, good),
  },
  {
    name: 'catalogue-mapping',
    address: () => '/catalogue?import=1',
    async act(page) {
      await chosenFile(page, ['Ref;Was;Netto g;Betrag', 'Z-300;Rye flour;1010;3,20', 'Z-301;Oat flour;510;4,10'])
      await page.locator('[data-test=mapping] select').first().selectOption('sku')
      await page.locator('[data-test=mapping]').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'catalogue-lines',
    address: () => '/catalogue?import=1',
    async act(page) {
      await chosenFile(page, [...good, 'Z-202;Bad weight;Flour;3,15;-4;100;70;180', 'Z-203;No price;Flour;abc;510;100;70;180', ';No code;Flour;3,15;510;100;70;180']) // prettier-ignore
      await page.locator('[data-test=lines] tbody tr').nth(2).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'catalogue-undone',
    address: () => '/catalogue?import=1',
    async act(page) {
      await chosenFile(page, good)
      await page.locator('[data-test=import]').click()
      await page.locator('[data-test=imported] button').first().click()
      await page.locator('[data-test=undone]').waitFor()
      await page.locator('[data-test=export]').scrollIntoViewIfNeeded()
    },
  },
]
