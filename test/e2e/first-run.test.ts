import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsInBothThemes } from './axe.ts'
import { openStation, type StationDoor } from './doors.ts'
import { FirstRunModel } from './pages/first-run.ts'
import { courierKeySet } from './storefront.ts'

const patience = { timeout: 20_000 }
describe('the first run', { timeout: 90_000 }, () => {
  let door: StationDoor
  let first: FirstRunModel
  const faults: string[] = []

  async function look(what: string): Promise<void> {
    faults.push(...(await faultsInBothThemes(door.page)).map((fault) => `${what}: ${fault}`))
  }

  beforeAll(async () => {
    door = await openStation()
    door.page.setDefaultTimeout(patience.timeout)
    await door.page.setViewportSize({ width: 1366, height: 768 })
    first = new FirstRunModel(door.page)
  })
  afterAll(() => door?.close())

  test('begins with language and units, and opens the sample shop by keys alone', async () => {
    await door.page.getByRole('link', { name: 'Begin' }).focus()
    await door.page.keyboard.press('Enter')
    await first.heading.filter({ hasText: 'What do you speak' }).waitFor()
    await look('language')
    await first.goOn()
    await look('shop')
    await first.pressByKeys('Open the sample shop')
    await first.app.keepRecoveryKey()
    await first.page.getByText('You have written the recovery key down.').waitFor()
    expect((await door.call('settings.get', {})).isSample).toBe(true)
  })

  test('shows what is there already, and is left and gone on with from Today', async () => {
    await first.goOn()
    await first.goOn()
    await first.page.getByText('Catalogue: 568 products').first().waitFor()
    await first.page.getByRole('link', { name: 'Later' }).click()
    await first.page.getByRole('link', { name: 'Go on setting up' }).click()
    await first.heading.waitFor()
    await first.step('Storefront').filter({ hasText: 'skipped' }).waitFor()
  })

  test('the settings say how every area stands, and remove the sample without trace', async () => {
    await door.page.goto(`${door.address}/#/settings`)
    await first.page.locator('[data-test=areas] li').first().waitFor()
    const sentences = await first.page.locator('[data-test=areas] li').allInnerTexts()
    expect(sentences).toHaveLength(9)
    expect(sentences.join('\n')).toContain('Quendelkontor is the sample shop')
    expect(sentences.join('\n')).toContain('6 people, 6 without a PIN')
    expect(sentences.join('\n')).toContain('There is no backup yet.')
    expect(sentences.join('\n')).not.toMatch(/settings\.|undefined|\{|NaN/)
    await look('settings')
    await first.app.button('Remove the sample shop').click()
    await first.app.button('Remove it').click()
    await first.heading.filter({ hasText: 'Whose shop is this?' }).waitFor()
    expect((await door.call('catalogue.list', {})).total).toBe(0)
  })

  test('then sets a shop of one’s own up, to its first pick sheet', async () => {
    const form = first.page.locator('form').filter({ hasText: 'Your own shop' })
    for (const [label, text] of [
      ['Name', 'Corner Shop'],
      ['Country', 'de'],
      ['Time zone', 'Europe/Berlin'],
    ] as const)
      await form.getByRole('textbox', { name: label }).fill(text)
    await form.getByRole('textbox', { name: 'Name' }).press('Enter')
    await first.app.keepRecoveryKey()
    await first.goOn()
    await first.goOn()
    await look('products')
    await first.goOn()
    await look('printers')
    await first.goOn()
    await first.pressByKeys('Take them')
    await first.page.getByText('Cartons: 6 types').first().waitFor()
    await look('cartons')
    await first.goOn()
    await look('floor')
    await first.pressByKeys('Draw on from here')
    await first.step('Floor').filter({ hasText: 'locations' }).waitFor()
    await first.goOn()
    await first.page.getByRole('textbox', { name: 'Name' }).fill('Parcel People')
    await first.page.keyboard.press('Enter')
    await first.page.getByPlaceholder('or paste its text').fill(courierKeySet())
    await first.app.button('Look at it').click()
    await first.page.getByRole('textbox', { name: 'Compared by (your name)' }).fill('Ada')
    await first.page.keyboard.press('Enter')
    await first.page.getByText('Has a key').waitFor()
    await look('couriers')

    const [location] = (await door.call('floor.get', {}))?.locations ?? []
    await door.call('catalogue.import', {
      csv: `sku,name,price_minor,weight_g,length_mm,width_mm,height_mm,stock,locations\nTEA,Tea,500,120,100,80,60,9,${location?.code}:9\n`,
    })
    await door.call('orders.place', { key: 'first-order', lines: [{ code: 'TEA', quantity: 1 }], service: 'collect' })
    const { wave } = await door.call('waves.plan', {})
    await door.call('waves.run', { wave: wave.code })
    expect((await door.call('pick.list', { wave: wave.code })).tours[0]?.stops[0]?.sku).toBe('TEA')
  })

  test('without a serious fault for people who use it without eyes or without a mouse, and without a complaint', () => {
    expect(faults).toEqual([])
    expect(door.complaints).toEqual([])
  })
})
