import { readFileSync } from 'node:fs'
import { createCanvas } from '@napi-rs/canvas'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousFaults } from './axe.ts'
import { AppModel } from './pages/app.ts'
import { openStation, type StationDoor } from './doors.ts'

const header = 'sku,name,category,price_minor,weight_g,length_mm,width_mm,height_mm'
const teas = [100, 120, 150, 180, 200, 220, 250, 300, 500].map(
  (weight, i) => `T-${i},Tea ${i},Teas,300,${weight},160,90,70`,
)

/** A camera that shows one colour: what a browser gives where there is one. In the page, as text: it knows its own elements. */
const pretendCamera = (page: Page): Promise<void> =>
  page.evaluate(`(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 1280
    canvas.height = 720
    const context = canvas.getContext('2d')
    setInterval(() => context?.fillRect(0, 0, 1280, 720), 50)
    navigator.mediaDevices.getUserMedia = () => Promise.resolve(canvas.captureStream(20))
  })()`)

const pasteFile = (page: Page, bytes: Buffer, type: string): Promise<void> =>
  page.evaluate(`(() => {
    const data = new DataTransfer()
    const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (sign) => sign.charCodeAt(0))
    data.items.add(new File([bytes], 'photo', { type: '${type}' }))
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })()`)

/** With a segment that names a place, as cameras write it. */
const withPlace = (jpeg: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 15]), Buffer.from('Exif\0\0GPS 52N'), jpeg.subarray(2)])

