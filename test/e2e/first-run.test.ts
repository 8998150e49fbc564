import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsInBothThemes } from './axe.ts'
import { programFolder } from './built.ts'
import { openStation, type StationDoor } from './doors.ts'
import { FirstRunModel } from './pages/first-run.ts'
import { courierKeySet } from './storefront.ts'

const patience = { timeout: 20_000 }
/** Every operation that a person does, in the words of the palette; a unit test holds the file to the operations. */
const { deeds } = JSON.parse(readFileSync(join(programFolder, 'resources/translations/en.json'), 'utf8')) as {
  readonly deeds: Readonly<Record<string, string>>
}
const operations = Object.values(deeds)

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

  test('Ctrl K lists every operation, finds one by its words, and Enter waits until what was typed is answered', async () => {
    const { page } = door
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog')
    await palette.getByRole('option').nth(operations.length).waitFor()
    const listed = (await palette.getByRole('option').allInnerTexts()).map((text) => text.trim())
    expect(operations.filter((text) => !listed.includes(text))).toEqual([])
    // Faster than any answer: neither lost nor given to what stood there before.
    await palette.locator('input').pressSequentially('Add a printer')
    await page.keyboard.press('Enter')
    await page.locator('main h1').filter({ hasText: 'Printers' }).waitFor()
    await palette.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    const asked = page.waitForRequest('**/call/storefronts.sync')
    await palette.locator('input').pressSequentially('Ask the storefronts')
    await page.keyboard.press('Enter')
    await asked
    await palette.waitFor({ state: 'detached' })
  })

  test('skeletons of the list’s shape stand until it comes, and nothing jumps or spins', async () => {
    const { page } = door
    const held: (() => void)[] = []
    let isHeld = true
    await page.route('**/call/audit.list', async (route) => {
      if (isHeld) await new Promise<void>((resolve) => held.push(resolve))
      await route.fallback()
    })
    for (const key of ['g', 'l']) await page.keyboard.press(key)
    const list = page.getByRole('grid', { name: 'Activity' })
    await list.locator('[role=gridcell] .animate-pulse').first().waitFor()
    expect(await page.locator('main .animate-spin').count()).toBe(0)
    const before = await list.boundingBox()
    isHeld = false
    for (const release of held) release()
    await list.locator('.row').first().waitFor()
    await page.unroute('**/call/audit.list')
    expect(await list.locator('.animate-pulse').count()).toBe(0)
    expect(await list.boundingBox()).toEqual(before)
  })

  test('every screen shows its key; rows open beside their list, and the focus is never lost', async () => {
    const { page } = door
    await door.call('orders.place', { key: 'order-of-the-walk', lines: [{ code: 'GR-0101', quantity: 1 }], service: 'collect' }) // prettier-ignore
    const nobody = () => page.evaluate('document.activeElement === document.body')
    const lost: string[] = []
    const look = async (where: string): Promise<void> => {
      await expect.poll(nobody, patience).toBe(false).catch(() => lost.push(where)) // prettier-ignore
    }
    const links = page.getByRole('navigation', { name: 'Screens' }).getByRole('link')
    for (const link of await links.all()) {
      const text = await link.innerText()
      expect(text).toMatch(/\bg\s\S$/)
      const name = text.replace(/\s*\bg\s\S$/, '')
      await link.press('Enter')
      await page.locator('main h1').filter({ hasText: name }).waitFor()
      await look(name)
      const list = page.locator('main [role=grid]').first()
      if (!(await list.isVisible())) continue
      await list.focus()
      await page.keyboard.press('Enter')
      const panel = page.getByRole('complementary')
      await panel.first().waitFor({ timeout: 1_000 }).catch(() => undefined) // prettier-ignore
      expect([name, await page.getByRole('dialog').count()]).toEqual([name, 0])
      await look(`${name}, a row open`)
      if ((await panel.count()) > 0) {
        await panel.first().getByRole('button', { name: 'Close', exact: true }).press('Enter')
        await panel.first().waitFor({ state: 'detached' })
      }
      await look(`${name}, closed again`)
    }
    expect(lost).toEqual([])
    // Taken away where it was pressed.
    await page.goto(`${door.address}/#/stations/staff`)
    const person = page.locator('[data-test=person]')
    await person.first().waitFor()
    const staff = await person.count()
    await person.first().getByRole('button', { name: 'Change' }).press('Enter')
    await page.locator('[data-test=staff-form]').waitFor()
    await page.keyboard.press('Escape')
    await look('a form closed')
    await person.first().getByRole('button').last().press('Enter')
    await expect.poll(() => person.count(), patience).toBe(staff - 1)
    await look('a row gone')
    await page.getByRole('button', { name: 'Undo' }).last().press('Enter')
    await expect.poll(() => person.count(), patience).toBe(staff)
    await look('a toast gone')
    expect(lost).toEqual([])
  })

  test('lengths and weights are shown in feet and pounds where that is chosen, and in millimetres again', async () => {
    const { page } = door
    await page.goto(`${door.address}/#/settings`)
    const choose = (label: string): Promise<void> => page.getByRole('radio', { name: label }).press('Space')
    await choose('Feet and pounds')
    await page.goto(`${door.address}/#/catalogue`)
    await page.locator('main [role=gridcell]').getByText(/\b(lb|oz)\b/).first().waitFor() // prettier-ignore
    await page.goto(`${door.address}/#/settings`)
    await choose('Metres and grams')
    await page.goto(`${door.address}/#/catalogue`)
    await page.locator('main [role=gridcell]').getByText(/\d\s(g|kg)\b/).first().waitFor() // prettier-ignore
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
