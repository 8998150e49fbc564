import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeKeys, publicSet, type CourierKeys } from '../../src-courier/core/courier-keys.ts'
import { sealKeys } from '../../src-courier/core/passphrase.ts'
import { printLabels } from '../integration/courier/real-labels.ts'
import { closedAt, parcelNumbers, recipients, sealRun } from '../unit/courier/shop-side.ts'
import { makeShopKey } from '../unit/labels/keys.ts'
import { seriousFaults } from './axe.ts'
import { jpegOf, startOpener, type Opener } from './courier-browser.ts'
import { keySetOf } from './courier-forgeries.ts'

const passphrase = 'rain on the garden'
const tabs = ['run', 'scan', 'send', 'keys'] as const
const pictures = process.env['BACKROOM_PICTURES']

let keys: CourierKeys
let keyFile: Buffer
let run: Awaited<ReturnType<typeof sealRun>>
const openers: Opener[] = []

async function opened(options: Parameters<typeof startOpener>[0] = {}): Promise<Opener> {
  const opener = await startOpener({ at: closedAt, ...options })
  openers.push(opener)
  return opener
}

async function unlock({ page }: Opener): Promise<void> {
  await page.click('#other-ways > summary')
  await page.setInputFiles('#key-file', {
    name: 'courier-keys.private.jwe',
    mimeType: 'application/jose',
    buffer: keyFile,
  })
  await page.fill('#passphrase-file', passphrase)
  await page.press('#passphrase-file', 'Enter')
  await page.waitForSelector('#manifest-file', { timeout: 20_000 })
}

async function openManifest(page: Page): Promise<void> {
  await page.setInputFiles('#manifest-file', {
    name: 'a.manifest.jwe',
    mimeType: 'application/jose',
    buffer: Buffer.from(run.file),
  })
  await page.click('#trust-shop')
  await page.waitForSelector('#stop-card')
}

/** What a thumb would miss, and what sticks out of the screen. In the page, as text: it knows its own elements. */
const smallTargets = `[...document.querySelectorAll('button, a.button, select, summary, input:not([type=file]), label.button')]
  .filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height < 44)
  .map((one) => one.id || one.textContent)`
const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'

async function look({ page }: Opener, name: string): Promise<void> {
  const faults: unknown[] = []
  for (const tab of tabs) {
    await page.click(`#tab-${tab}`)
    if (pictures !== undefined)
      await page.screenshot({ path: join(pictures, `courier-${name}-${tab}.png`), fullPage: true })
    for (const fault of await seriousFaults(page)) faults.push([tab, fault])
    for (const small of await page.evaluate<string[]>(smallTargets)) faults.push([tab, 'small', small])
    if ((await page.evaluate<number>(overflow)) > 0) faults.push([tab, 'wider than the screen'])
  }
  expect(faults).toEqual([])
}

beforeAll(async () => {
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true })
  keys = await makeKeys()
  keyFile = Buffer.from(await sealKeys(keys, passphrase))
  run = await sealRun({ key: await keySetOf(JSON.stringify(publicSet(keys))), shop: await makeShopKey() })
})
afterAll(async () => {
  for (const opener of openers) await opener.close()
})