describe('the worklist on screen', { timeout: 120_000 }, () => {
  let door: StationDoor
  beforeAll(async () => {
    door = await openStation()
    await door.call('shop.init-sample', {})
    const csv = [header, ...teas, 'T-NEW,New tea,Teas,300,,,,', 'T-ODD,Odd tea,Teas,300,,160,90,70', 'T-35,Tea of 35 kg,Teas,300,35000,160,90,70'].join('\n') // prettier-ignore
    await door.call('catalogue.import', { csv })
    await door.page.setViewportSize({ width: 1366, height: 768 })
    await door.page.reload()
  })
  afterAll(() => door?.close())
  const shot = async (name: string): Promise<void> => {
    const folder = process.env['BACKROOM_PICTURES']
    if (folder) await door.page.screenshot({ path: `${folder}/${name}.png` })
  }

  test('measures are typed by keys alone, Enter goes on to the next product', async () => {
    const { page } = door
    await new AppModel(page).goTo('Catalogue')
    await page.getByRole('link', { name: /To measure/ }).click()
    await page.getByRole('searchbox').fill('T-')
    await page.getByRole('button', { name: /no weight/ }).click()
    const row = page.getByRole('row', { name: /New tea/ })
    await row.waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await row.click()
    const weight = page.getByRole('textbox', { name: 'Weight' })
    await page.locator('input[name=weight]:focus').waitFor()
    await page.keyboard.type('five')
    await page.keyboard.press('Enter')
    await page.getByText('This is no weight.').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await weight.fill('0,35 kg')
    await page.keyboard.press('Tab')
    await page.keyboard.type('16 x 9 x 7 cm')
    await shot('worklist-typing')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Odd tea' }).waitFor()
    await page.locator('input[name=weight]:focus').waitFor()
    await page.keyboard.type('200')
    await page.keyboard.press('Enter')
    await page.getByText('Measured: Odd tea.').first().waitFor()
    const product = async (sku: string) => (await door.call('catalogue.list', { search: sku })).rows[0]?.product
    expect(await product('T-NEW')).toMatchObject({ weightG: 350, sizeMm: [160, 90, 70] })
    expect(await product('T-ODD')).toMatchObject({ weightG: 200 })
    await page.locator('li', { hasText: 'Measured: Odd tea.' }).getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await product('T-ODD'))?.weightG).toBeUndefined()
  })

  test('35 kg of tea is doubted in plain words, and what it may have been is one key away', async () => {
    const { page } = door
    await page.getByRole('button', { name: /doubtful/ }).click()
    await page.getByRole('row', { name: /35\skg/ }).click()
    await page.locator('[data-test=repair]', { hasText: 'The decimal comma may have been lost: 350 g?' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await shot('worklist-doubt-light')
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await seriousFaults(page)).toEqual([])
    await shot('worklist-doubt-dark')
    await page.getByRole('button', { name: 'Take 350 g' }).click()
    await page.getByText('Measured: Tea of 35 kg.').first().waitFor()
    expect((await door.call('catalogue.worklist', { kind: 'suspicious' })).total).toBe(0)
  })

  test('a photo is taken by the camera, pasted over, brought back by undo, and holds no place', async () => {
    const { page } = door
    const part = page.locator('[data-test=photo-part]')
    const photo = part.locator('[data-test=photo]')
    const kept = () => door.call('products.photo', { sku: 'T-NEW' })
    await page.goto(`${door.address}/#/catalogue?view=worklist`)
    await page.getByRole('button', { name: /lies nowhere/ }).click()
    await page.getByRole('searchbox').fill('T-NEW')
    await page.getByRole('row', { name: /New tea/ }).click()
    await page.locator('input[name=weight]:focus').waitFor()
    await pretendCamera(page)
    await part.locator('[data-test=take-photo]').press('Enter')
    await page.locator('[data-test=shutter]:focus').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await expect.poll(() => page.evaluate(`document.querySelector('video')?.videoWidth`)).toBe(1280)
    await page.keyboard.press('Enter')
    await photo.waitFor()
    await part.locator('[data-test=take-photo]:focus').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await shot('worklist-photo')
    const first = await kept()
    expect(first).toMatchObject({ mediaType: 'image/webp', widthPx: 640, heightPx: 360 })
    // A telephone's photo: upright, with the place in it.
    await pasteFile(page, withPlace(createCanvas(900, 1200).toBuffer('image/jpeg')), 'image/jpeg')
    await page.getByText('New photo: New tea.').first().waitFor()
    const second = await kept()
    expect(second).toMatchObject({ widthPx: 480, heightPx: 640 })
    expect(Buffer.from(second?.base64 ?? '', 'base64').includes('GPS')).toBe(false)
    await pasteFile(page, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), 'image/svg')
    await page.getByText('This is no picture that can be read here.').first().waitFor()
    await page.locator('li', { hasText: 'New photo: New tea.' }).getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await kept())?.base64).toBe(first?.base64)
    await part.locator('[data-test=remove-photo]').click()
    await photo.waitFor({ state: 'detached' })
    await page.locator('li', { hasText: 'Photo removed: New tea.' }).getByRole('button', { name: 'Undo' }).click()
    await photo.waitFor()
    expect(door.complaints).toEqual([])
  })

  test('the product panel names whose word counts and goes back to the estimate', async () => {
    const { page } = door
    await door.call('catalogue.estimate', {})
    await door.call('catalogue.measure', { changes: [{ sku: 'T-ODD', weightG: 240 }] })
    await page.goto(`${door.address}/#/catalogue`)
    await page.getByRole('searchbox').fill('T-ODD')
    await page.getByRole('row', { name: /Odd tea.*160 × 90 × 70 mm.*240 g/ }).click()
    const origins = page.locator('[data-test=origins-weight]')
    await origins.filter({ hasText: 'measured here' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await shot('product-panel-dark')
    await page.emulateMedia({ colorScheme: 'light' })
    await page.getByRole('button', { name: 'Change' }).click()
    expect(await seriousFaults(page)).toEqual([])
    await shot('product-panel-light')
    await origins.getByRole('button', { name: 'Back to the estimate' }).click()
    await origins.filter({ hasText: 'estimated' }).waitFor()
    await page.getByRole('row', { name: /Odd tea.*estimated/ }).waitFor()
    const panel = page.getByRole('complementary', { name: 'Odd tea' })
    await panel.getByRole('button', { name: 'Change' }).press('Enter')
    await panel.getByLabel('Orientation').selectOption('upright')
    await panel.getByLabel('Fragile').press('Space')
    await panel.getByLabel('Goods class').press('Enter')
    await panel
      .getByRole('definition')
      .filter({ hasText: /^Fragile$/ })
      .waitFor()
    await panel
      .getByRole('definition')
      .filter({ hasText: /^upright$/ })
      .waitFor()
    await shot('catalogue-estimated')
    expect(door.complaints).toEqual([])
  })

  test('columns nobody knows are mapped, lines that are wrong are named, and the import is undone as a whole', async () => {
    const { page } = door
    const lines = [
      'Ref;Was;Netto g;Betrag',
      'M-1;Mapped tea;250;3,20',
      'M-2;Second tea;-4;4,10',
      'T-0;Tea none;99;3,00',
    ]
    await page.goto(`${door.address}/#/catalogue?import=1`)
    await page.locator('input[type=file]').setInputFiles({ name: 'teas.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) }) // prettier-ignore
    const chosen = (header: string) => page.locator(`[data-test=mapping] select[aria-label^="${header}:"]`)
    for (const [header, field] of [['Ref', 'sku'], ['Was', 'name'], ['Netto g', 'weight'], ['Betrag', 'price']] as const) {
      await chosen(header).first().selectOption(field)
      await expect.poll(() => chosen(header).first().inputValue()).toBe(field)
    } // prettier-ignore
    await page.locator('[data-test=counts]', { hasText: '1 new · 1 changed' }).waitFor()
    await page
      .locator('[data-test=lines]')
      .getByRole('row', { name: /^3 Netto g/ })
      .waitFor()
    expect(await seriousFaults(page)).toEqual([])
    const weight = async () => (await door.call('catalogue.list', { search: 'T-0' })).rows[0]?.product.weightG
    const before = await weight()
    await page.locator('[data-test=import]').click()
    await page.locator('[data-test=imported]').waitFor()
    expect(await weight()).toBe(99)
    await page.locator('[data-test=imported]').getByRole('button', { name: 'Undo the whole import' }).click()
    await page.locator('[data-test=undone]', { hasText: '1 put back, 1 removed' }).waitFor()
    expect(await weight()).toBe(before)
    expect((await door.call('catalogue.list', { search: 'M-1' })).total).toBe(0)
  })

  test('the catalogue is written to a file for a spreadsheet', async () => {
    const { page } = door
    await page.locator('[data-test=export] select').nth(1).selectOption(',')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export the catalogue' }).click(),
    ])
    const text = readFileSync(await file.path(), 'utf8')
    expect(file.suggestedFilename()).toMatch(/\.csv$/)
    expect(text).toMatch(/Odd tea/)
    expect(text.split('\n').length).toBeGreaterThan(500)
    expect(door.complaints).toEqual([])
  })
})
