import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Download, Page } from 'playwright'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifestSealing } from '../../../src-main/adapters/carriers/manifest-sealing.ts'
import type { CourierKeySet } from '../../../src-main/domain/carrier.ts'
import { parcelNumbers, sealRun } from '../../unit/courier/shop-side.ts'
import { makeShopKey } from '../../unit/labels/keys.ts'
import { launchBrowser } from './browser.ts'

const passphrase = 'rain on the garden'
const sealing = manifestSealing()
let folder: string
let browser: Browser
let page: Page
let shop: Awaited<ReturnType<typeof makeShopKey>>
let key: CourierKeySet
let run: Awaited<ReturnType<typeof sealRun>>
const complaints: string[] = []
const requests: string[] = []

async function saved(press: () => Promise<void>): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()])
  return readFile(await (file satisfies Download).path(), 'utf8')
}
const message = (): Promise<string> => page.locator('#message').innerText()
const [first = '', second = '', third = ''] = parcelNumbers

async function openManifest(file: string): Promise<void> {
  await writeFile(join(folder, 'VAN.manifest.jwe'), file)
  await page.setInputFiles('#manifest-file', join(folder, 'VAN.manifest.jwe'))
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backroom-opener-'))
  const root = join(import.meta.dirname, '../../..')
  await build({
    configFile: join(root, 'vite.courier.config.ts'),
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: false },
  })
  browser = await launchBrowser()
  page = await browser.newPage()
  page.on('console', (entry) => entry.type() === 'error' && complaints.push(entry.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(pathToFileURL(join(folder, 'opener.html')).href)
})
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

describe('the opener page, from a file and without a network', () => {
  test('makes keys under a passphrase and hands the shop public keys that it takes in', async () => {
    await page.fill('#passphrase-new', passphrase)
    await page.fill('#passphrase-again', 'something else')
    await page.click('#make-keys')
    expect(await message()).toContain('not the same')
    await page.fill('#passphrase-again', passphrase)
    await page.click('#make-keys')
    await page.waitForSelector('#own-words')
    const set = await saved(() => page.click('#save-public-keys'))
    key = await sealing.readKeySet(set, 0)
    expect(await page.innerText('#own-words')).toBe(sealing.fingerprintWords(key.encKid).join(' '))
    shop = await makeShopKey()
    run = await sealRun({ key, shop })
  })

  test("opens a manifest only after the shop's words were compared, then shows the stops in order", async () => {
    await openManifest(run.file)
    await page.waitForSelector('#shop-words')
    expect(await page.innerText('#shop-words')).toBe(sealing.fingerprintWords(String(shop.open['kid'])).join(' '))
    expect(await page.locator('ol.stops').count()).toBe(0)
    await page.click('#trust-shop')
    await page.waitForSelector('ol.stops')
    const stops = await page.locator('ol.stops > li').allInnerTexts()
    expect(stops).toHaveLength(3)
    expect(stops[0]).toContain('Anna Müller')
    expect(stops[1]).toContain('小林 さくら')
    expect(stops[2]).toContain(third)
    expect(await page.locator('.map circle').count()).toBe(3)
  })

  test('opens one label, points to its stop, and refuses it on another parcel', async () => {
    await page.fill('#label-text', run.labels[1] ?? '')
    await page.click('#open-label')
    await page.waitForSelector('#label-result address')
    expect(await page.innerText('#label-result')).toContain('小林 さくら')
    expect(await page.innerText('#label-result a[href="#stop-2"]')).toContain('Stop 2')
    await page.fill('#label-text', run.labels[1] ?? '')
    await page.fill('#label-number', first)
    await page.click('#open-label')
    await expect.poll(message).toContain('belongs to another parcel')
    expect(await page.locator('#label-result address').count()).toBe(0)
  })

  test('marks parcels, takes one back, and saves a status file that the shop can read', async () => {
    await page.click('#all-out')
    await page.click(`[id="delivered-${first}"]`)
    await page.selectOption(`[id="reason-${second}"]`, 'no-access')
    await page.click(`[id="failed-${second}"]`)
    await page.click(`[id="delivered-${third}"]`)
    await page.click(`[id="back-${third}"]`)
    const file = await saved(() => page.click('#save-status'))
    const status = await sealing.readStatusFile(file, { key })
    expect(status).toMatchObject({ manifest: 'VAN-20261122-1', sequence: 1 })
    expect(status.events.slice(4)).toMatchObject([
      { pid: first, status: 'delivered' },
      { pid: second, status: 'failed', reason: 'no-access' },
    ])
    await page.waitForSelector('#save-status:disabled')
    expect(await page.locator('h2#stops-title').innerText()).toBe('Stops: 1 of 3 left')
  })

  test('keeps no name and no key in clear, and goes on after it was closed', async () => {
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }))
    expect(kept).not.toMatch(/Anna|Müller|小林|Gartenweg|"d"/)
    await page.reload()
    expect(await page.locator('ol.stops').count()).toBe(0)
    await page.fill('#passphrase', 'wrong wrong wrong')
    await page.click('#unlock')
    await expect.poll(message).toContain('passphrase is wrong')
    await page.fill('#passphrase', passphrase)
    await page.click('#unlock')
    await page.waitForSelector('#manifest-file')
    await openManifest(run.file)
    await page.waitForSelector('ol.stops')
    expect(await page.locator('h2#stops-title').innerText()).toBe('Stops: 1 of 3 left')
    const all = await sealing.readStatusFile(await saved(() => page.click('#save-status-all')), { key })
    expect(all).toMatchObject({ sequence: 2 })
    expect(all.events).toHaveLength(6)
  })

  test('says in words what is wrong with a file that is no good', async () => {
    await page.click('#close-manifest')
    const [head = '', ...rest] = run.file.split('.')
    const cases: [string, string][] = [
      ['nonsense', 'not a sealed file'],
      [run.labels[0] ?? '', 'not the kind'],
      [[head, ...rest.slice(0, 2), 'AAAA' + (rest[2] ?? '').slice(4), rest[3]].join('.'), 'changed or damaged'],
    ]
    for (const [file, words] of cases) {
      await openManifest(file)
      await expect.poll(message).toContain(words)
    }
  })

  test('asked for nothing but itself and broke no rule of its own policy', () => {
    expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('blob:'))).toEqual([])
    expect(complaints).toEqual([])
  })
})