describe('the opener, looked at', () => {
  test('has nothing serious against it in light, in English; nor in large letters', async () => {
    const opener = await opened()
    expect(await seriousFaults(opener.page)).toEqual([])
    await unlock(opener)
    await openManifest(opener.page)
    await look(opener, 'light-en')
    await opener.page.evaluate("document.documentElement.style.fontSize = '200%'")
    await look(opener, 'large-en')
    expect(opener.complaints).toEqual([])
  })

  test.each(['de-DE', 'ja-JP'])('nor in the dark, in %s', async (locale) => {
    const opener = await opened({ locale, dark: true })
    expect(await opener.page.getAttribute('html', 'lang')).toBe(locale.slice(0, 2))
    await unlock(opener)
    await openManifest(opener.page)
    await look(opener, `dark-${locale}`)
    await opener.page.selectOption('#language', 'en')
    expect(await opener.page.innerText('#tab-scan')).toBe('Scan')
  })

  test('is worked by keyboard alone', async () => {
    const opener = await opened()
    const { page } = opener
    await unlock(opener)
    await openManifest(page)
    const focused = () => page.evaluate<string>('document.activeElement?.id ?? ""')
    await page.click('#tab-run')
    const reach = async (id: string): Promise<void> => {
      for (let i = 0; i < 40 && (await focused()) !== id; i++) await page.keyboard.press('Tab')
      expect(await focused()).toBe(id)
    }
    await page.focus('#language')
    await reach(`failed-${parcelNumbers[0]}`)
    await page.keyboard.press('Enter')
    expect(await focused()).toBe('reason-nobody-home')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.innerText('#stops-title')).toBe('2 of 3 stops left')
    await page.focus('#language')
    await reach('stop-3')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getAttribute('#stop-card', 'data-stop')).toBe('3')
    expect(await page.innerText('#stop-card')).toContain('All 2 delivered')
  })

  test('takes pictures and manifests that are pasted or dropped', async () => {
    const opener = await opened()
    const { page, message } = opener
    await unlock(opener)
    const give = (kind: 'paste' | 'drop', file: { name: string; type: string; base64: string }): Promise<void> =>
      page.evaluate(`{
        const bytes = Uint8Array.from(atob(${JSON.stringify(file.base64)}), (sign) => sign.charCodeAt(0))
        const data = new DataTransfer()
        data.items.add(new File([bytes], ${JSON.stringify(file.name)}, { type: ${JSON.stringify(file.type)} }))
        dispatchEvent(${kind === 'paste' ? "new ClipboardEvent('paste', { clipboardData: data })" : "new DragEvent('drop', { dataTransfer: data })"})
      }`)
    const base64 = Buffer.from(run.file).toString('base64')
    await give('drop', { name: 'a.manifest.jwe', type: '', base64 })
    await page.click('#trust-shop')
    await page.waitForSelector('#stop-card')
    const [, label] = await printLabels({ ...run, pids: run.pids.slice(0, 2) })
    const picture = (await jpegOf(label!.picture)).toString('base64')
    await give('paste', { name: 'label.jpg', type: 'image/jpeg', base64: picture })
    await expect.poll(message, { timeout: 20_000 }).toContain(`Parcel ${parcelNumbers[1]}: stop 2.`)
    expect(await page.innerText('#stop-card')).toContain(recipients[1]?.name ?? '-')
  })

  test('says in plain words why there is no camera, and reads photographs all the same', async () => {
    const opener = await opened()
    const { page, message } = opener
    await unlock(opener)
    await openManifest(page)
    await page.click('#tab-scan')
    await page.click('#start-camera')
    await expect.poll(message, { timeout: 10_000 }).toMatch(/No camera was found|not allowed/)
    await page.evaluate("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })")
    await page.click('#start-camera')
    await expect.poll(message).toContain('gives a page opened as a file no camera')
    const [label] = await printLabels({ ...run, pids: run.pids.slice(0, 1) })
    await page.setInputFiles('#photo', { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await jpegOf(label!.picture) })
    await expect.poll(message, { timeout: 20_000 }).toContain(`Parcel ${parcelNumbers[0]}: stop 1.`)
  })

  test('works without storage and without workers: the key file each time, and it says so', async () => {
    const opener = await opened()
    const { page, message } = opener
    await page.addInitScript(`
      Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })
      Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError') } })
      window.Worker = class { constructor() { throw new DOMException('no', 'SecurityError') } }
    `)
    await page.reload()
    expect(await page.innerText('#keys')).toContain('This browser keeps nothing')
    await unlock(opener)
    await openManifest(page)
    await page.click('#tab-keys')
    expect(await page.innerText('#own')).toContain('choose that file each time')
    expect(await page.locator('#keep-here').count()).toBe(0)
    await page.click('#tab-scan')
    const [label] = await printLabels({ ...run, pids: run.pids.slice(0, 1) })
    await page.setInputFiles('#photo', { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await jpegOf(label!.picture) })
    await expect.poll(message, { timeout: 20_000 }).toContain(`Parcel ${parcelNumbers[0]}: stop 1.`)
    await page.reload()
    await page.waitForSelector('#make-keys')
    expect(opener.complaints).toEqual([])
  })
})
