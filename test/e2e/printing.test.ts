import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeKeys, publicSet } from '../../src-courier/core/courier-keys.ts'
import { startLabelPrinter, type LabelPrinter } from '../integration/printing/label-printer.ts'
import { seriousFaults } from './axe.ts'
import { openStation, type StationDoor } from './doors.ts'
import { FloorModel } from './pages/floor.ts'

describe('printing on screen', { timeout: 120_000 }, () => {
  let door: StationDoor
  let device: LabelPrinter
  beforeAll(async () => {
    device = await startLabelPrinter()
    door = await openStation()
    await door.call('shop.init-sample', {})
    for (const carrier of await door.call('couriers.list', {}))
      await door.call('couriers.add-key', { carrier: carrier.code, jwks: JSON.stringify(publicSet(await makeKeys())) })
    const { shop } = await door.call('settings.get', {})
    for (const [n, code] of ['AP-0102', 'AP-0102', 'AP-0102'].entries())
      await door.call('orders.place', {
        key: `printing-${n}`,
        lines: [{ code, quantity: 1 }],
        service: 'standard',
        customer: {
          name: 'Zoe Quirrenbach',
          address: { lines: ['Xylophonallee 77'], postcode: '10115', city: 'Berlin', country: shop.country },
        },
      })
    await door.page.setViewportSize({ width: 1366, height: 768 })
    await door.page.reload()
  })
  afterAll(async () => {
    await door?.close()
    await device?.close()
  })

  /** Somebody looks at every screen: with BACKROOM_PICTURES set they are kept there. */
  async function picture(name: string): Promise<void> {
    const folder = process.env['BACKROOM_PICTURES']
    if (folder === undefined) return
    mkdirSync(folder, { recursive: true })
    await door.page.screenshot({ path: join(folder, `${name}.png`) })
  }

  test('a label printer is added, says how it is, and prints a test page', async () => {
    const { page } = door
    await page.getByRole('link', { name: 'Printers', exact: true }).click()
    await page.getByText('No printer yet').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Add a printer' }).click()
    await page.getByLabel('Name').fill('Zebra, table 1')
    await page.getByLabel('Reached by').click()
    await page.getByRole('option', { name: 'Label printer in the network (ZPL)' }).click()
    await page.getByLabel('Address').fill('127.0.0.1')
    await page.getByLabel('Port', { exact: true }).fill(String(device.port))
    await page.getByLabel('Paper in it').click()
    await page.getByRole('option', { name: '4 x 6 in label' }).click()
    await picture('printer-form')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('[data-test=printer-says]').filter({ hasText: 'Ready.' }).waitFor()
    await page.getByLabel('Labels', { exact: true }).click()
    await page.getByRole('option', { name: 'Zebra, table 1' }).click()
    await page.getByRole('button', { name: 'Test page' }).click()
    await page.locator('[data-test=print-jobs]').getByText('Printed, as the system or the printer says.').waitFor()
    expect(device.printed).toHaveLength(1)
    expect(await seriousFaults(page)).toEqual([])
    await picture('printers')
  })

  test("a wave's labels come out in one action, each once; paper out is said", async () => {
    const { page } = door
    const { wave } = await door.call('waves.plan', {})
    await door.call('waves.issue-documents', { wave: wave.code })
    const labels = await door.call('waves.issue-labels', { wave: wave.code })
    const count = labels.filter(({ kind }) => kind === 'label').length
    await page.goto(`${door.address}/#/waves/${wave.code}`)
    await page.getByRole('tab', { name: /Documents/ }).click()
    device.mood.isPaperOut = true
    await page.getByRole('button', { name: `Print labels (${count})` }).click()
    await page.getByText('It is out of paper. Put some in.').first().waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await picture('wave-paper-out')
    expect(device.printed).toHaveLength(1)
    device.mood.isPaperOut = false
    await page.getByRole('button', { name: `Print labels (${count})` }).click()
    await page.getByText(`${count} printed`).first().waitFor()
    expect(device.printed).toHaveLength(1 + count)
    expect(device.received()).not.toMatch(/Quirrenbach|Xylophonallee/)
    await page.getByRole('button', { name: `Print labels (${count})` }).click()
    await page.getByText(`Already printed (${count}). Print once more?`).waitFor()
    await page.getByRole('button', { name: 'No', exact: true }).click()
    expect(device.printed).toHaveLength(1 + count)
    await picture('wave-printed')
  })

  test('what was sent is listed with what is known of it', async () => {
    const { page } = door
    await page.goto(`${door.address}/#/printing`)
    await page.locator('[data-test=print-jobs]').getByText('Called back.').first().waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await picture('print-jobs')
  })

  test('at the table the label prints by itself once the package is packed', async () => {
    const { page } = door
    await door.call('orders.place', {
      key: 'printing-packed',
      lines: [{ code: 'AP-0102', quantity: 1 }],
      service: 'standard',
      customer: {
        name: 'Zoe Quirrenbach',
        address: { lines: ['Xylophonallee 77'], postcode: '10115', city: 'Berlin', country: 'DE' },
      },
    })
    const { wave, tours } = await door.call('waves.plan', {})
    await door.call('waves.issue-documents', { wave: wave.code })
    await door.call('waves.issue-labels', { wave: wave.code })
    for (const tour of tours)
      for (const { seq, sku: code, quantity } of tour.stops)
        await door.call('pick.confirm', { wave: wave.code, tour: tour.seq, seq, code, quantity })
    const before = device.printed.length
    await page.goto(`${door.address}/#/pack/${wave.code}`)
    await page.locator('[data-test=parcel]').waitFor()
    // The list is read again, and the package leaves the table, before the answer is here.
    await page.route('**/call/pack.confirm', async (route) => {
      const response = await route.fetch()
      await page.waitForTimeout(700)
      await route.fulfill({ response })
    })
    await new FloorModel(page).burst('AP-0102')
    await page.locator('[data-test=packed-label]').getByText('Printed, as the system or the printer says.').waitFor()
    expect(device.printed).toHaveLength(before + 1)
    await picture('packed')
    expect(door.complaints).toEqual([])
  })
})
