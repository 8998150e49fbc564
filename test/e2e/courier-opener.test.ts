import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifestSealing } from '../../src-main/adapters/carriers/manifest-sealing.ts'
import { importStatus } from '../../src-main/application/import-status.ts'
import { takeReceipt } from '../../src-main/application/take-receipt.ts'
import type { CourierKeySet } from '../../src-main/domain/carrier.ts'
import { sscc } from '../../src-main/kernel/ids.ts'
import { manyRecipients, printLabels } from '../integration/courier/real-labels.ts'
import { decoded } from '../integration/documents/printed-page.ts'
import { removeTestShops, type TestShop } from '../unit/application/test-shop.ts'
import { sealRun } from '../unit/courier/shop-side.ts'
import { makeShopKey } from '../unit/labels/keys.ts'
import { filmOf, jpegOf, readPhotographs, startOpener, type Opener } from './courier-browser.ts'
import { forgedManifest, keySetOf, manifestForAnother, type ShopPair } from './courier-forgeries.ts'
import { closeManifest, drawnLabel, emptyPicture, everythingKept, filmOfLabel, forgedLabel, openShop, ownPair, people, wordsOf } from './courier-stage.ts' // prettier-ignore

const passphrase = 'rain on the garden'
let shop: TestShop
let opener: Opener
let folder: string
let key: CourierKeySet
/** The manifest of the real shop, and its parcels in delivery order. */
let number: string
let manifestFile: string
let pids: readonly string[]
/** Another shop's day: thirty stops. */
let otherShop: ShopPair
let day: Awaited<ReturnType<typeof sealRun>>

const tab = (name: 'run' | 'scan' | 'send' | 'keys') => opener.page.click(`#tab-${name}`)

const giveManifest = (file: string): Promise<void> =>
  opener.page.setInputFiles('#manifest-file', {
    name: 'today.manifest.jwe',
    mimeType: 'application/jose',
    buffer: Buffer.from(file),
  })
const giveJpeg = (input: '#photo' | '#picture', buffer: Buffer): Promise<void> =>
  opener.page.setInputFiles(input, { name: 'photo.jpg', mimeType: 'image/jpeg', buffer })

async function openOthers(): Promise<void> {
  await tab('run')
  if (!(await opener.page.locator('#manifest-file').isVisible())) await opener.page.click('#others > summary')
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backroom-courier-'))
  shop = await openShop()
  await writeFile(join(folder, 'camera.y4m'), filmOf([], { width: 1920, height: 1080 }))
  opener = await startOpener({ video: join(folder, 'camera.y4m'), at: shop.clock.now() })
})
afterAll(async () => {
  await opener?.close()
  removeTestShops()
  await rm(folder, { recursive: true, force: true })
})

