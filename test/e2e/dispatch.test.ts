import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeKeys, publicSet, type CourierKeys } from '../../src-courier/core/courier-keys.ts'
import { signReceipt } from '../../src-courier/core/signed-answers.ts'
import type { Locator } from 'playwright'
import { startLabelPrinter, type LabelPrinter } from '../integration/printing/label-printer.ts'
import { strangerPdf } from '../unit/carrier-files/stranger-pdf.ts'
import { seriousFaults } from './axe.ts'
import { openStation, type StationDoor } from './doors.ts'
import { AppModel } from './pages/app.ts'

describe('handing over on screen', { timeout: 180_000 }, () => {
  let door: StationDoor
  let keys: CourierKeys
  let device: LabelPrinter
  let courier = { code: '', name: '' }
  beforeAll(async () => {
    device = await startLabelPrinter()
    door = await openStation()
    keys = await makeKeys()
    await door.call('shop.init-sample', {})
    for (const { code } of await door.call('couriers.list', {}))
      await door.call('couriers.add-key', { carrier: code, jwks: JSON.stringify(publicSet(await makeKeys())) })
    const { shop } = await door.call('settings.get', {})
    for (const n of [0, 1, 2])
      await door.call('orders.place', {
        key: `dispatch-${n}`,
        lines: [{ code: 'AP-0102', quantity: 1 }],
        service: 'standard',
        customer: {
          name: 'Zoe Quirrenbach',
          address: { lines: [`Xylophonallee ${n}`], postcode: '10115', city: 'Berlin', country: shop.country },
        },
      })
    const { wave } = await door.call('waves.plan', {})
    const view = await door.call('waves.get', { wave: wave.code })
    const code = view.parcels[0]?.carrierCode ?? ''
    courier = { code, name: (await door.call('couriers.list', {})).find((one) => one.code === code)?.name ?? '' }
    await door.call('couriers.add-key', { carrier: code, jwks: JSON.stringify(publicSet(keys)) })
    await door.call('waves.issue-documents', { wave: wave.code })
    await door.call('waves.issue-labels', { wave: wave.code })
    for (const tour of view.tours)
      for (const stop of tour.stops)
        await door.call('pick.confirm', { wave: wave.code, tour: tour.seq, seq: stop.seq, code: stop.sku, quantity: stop.quantity }) // prettier-ignore
    for (const parcel of view.parcels) await door.call('pack.confirm', { parcelId: parcel.id })
    await door.page.setViewportSize({ width: 1366, height: 768 })
    await door.page.reload()
    await new AppModel(door.page).goTo('Dispatch')
  })
  afterAll(async () => {
    await door?.close()
    await device?.close()
  })

  /** Somebody looks at every screen: with BACKROOM_PICTURES set they are kept there, in both colours. */
  async function look(name: string): Promise<void> {
    const folder = process.env['BACKROOM_PICTURES']
    for (const colorScheme of ['dark', 'light'] as const) {
      await door.page.emulateMedia({ colorScheme })
      expect(await seriousFaults(door.page), `${name} ${colorScheme}`).toEqual([])
      if (folder === undefined) continue
      mkdirSync(folder, { recursive: true })
      await door.page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) })
    }
  }

  test('a file for the courier’s site is written after a question; labels come back, a page is assigned', async () => {
    const { page } = door
    const ownLabels = { profile: 'generic', needsPlainUpload: true, shownAtStations: false, values: {} }
    await door.call('couriers.set-own-labels', { carrier: courier.code, ownLabels })
    await page.getByRole('button', { name: "Couriers' own labels" }).click()
    const box = page.getByRole('region', { name: courier.name })
    await box.getByText('0 of 3 packages have a number').waitFor()
    await box.getByRole('button', { name: 'Write the file for their site' }).click()
    await look('dispatch-upload')
    const downloading = page.waitForEvent('download')
    await box.getByRole('button', { name: 'Write it in clear' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe(`${courier.code}.csv`)
    expect(readFileSync((await download.path()) ?? '', 'utf8')).toContain('Zoe Quirrenbach')
    const parcels = (await door.call('collections.list', {})).find((one) => one.courier === courier.code)?.parcels ?? []
    const [first, second, third] = parcels.map(({ number }) => number)
    const pdf = await strangerPdf([{ lines: [first ?? ''] }, { lines: ['no number here'] }])
    const csv = `reference,tracking\n${first},T-0001\n${third},T-0003\nC99999999999,T-0009\n`
    await box.locator('input[type=file]').setInputFiles([
      { name: 'labels.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf) },
      { name: 'numbers.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) },
    ])
    await box.getByText('2 numbers, 1 labels taken in').waitFor()
    await box.getByText('no package of ours has this number').waitFor()
    await look('dispatch-labels')
    await box.getByLabel('labels.pdf, page 2: Package number').fill(second ?? '')
    await box.getByRole('button', { name: 'Take in again with these' }).click()
    await box.getByText('0 numbers, 2 labels taken in').waitFor()
    await page.keyboard.press('Escape')
  })

  test('packages are kept back; the rest is handed over, and its manifest says how far it is', async () => {
    const { page } = door
    const card = page.getByRole('listitem').filter({ hasText: courier.name }).first()
    await card.getByText('Keep packages back').click()
    await card.getByRole('checkbox').first().check()
    await card.getByRole('button', { name: 'Preview' }).press('Enter')
    const preview = page.getByRole('complementary', { name: `Preview: ${courier.name}` })
    await preview.getByText('Packages: 2 · stops: 2', { exact: false }).waitFor()
    const stays = preview.locator('[data-test=preview-stays]')
    await stays.getByText('stays: kept back by hand').waitFor()
    const kept = await stays.locator('b').innerText()
    await preview.getByRole('img', { name: `Preview: ${courier.name}` }).waitFor()
    expect(await page.locator('main').innerText()).not.toMatch(/Quirrenbach|Xylophon/)
    await look('dispatch-preview')
    const stops = preview.locator('[data-test=delivery-stops]')
    const places = (within: Locator): Promise<string[]> => within.locator('.tabular-nums').allInnerTexts()
    const promised = await places(stops)
    expect(promised.filter((one) => /^\d+$/.test(one))).toHaveLength(2)
    expect(promised).not.toContain(kept)
    await preview.getByRole('button', { name: 'Close manifest' }).press('Enter')
    await preview.getByText(`Hand 2 packages over to ${courier.name}?`, { exact: false }).waitFor()
    await look('dispatch-keep-back')
    await preview.getByRole('button', { name: 'Hand over' }).press('Enter')
    const manifest = page.getByRole('complementary').filter({ hasText: 'On its way' })
    await manifest.getByText('run sheet').waitFor()
    const closed = await places(manifest.locator('[data-test=delivery-stops]'))
    // Once closed, a courier's own number may stand below a package's name.
    expect(closed.map((one) => one.split('\n')[0])).toEqual(promised)
    const sequence = promised.filter((one) => /^\d+$/.test(one))
    expect(await manifest.locator('.drawing text').allTextContents()).toEqual(expect.arrayContaining(sequence))
    await page.keyboard.press('Escape')
    // What was not handed over waits on the card.
    await card.getByText('1 packed', { exact: false }).waitFor()
    await card.getByRole('checkbox', { name: kept }).waitFor()
    await page.getByText('waiting to be sent').or(page.getByText('ready for pick-up')).first().waitFor()
    await door.call('reports.deliver', {})
    await page.getByText('ready for pick-up').first().waitFor()
    await look('dispatch-manifests')
  })

  test('a label and a run sheet are printed again by a scan; it is asked, told and written down', async () => {
    const { page } = door
    const way = { kind: 'zpl', host: '127.0.0.1', port: device.port } as const
    const { id: printer } = await door.call('printers.save', { printer: { name: 'Zebra', way, media: '4x6' } })
    await door.call('printers.use', { kind: 'label', printer })
    const { rows } = await door.call('manifests.list', {})
    const { number = '', parcelIds = [] } = rows[0]?.manifest ?? {}
    await page.keyboard.press('p')
    const panel = page.getByRole('complementary', { name: 'Print again' })
    await panel.getByRole('textbox', { name: 'Package, order or manifest number' }).fill(number)
    await page.keyboard.press('Enter')
    const papers = panel.locator('[data-test=papers] li')
    await papers.first().getByText('run sheet').waitFor()
    // One of the two has its courier's own label besides.
    expect(new Set(await papers.locator('b').allInnerTexts()).size).toBe(1 + parcelIds.length)
    await panel.getByText('Not everything here has a printer', { exact: false }).waitFor()
    const label = papers.nth(1)
    await label.getByRole('button', { name: 'Print', exact: true }).press('Enter')
    await label.getByText('Printed once', { exact: false }).waitFor()
    const again = label.getByRole('button', { name: 'Print again' })
    // The list tells of the print before the printer's answer frees the button.
    await expect.poll(() => again.isEnabled()).toBe(true)
    await again.press('Enter')
    await label.getByText('Already printed (1). Print once more?').waitFor()
    await look('dispatch-papers')
    await label.getByRole('button', { name: 'Print', exact: true }).press('Enter')
    await label.getByText('Printed 2 times', { exact: false }).waitFor()
    expect(device.printed).toHaveLength(2)
    expect(device.received()).not.toMatch(/Quirrenbach|Xylophon/)
    const jobs = await door.call('print.jobs', {})
    expect(jobs.rows.map(({ isAgain }) => isAgain)).toEqual([true, false])
    const log = await door.call('audit.list', { action: 'print-again' })
    expect(log.rows.map(({ entity, entityId }) => [entity, entityId])).toEqual([['label', jobs.rows[0]?.documentId]])
    await page.keyboard.press('Escape')
  })

  test('another way is chosen, and the mail server beside it says how it is', async () => {
    const { page } = door
    const card = page.getByRole('listitem').filter({ hasText: courier.name }).first()
    await card.getByRole('button', { name: /^Manifests:/ }).click()
    const box = page.getByRole('dialog')
    await box.getByLabel('Way').click()
    await page.getByRole('option', { name: 'e-mail' }).click()
    await box.getByLabel("The courier's e-mail address").fill('desk@courier.example')
    await box.getByRole('button', { name: 'Use this way' }).click()
    await card.getByRole('button', { name: 'Manifests: e-mail' }).waitFor()
    await box.getByLabel('Mail server', { exact: true }).fill('127.0.0.1')
    await box.getByLabel('Port').fill('1')
    await box.getByLabel("Sender's address").fill('shop@corner.example')
    await box.getByRole('button', { name: 'Save the mail server' }).click()
    await page.getByText('The mail server is saved').first().waitFor()
    await box.getByRole('button', { name: 'Try it' }).click()
    await box.getByText('the mail server does not answer').waitFor()
    await look('dispatch-way')
    await page.keyboard.press('Escape')
  })

  test('a receipt that does not hold is named; the right one says who has signed', async () => {
    const { page } = door
    const { rows } = await door.call('manifests.list', {})
    const { manifest } = rows[0] ?? { manifest: undefined }
    if (!manifest) throw new Error('a manifest was closed')
    await page.getByText(manifest.number).first().click()
    const panel = page.getByRole('complementary').or(page.getByRole('dialog')).filter({ hasText: 'On its way' }).first()
    await panel.getByRole('button', { name: 'I handed the file over' }).click()
    await panel.getByText('carried over on a stick', { exact: false }).waitFor()
    const give = async (receipt: string): Promise<void> => {
      await panel.getByPlaceholder('or paste its text').fill(receipt)
      await panel.getByRole('button', { name: 'Take in the receipt', exact: true }).click()
    }
    const file = await page.evaluate(async (id) => (await fetch(`/documents/${id}`)).text(), manifest.documentId)
    const receipt = (signer: CourierKeys, content: string) =>
      signReceipt(signer, { manifest: manifest.number, receivedAt: Date.now(), file: content })
    await give(await receipt(keys, `${file}x`))
    await panel.getByText('It is for another file than the one that was sent', { exact: false }).waitFor()
    await look('dispatch-doubt')
    await give(await receipt(keys, file))
    await panel.getByText('received by the courier', { exact: false }).waitFor()
    await panel.getByText(`Signed by ${courier.name}`, { exact: false }).waitFor()
    await panel.getByText("courier's number T-000", { exact: false }).first().waitFor()
    await look('dispatch-received')
  })
})
