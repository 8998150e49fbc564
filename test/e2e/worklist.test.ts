import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousFaults } from './axe.ts'
import { AppModel } from './pages/app.ts'
import { openStation, type StationDoor } from './doors.ts'

const header = 'sku,name,category,price_minor,weight_g,length_mm,width_mm,height_mm'
const teas = [100, 120, 150, 180, 200, 220, 250, 300, 500].map(
  (weight, i) => `T-${i},Tea ${i},Teas,300,${weight},160,90,70`,
)

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

  test('the product panel names whose word counts and goes back to the estimate', async () => {
    const { page } = door
    await door.call('catalogue.estimate', {})
    await door.call('catalogue.measure', { changes: [{ sku: 'T-ODD', weightG: 240 }] })
    await page.goto(`${door.address}/#/catalogue`)
    await page.getByRole('searchbox').fill('T-ODD')
    await page.getByRole('row', { name: /Odd tea/ }).click()
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
    await shot('catalogue-estimated')
    expect(door.complaints).toEqual([])
  })
})