describe('the courier’s opener, from a file, on a telephone, without a network', () => {
  test('makes keys under a passphrase; the shop takes in their public half', async () => {
    const { page, message } = opener
    await page.fill('#passphrase-new', passphrase)
    await page.fill('#passphrase-again', 'something else')
    await page.click('#make-keys')
    await expect.poll(message).toContain('not the same')
    await page.fill('#passphrase-again', passphrase)
    await page.click('#make-keys')
    await page.waitForSelector('#own-words')
    const file = await opener.saved(() => page.click('#save-public-keys'))
    expect(file.name).toBe('courier-keys.public.jwks.json')
    expect(file.text).not.toContain('"d"')
    key = await keySetOf(file.text)
    expect(await page.innerText('#own-words')).toBe(wordsOf(key))
    ;({ number, file: manifestFile, pids } = await closeManifest(shop, file.text))
    expect(pids).toHaveLength(3)
    const to = Array.from({ length: 30 }, (_, i) => manyRecipients[i % manyRecipients.length]!)
    otherShop = await makeShopKey()
    day = await sealRun({
      key,
      shop: otherShop,
      number: 'DAY-1',
      pids: to.map((_, i) => sscc('9521234', 3, 100 + i)),
      to,
    })
    await writeFile(join(folder, 'camera.y4m'), await filmOfLabel(await drawnLabel(shop, pids[1] ?? '')))
  })

  test('shows its public keys as a square code that reads as the very file', async () => {
    const { page } = opener
    await page.click('#dismiss')
    await page.click('#own-code > summary')
    const text = await page.locator('#public-text').inputValue()
    await page.locator('.code svg').evaluate((code) => code.scrollIntoView({ block: 'center' }))
    const png = await page.locator('.code svg').screenshot({ scale: 'device' })
    const image = await loadImage(png)
    const canvas = createCanvas(image.width, image.height)
    canvas.getContext('2d').drawImage(image, 0, 0)
    const { data } = canvas.getContext('2d').getImageData(0, 0, image.width, image.height)
    const codes = await decoded({ width: image.width, height: image.height, data: new Uint8ClampedArray(data) })
    expect(codes).toEqual([`QRCode: ${text}`])
    expect(await keySetOf(text)).toEqual(key)
  })

  test('opens a manifest only after the shop’s words were compared, then shows the next stop and all in order', async () => {
    const { page } = opener
    await tab('run')
    await giveManifest(manifestFile)
    await page.waitForSelector('#shop-words')
    expect(await page.locator('#stops').count()).toBe(0)
    const signer = (await shop.workshop.vault.shopKeys.signingKey())['kid']
    expect(await page.innerText('#shop-words')).toBe(manifestSealing().fingerprintWords(String(signer)).join(' '))
    await page.click('#trust-shop')
    await page.waitForSelector('#stop-card')
    expect(await page.innerText('#stops-title')).toBe('3 of 3 stops left')
    expect(await page.locator('#stops .line').count()).toBe(3)
    expect(await page.locator('.map circle').count()).toBe(3)
    const card = await page.innerText('#stop-card')
    const first = people.find(({ name }) => card.includes(name))
    expect(first).toBeDefined()
    expect(await page.getAttribute('#stop-card a[href^="tel:"]', 'href')).toMatch(/^tel:\+49309988776$/)
    expect(await page.getAttribute('#stop-card a[href^="geo:"]', 'href')).toMatch(/^geo:52\.\d+,13\.\d+\?q=/)
  })

  test('takes what another shop sealed for the same day beside it', async () => {
    const { page } = opener
    await openOthers()
    await giveManifest(day.file)
    await page.waitForSelector('#shop-words')
    await page.click('#trust-shop')
    await expect.poll(() => page.innerText('#stops-title')).toBe('30 of 30 stops left')
    await openOthers()
    expect(await page.locator('#kept li').count()).toBe(2)
  })

  test('reads photographs of labels: turned, tilted, blurred, creased, dim', async () => {
    await tab('scan')
    // One on each size of paper, with a short, a usual and the longest recipient; all thirty are read by
    // test/long/courier/thirty-photographs.test.ts.
    const places = [2, 10, 24]
    const labels = await printLabels(day, (index) => places.includes(index))
    const { missed, compared } = await readPhotographs(opener, labels, (index) => places[index] ?? index)
    expect(missed).toEqual([])
    expect(compared).toBeGreaterThanOrEqual(labels.length - 1)
  }, 120_000)

  test('finds by camera the stop of a label, and says when it is on another manifest', async () => {
    const { page, message } = opener
    await tab('scan')
    await page.click('#start-camera')
    await expect.poll(message, { timeout: 30_000 }).toContain(`${pids[1]} is on manifest ${number}`)
    expect(await page.locator('#camera').count()).toBe(1)
    await page.click('#stop-camera')
    await tab('run')
    await openOthers()
    await page.click(`[id^="open-${number}"]`)
    await expect.poll(() => page.innerText('#stops-title')).toBe('3 of 3 stops left')
    await tab('scan')
    await page.click('#start-camera')
    await expect.poll(message, { timeout: 30_000 }).toContain(`Parcel ${pids[1]}: stop 2.`)
    expect(await page.getAttribute('#stop-card', 'data-stop')).toBe('2')
    expect(await page.locator('#camera').count()).toBe(0)
  })

  test('refuses the block of one parcel on another, a label of no manifest, and pictures without any', async () => {
    const { page, message } = opener
    await tab('scan')
    await giveJpeg(
      '#picture',
      await forgedLabel(await drawnLabel(shop, pids[0] ?? ''), await drawnLabel(shop, pids[1] ?? '')),
    )
    await expect.poll(message, { timeout: 20_000 }).toContain('belongs to another parcel')
    await giveJpeg('#picture', await jpegOf(emptyPicture))
    await expect.poll(message, { timeout: 30_000 }).toContain('No label of ours')
    await giveJpeg('#picture', Buffer.from('nonsense'))
    await expect.poll(message).toContain('cannot read that picture')
    await page.fill('#label-text', day.labels[4] ?? '')
    await page.click('#look-up')
    await expect.poll(message).toContain('is on manifest DAY-1')
    expect(await page.innerText('#label-result')).toContain(manyRecipients[4]?.name ?? '-')
  })

  test('counts parcels into the van and names those that are missing', async () => {
    const { page, message } = opener
    await page.click('#mode-load')
    for (const pid of [pids[0], pids[0], pids[1]]) {
      await page.fill('#label-text', pid ?? '')
      await page.keyboard.press('Enter')
      await expect.poll(message).toContain(pid ?? '-')
    }
    expect(await page.innerText('#load-count')).toBe('2 of 3 parcels in the van')
    expect(await page.innerText('#missing')).toContain(pids[2] ?? '-')
    await page.click('#leave')
    await expect.poll(message).toContain('1 stay unmarked')
    await page.click('#mode-find')
  })

  test('marks parcels, takes one back, keeps a note sealed, and shows what is next', async () => {
    const { page, message } = opener
    await tab('run')
    await page.click('#to-next')
    await page.fill('#note-1', 'key at Frau Nachtigall')
    await page.press('#note-1', 'Tab')
    await expect.poll(message).toContain('Note kept')
    await page.click(`[id="delivered-${pids[0]}"]`)
    await expect.poll(() => page.getAttribute('#stop-card', 'data-stop')).toBe('2')
    await page.click('#undo')
    await expect.poll(() => page.getAttribute('#stop-card', 'data-stop')).toBe('1')
    expect(await page.inputValue('#note-1')).toBe('key at Frau Nachtigall')
    await page.click(`[id="delivered-${pids[0]}"]`)
    await page.click(`[id="failed-${pids[1]}"]`)
    await page.click('#reason-no-access')
    await expect.poll(message).toContain('No access')
    expect(await page.innerText('#stops-title')).toBe('1 of 3 stops left')
  })

  test('gives the shop a receipt and a status file, which it takes in once', async () => {
    const { page } = opener
    await tab('send')
    const receipt = await opener.saved(() => page.click('#save-receipt'))
    expect(receipt.name).toBe(`${number}.receipt.jws`)
    shop.clock.forward(3_600_000)
    expect(await takeReceipt(shop.workshop, shop.caller, { receipt: receipt.text, way: 'file' })).toMatchObject({
      manifest: number,
      isNew: true,
    })
    const status = await opener.saved(() => page.click('#save-status'))
    expect(status.name).toBe(`${number}.1.status.jws`)
    const taken = await importStatus(shop.workshop, shop.caller, status.text)
    expect(taken).toMatchObject({ manifest: number, taken: 4, ignored: [] })
    await expect(importStatus(shop.workshop, shop.caller, status.text)).rejects.toMatchObject({
      code: 'ERR_STATUS_FILE_REPLAYED',
    })
    const { parcels } = await shop.store.loadManifest(number)
    const statusOf = (pid?: string) => parcels.find((parcel) => parcel.number === pid)?.status
    expect([pids[0], pids[1], pids[2]].map(statusOf)).toEqual(['delivered', 'failed', 'handed-over'])
    await page.waitForSelector('#save-status:disabled')
    await tab('run')
    await page.click(`[id="delivered-${pids[2]}"]`)
    await tab('send')
    const second = await opener.saved(() => page.click('#save-status'))
    expect(second.name).toBe(`${number}.2.status.jws`)
    expect(await importStatus(shop.workshop, shop.caller, second.text)).toMatchObject({ taken: 1, ignored: [] })
  })

  test('knows in one tab what was marked in another, so that no number is used twice', async () => {
    const other = await opener.context.newPage()
    await other.goto(opener.page.url())
    await other.fill('#passphrase', passphrase)
    await other.press('#passphrase', 'Enter')
    await other.click(`[id^="open-${number}"]`, { timeout: 20_000 })
    await expect.poll(() => other.innerText('#stops-title')).toBe('0 of 3 stops left')
    await other.click('#tab-send')
    const [file] = await Promise.all([other.waitForEvent('download'), other.click('#save-status-all')])
    expect(file.suggestedFilename()).toBe(`${number}.3.status.jws`)
    await other.close()
    await tab('send')
    const next = await opener.saved(() => opener.page.click('#save-status-all'))
    expect(next.name).toBe(`${number}.4.status.jws`)
  })

  test('keeps no name, note or key in clear anywhere, nor in address or title', async () => {
    const { page } = opener
    const kept = await page.evaluate<string>(everythingKept)
    expect(kept).toContain(pids[0] ?? '-')
    for (const secret of [
      ...people.flatMap(({ name, lines }) => [name, ...lines]),
      'Nachtigall',
      '9988776',
      'azalea',
      '"d"',
      manyRecipients[1]?.name ?? '-',
    ])
      expect(kept).not.toContain(secret)
    expect(page.url()).toMatch(/opener\.html$/)
    expect(await page.title()).toBe('Parcel opener')
  })

  test('locks when nobody touches it, forgets what was open, slows wrong passphrases, and goes on', async () => {
    const { page, message } = opener
    const tell = (at: number) => page.clock.setSystemTime(at)
    await tell(shop.clock.now() + 11 * 60_000)
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await page.waitForSelector('#unlock')
    expect(await message()).toContain('10 minutes')
    expect(await page.innerText('body')).not.toMatch(/Quirrenbach|Zwackelmann|Xylophonallee/)
    for (const guess of ['one', 'two', 'three']) {
      await page.fill('#passphrase', guess)
      await page.press('#passphrase', 'Enter')
      await expect.poll(message, { timeout: 10_000 }).toContain('passphrase is wrong')
      await expect.poll(() => page.evaluate('document.activeElement?.id')).toBe('passphrase')
    }
    await page.fill('#passphrase', passphrase)
    await page.click('#unlock')
    await expect.poll(message).toContain('Try again in 2 seconds')
    await tell(shop.clock.now() + 12 * 60_000)
    await page.click('#unlock')
    await page.waitForSelector('#kept')
    await page.click(`[id^="open-${number}"]`)
    await expect.poll(() => page.innerText('#stops-title')).toBe('0 of 3 stops left')
  })

  test('makes new keys beside the old ones, and a key file opens both in an empty browser', async () => {
    const { page, message } = opener
    await tab('keys')
    const before = await page.innerText('#own-words')
    await page.click('#renew > summary')
    await page.fill('#passphrase-renew', passphrase)
    await page.click('#renew-keys')
    await expect.poll(message, { timeout: 20_000 }).toContain('New keys made')
    expect(await page.innerText('#own-words')).not.toBe(before)
    await page.fill('#passphrase-export', 'another passphrase')
    await page.fill('#passphrase-export-again', 'another passphrase')
    const keyFile = await opener.saved(() => page.click('#save-key-file'))
    page.once('dialog', (dialog) => void dialog.accept())
    await page.click('#forget')
    await page.waitForSelector('#make-keys')
    expect(await page.evaluate<string>(everythingKept)).toBe('{}[]')
    await page.click('#other-ways > summary')
    await page.setInputFiles('#key-file', {
      name: keyFile.name,
      mimeType: 'application/jose',
      buffer: Buffer.from(keyFile.text),
    })
    await page.fill('#passphrase-file', 'another passphrase')
    await page.click('#use-key-file')
    await expect.poll(message, { timeout: 20_000 }).toContain('Unlocked')
    await giveManifest(manifestFile)
    await page.click('#trust-shop')
    await expect.poll(() => page.innerText('#stops-title')).toBe('3 of 3 stops left')
  })

  test('names what is wrong with a file that is no good, and keeps what is open', async () => {
    const { message, page } = opener
    const [head = '', ...rest] = manifestFile.split('.')
    const changed = [head, ...rest.slice(0, 2), `AAAA${(rest[2] ?? '').slice(4)}`, rest[3]].join('.')
    const cases: [string, string][] = [
      ['nonsense', 'neither a label'],
      [changed, 'changed, cut off or damaged'],
      [manifestFile.slice(0, -400), 'changed, cut off or damaged'],
      [await manifestForAnother(), 'sealed for another key'],
      [(await sealRun({ key, shop: await ownPair(shop), number })).file, 'never changes'],
      [await forgedManifest(key, otherShop, 'repeated'), 'twice'],
      [await forgedManifest(key, otherShop, 'swapped'), 'not the one the shop signed'],
      [await forgedManifest(key, otherShop, 'signature'), 'signature does not fit'],
    ]
    for (const [file, words] of cases) {
      await openOthers()
      await giveManifest(file)
      await expect.poll(message).toContain(words)
      expect(await page.innerText('#stops-title')).toBe('3 of 3 stops left')
    }
  })

  test('asked for nothing but itself and broke no rule of its own policy', () => {
    expect(opener.requests.filter((url) => !/^(file|blob|data):/.test(url))).toEqual([])
    expect(opener.complaints).toEqual([])
  })
})
