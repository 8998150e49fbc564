import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { chromium, type Locator, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeKeys, privateSet, publicSet, type CourierKeys } from '../../src-courier/core/courier-keys.ts'
import { seriousFaults } from './axe.ts'
import { browserArgs, findBrowser } from './browser.ts'
import { openStation, type StationDoor } from './doors.ts'
import { pictureOf, setText } from './key-photo.ts'
import { AppModel } from './pages/app.ts'

/** A picture of each state for whoever wants to look: BACKROOM_SHOTS names the folder. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['BACKROOM_SHOTS']
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) })
}

describe('keys of couriers on screen', { timeout: 180_000 }, () => {
  let door: StationDoor
  let van: Locator
  let first: CourierKeys
  beforeAll(async () => {
    door = await openStation()
    await door.call('shop.init-sample', {})
    await door.page.setViewportSize({ width: 1366, height: 768 })
    await door.page.reload()
    await new AppModel(door.page).goTo('Couriers')
    const [courier] = await door.call('couriers.list', {})
    van = door.page.getByRole('article', { name: courier?.name ?? '' })
    first = await makeKeys()
  })
  afterAll(() => door?.close())

  const faults = async (): Promise<readonly string[]> => {
    const found: string[] = []
    for (const colorScheme of ['light', 'dark'] as const) {
      await door.page.emulateMedia({ colorScheme })
      found.push(...(await seriousFaults(door.page)))
    }
    await door.page.emulateMedia({ colorScheme: 'light' })
    return found
  }

  async function offer(text: string): Promise<void> {
    await van.getByPlaceholder('or paste its text').fill(text)
    await van.getByRole('button', { name: 'Look at it', exact: true }).click()
  }

  test('a wrong key set is refused with a sentence of its own, and nothing is saved', async () => {
    await van.getByRole('button', { name: 'Add key' }).click()
    for (const [text, sentence] of [
      [JSON.stringify(privateSet(first)), /PRIVATE key/],
      ['{"keys": [', /no readable key set/],
      [JSON.stringify({ keys: [publicSet(first).keys[0]] }), /One of the two keys is missing/],
      [JSON.stringify(await door.call('shop.public-keys', {})), /your shop's own keys/],
    ] as const) {
      await offer(text)
      await van.getByRole('alert').filter({ hasText: sentence }).waitFor()
    }
    expect(await van.getByRole('alert').textContent()).not.toContain(first.enc.d)
    expect(await faults()).toEqual([])
    expect((await door.call('couriers.list', {}))[0]?.keys).toEqual([])
  })

  test('a good one is looked at, compared by telephone and saved, by keys alone', async () => {
    const { page } = door
    await offer(setText(first))
    await van.getByText('Read these words to the courier by telephone').waitFor()
    await shot(page, 'key-preview')
    expect(await faults()).toEqual([])
    expect((await door.call('couriers.list', {}))[0]?.keys).toEqual([])
    // The focus is at the words; the days come first, then the name.
    const name = van.getByRole('textbox', { name: 'Compared by (your name)' })
    for (let i = 0; i < 12 && !(await name.evaluate((element) => element === element.ownerDocument.activeElement)); i++)
      await page.keyboard.press('Tab')
    await page.keyboard.type('Ada')
    await page.keyboard.press('Enter')
    await van.getByText(/words compared by Ada/).waitFor()
    await van.locator('[data-test=key-sealing]').waitFor()
  })

  test('a key that comes by file takes the place of the old one, which is kept for answers', async () => {
    const { page } = door
    await van.getByRole('button', { name: 'Add key' }).click()
    const file = { name: 'new.jwks.json', mimeType: 'application/json', buffer: Buffer.from(setText(await makeKeys())) }
    await van.getByLabel('Add key: Choose a file').setInputFiles(file)
    await van.getByText('From now on labels are sealed with this key.').waitFor()
    const words = await van.locator('[data-test=preview-words]').innerText()
    await van.getByRole('button', { name: 'Save, compare later' }).click()
    await van.locator('[data-test=key-sealing]').filter({ hasText: words }).waitFor()
    await van.getByText('Former keys: 1').click()
    const old = van.locator('[data-test=key-valid]')
    await old.getByText('Answers signed with it count.').waitFor()
    await old.getByText('words compared by Ada').waitFor()
    await page.getByRole('region', { name: 'What is sealed' }).waitFor()
  })

  test('collection, label size and tariff are changed by keys, and the toast takes it back', async () => {
    const { page } = door
    const courier = async () => (await door.call('couriers.list', {}))[0]
    const before = await courier()
    await van.getByRole('button', { name: 'Change collection, label, tariff' }).press('Enter')
    const form = van.getByRole('form', { name: 'Collection, label and tariff' })
    await form.getByLabel('Collects at').fill('15:45')
    await form.getByRole('combobox', { name: 'Label size' }).press('Enter')
    await page.getByRole('option', { name: 'A6' }).press('Enter')
    await form.getByRole('button', { name: 'Add a row' }).press('Enter')
    await page.keyboard.type('60 kg')
    await page.keyboard.press('Enter')
    await form.getByText('The marked fields are empty or say no amount.').waitFor()
    expect(await courier()).toEqual(before)
    for (const text of ['2 m', '450 cm', '9,90']) {
      await page.keyboard.press('Tab')
      await page.keyboard.type(text)
    }
    expect(await faults()).toEqual([])
    await page.keyboard.press('Enter')
    await van.locator('[data-test=collection]', { hasText: '15:45' }).waitFor()
    await van.locator('[data-test=label-size]', { hasText: 'A6' }).waitFor()
    await van.locator('[data-test=tariff]', { hasText: 'up to 60 kg' }).waitFor()
    expect((await courier())?.tariff.at(-1)).toEqual({ maxGrossG: 60_000, maxLengthMm: 2000, maxGirthMm: 4500, priceMinor: 990 }) // prettier-ignore
    await page.getByRole('button', { name: 'Undo' }).click()
    await van.locator('[data-test=collection]', { hasText: before?.collection ?? '-' }).waitFor()
    expect(await courier()).toEqual(before)
  })

  test('a photo of the code will do, and so will a camera', async () => {
    const { page } = door
    const second = await makeKeys()
    await van.getByRole('button', { name: 'Add key' }).click()
    const photo = { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: pictureOf('nothing of ours') }
    await van.getByLabel('Choose a photo of the code').setInputFiles(photo)
    await van
      .getByRole('alert')
      .filter({ hasText: /no readable key set/ })
      .waitFor()
    const good = { ...photo, buffer: pictureOf(setText(second)) }
    await van.getByLabel('Choose a photo of the code').setInputFiles(good)
    const words = (await van.locator('[data-test=preview-words]').textContent())?.trim()
    await van.getByRole('button', { name: 'Save, compare later' }).click()
    await van
      .locator('[data-test=key-sealing]')
      .filter({ hasText: words ?? '-' })
      .waitFor()

    // The same in a browser whose camera shows the code of a third set.
    const third = await makeKeys()
    const folder = join(door.folder, 'camera')
    mkdirSync(folder)
    writeFileSync(join(folder, 'code.mjpeg'), Buffer.concat(Array<Buffer>(5).fill(pictureOf(setText(third)))))
    const fake = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${join(folder, 'code.mjpeg')}`] // prettier-ignore
    const browser = await chromium.launch({ executablePath: await findBrowser(), args: [...browserArgs, ...fake] })
    try {
      const other = await browser.newPage()
      await other.context().addCookies(await page.context().cookies())
      await other.goto(`${door.address}/#/couriers`)
      const card = other.getByRole('article', { name: (await door.call('couriers.list', {}))[0]?.name ?? '' })
      await card.getByRole('button', { name: 'Add key' }).click()
      await card.getByRole('button', { name: 'Scan its code' }).click()
      await card.locator('[data-test=preview-words]').waitFor({ timeout: 30_000 })
    } finally {
      await browser.close()
    }
  })

  test('an old key is revoked after a question, and says so', async () => {
    const { page } = door
    const old = van.locator('[data-test=key-valid]').first()
    await old.getByRole('button', { name: 'Revoke' }).click()
    await old.getByRole('button', { name: 'Revoke it' }).click()
    await van.locator('[data-test=key-revoked]').getByText('Nothing signed with it counts.').waitFor()
    await van.getByRole('button', { name: 'Test label' }).click()
    await van.getByText(/^Test label TEST\d{6} is made/).waitFor()
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.locator('[data-test=shop-code]').waitFor()
    expect(await page.locator('[data-test=shop-keys]').textContent()).toContain('"kty":"EC"')
    expect(await faults()).toEqual([])
    await shot(page, 'couriers')
  })

  test('what is sealed is chosen at one place, and switching it off is asked about', async () => {
    const { page } = door
    const setting = page.getByRole('region', { name: 'What is sealed' })
    await setting.getByRole('radio', { name: /Nothing is sealed/ }).check()
    await setting.getByRole('button', { name: 'Change' }).click()
    await setting.getByText('Print addresses in clear from now on?').waitFor()
    expect(await faults()).toEqual([])
    await page.keyboard.press('Enter')
    expect((await door.call('sealing.get', {})).sealing).toBe('delivery')
    await setting.getByRole('radio', { name: /Pick papers are sealed/ }).check()
    await setting.getByRole('button', { name: 'Change' }).click()
    await expect.poll(async () => (await door.call('sealing.get', {})).sealing).toBe('selection')
  })

  test('the screen speaks three languages and fits a small window', async () => {
    const { page } = door
    for (const [language, title] of [
      ['de', 'Zusteller'],
      ['ja', '配送業者'],
    ] as const) {
      // prettier-ignore
      // `globalThis` is the page's window; tests are compiled without the DOM.
      await page.evaluate((code) => (globalThis as unknown as { localStorage: Storage }).localStorage.setItem('backroom.language', code), language) // prettier-ignore
      await page.reload()
      await page.locator('main h1').filter({ hasText: title }).waitFor()
      await shot(page, `couriers-${language}`)
      expect(await seriousFaults(page)).toEqual([])
    }
    await page.evaluate(() => (globalThis as unknown as { localStorage: Storage }).localStorage.setItem('backroom.language', 'en')) // prettier-ignore
    await page.reload()
    const overflow = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = (globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } }).document.documentElement // prettier-ignore
      return scrollWidth - clientWidth
    })
    expect(overflow).toBeLessThanOrEqual(0)
    expect(door.complaints).toEqual([])
  })

  test('a recipient sealed for the packing table opens by a PIN, closes by hand, and is gone with its parcel', async () => {
    const { page } = door
    await door.call('sealing.change', { sealing: 'selection' })
    await door.call('staff.save', { name: 'Pat', role: 'packer', pin: '2468' })
    for (const { code } of await door.call('couriers.list', {}))
      await door.call('couriers.add-key', { carrier: code, jwks: setText(await makeKeys()) })
    const address = { lines: ['Gartenweg 5'], postcode: '10623', city: 'Berlin', country: 'DE' }
    await door.call('orders.place', {
      key: 'order-for-packing',
      lines: [{ code: 'AP-0102', quantity: 1 }],
      service: 'standard',
      customer: { name: 'Zoe Quirrenbach', address },
    })
    const { wave, tours, parcels } = await door.call('waves.plan', {})
    await door.call('waves.run', { wave: wave.code })
    for (const tour of tours)
      for (const { seq, sku: code, quantity } of tour.stops)
        await door.call('pick.confirm', { wave: wave.code, tour: tour.seq, seq, code, quantity })
    const [parcel] = parcels
    await page.goto(`${door.address}/#/pack/${wave.code}`)
    await page.getByRole('button', { name: 'Open the address' }).click()
    const ask = async (pin: string): Promise<void> => {
      await page.getByRole('textbox', { name: 'Name' }).fill('Pat')
      await page.getByLabel('PIN').fill(pin)
      await page.keyboard.press('Enter')
    }
    await ask('1111')
    await page.getByRole('alert').filter({ hasText: 'The PIN does not fit the name' }).waitFor()
    expect(await page.content()).not.toContain('Quirrenbach')
    expect(await seriousFaults(page)).toEqual([])
    await ask('2468')
    await page.locator('[data-test=recipient]').filter({ hasText: 'Zoe Quirrenbach' }).waitFor()
    await shot(page, 'packing-address')
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await seriousFaults(page)).toEqual([])
    }
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByText('The address is closed again.').waitFor()
    expect(await page.content()).not.toContain('Quirrenbach')
    await page.getByRole('button', { name: 'Open the address' }).click()
    await ask('2468')
    await page.locator('[data-test=recipient]').waitFor()
    await door.call('pack.confirm', { parcelId: parcel?.id ?? '' })
    await page.goto(`${door.address}/#/pack`)
    await page.locator('[data-test=recipient]').waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain('Quirrenbach')
    expect(door.complaints).toEqual([])
  })
})

/** As much of the page's storage as is touched from here. */
interface Storage {
  setItem(name: string, value: string): void
}
