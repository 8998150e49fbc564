import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { chromium, type Browser, type Page } from 'playwright'
import { makeKeys, publicSet } from '../../src-courier/core/courier-keys.ts'
import { sealKeys } from '../../src-courier/core/passphrase.ts'
import { stopFading } from '../e2e/axe.ts'
import { browserArgs, findBrowser } from '../e2e/browser.ts'
import { ensureOpenerBuilt } from '../e2e/built.ts'
import { keySetOf } from '../e2e/courier-forgeries.ts'
import { closedAt, sealRun } from '../unit/courier/shop-side.ts'
import { makeShopKey } from '../unit/labels/keys.ts'
import { definedEnvironment, withOurFonts } from './fonts.ts'
import { openAt, settled } from './opened.ts'
import { sizes } from './options.ts'
import { openPictureShop, type PictureShop } from './shops.ts'

/** Where the guides look for them. */
export const guidePictures = resolve(import.meta.dirname, '../../docs/guide/pictures')
/** So that a guide with four of them opens at once on a slow line. */
export const largestBytes = 60_000

/** Takes every picture that the guides show, in place of the former ones; answers a line about each. */
export async function takeGuide(): Promise<readonly string[]> {
  mkdirSync(guidePictures, { recursive: true })
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: [...browserArgs],
    env: { ...definedEnvironment(), ...withOurFonts() },
  })
  try {
    return [...(await takeWindow(browser)), ...(await takeTelephone(browser))]
  } finally {
    await browser.close()
  }
}

interface Scene {
  readonly name: string
  readonly address: (parameters: PictureShop['parameters']) => string
  /** Stands there once the screen has read everything. */
  readonly shows: string
  /** What a person does there before the picture. */
  readonly act?: ((page: Page) => Promise<void>) | undefined
  /** The part that matters; the whole window without it. */
  readonly clip?: { x: number; y: number; width: number; height: number } | undefined
}

const scenes: readonly Scene[] = [
  { name: 'first-run', address: () => '/first-run', shows: 'What do you speak and measure in?' },
  { name: 'today', address: () => '/', shows: 'Waves in work' },
  { name: 'plan-wave', address: () => '/plan-wave', shows: 'Time to pick' },
  { name: 'wave', address: ({ wave }) => `/waves/${wave}`, shows: 'Proven fewest packages' },
  { name: 'dispatch', address: () => '/dispatch', shows: 'Kiebitz Vans North' },
  { name: 'pick', address: ({ wave, tour }) => `/pick/${wave}/${tour}`, shows: 'Ready for the next scan' },
  {
    name: 'pick-wrong',
    address: ({ wave, tour }) => `/pick/${wave}/${tour}`,
    shows: 'Ready for the next scan',
    async act(page) {
      await page.keyboard.type('4006381333931')
      await page.keyboard.press('Enter')
      await page.getByText('Wrong product').waitFor()
    },
    clip: { x: 208, y: 56, width: 576, height: 662 },
  },
  {
    name: 'pack',
    address: ({ wave, parcel }) => `/pack/${wave}/${parcel}`,
    shows: 'Ready for the first piece',
    act: (page) => page.locator('main canvas').waitFor(),
  },
]

async function takeWindow(browser: Browser): Promise<readonly string[]> {
  const shop = await openPictureShop('much', 48)
  try {
    const context = await browser.newContext({
      viewport: sizes['1366x768'],
      reducedMotion: 'reduce',
      locale: 'en-GB',
      colorScheme: 'light',
    })
    await context.addInitScript("localStorage.setItem('backroom.language', 'en')")
    const page = await context.newPage()
    await page.goto(`${shop.address}/?token=${shop.token}`)
    await page.locator('main h1').first().waitFor()
    const lines: string[] = []
    for (const { name, address, shows, act, clip } of scenes) {
      await openAt(page, address(shop.parameters))
      await page.locator('main').getByText(shows).first().waitFor()
      await settled(page)
      if (act !== undefined) {
        await act(page)
        await settled(page)
      }
      lines.push(await keep(name, await page.screenshot(clip && { clip })))
    }
    return lines
  } finally {
    await shop.close()
  }
}

const passphrase = 'rain on the garden'

/** The opener as a file on a telephone, without a network: making keys, the next stop, a stop that fails. */
async function takeTelephone(browser: Browser): Promise<readonly string[]> {
  const html = ensureOpenerBuilt()
  const keys = await makeKeys()
  const run = await sealRun({ key: await keySetOf(JSON.stringify(publicSet(keys))), shop: await makeShopKey() })
  const context = await browser.newContext({
    viewport: { width: 390, height: 760 },
    deviceScaleFactor: 1.5,
    hasTouch: true,
    locale: 'en-GB',
    colorScheme: 'light',
  })
  await context.setOffline(true)
  const page = await context.newPage()
  await page.clock.setSystemTime(closedAt)
  await page.goto(pathToFileURL(html).href)
  await page.locator('#make-keys').waitFor()
  const take = async (name: string): Promise<string> => {
    await stopFading(page)
    return keep(name, await page.screenshot())
  }
  const lines = [await take('courier-keys')]
  await page.click('#other-ways > summary')
  await page.setInputFiles('#key-file', {
    name: 'courier-keys.private.jwe',
    mimeType: 'application/jose',
    buffer: Buffer.from(await sealKeys(keys, passphrase)),
  })
  await page.fill('#passphrase-file', passphrase)
  await page.press('#passphrase-file', 'Enter')
  await page.setInputFiles('#manifest-file', {
    name: 'a.manifest.jwe',
    mimeType: 'application/jose',
    buffer: Buffer.from(run.file),
  })
  await page.click('#trust-shop')
  await page.locator('#stop-card').scrollIntoViewIfNeeded()
  lines.push(await take('courier-stop'))
  await page.click('#tab-scan')
  lines.push(await take('courier-scan'))
  return lines
}

/** As WebP, as finely as fits. */
async function keep(name: string, png: Buffer): Promise<string> {
  const image = await loadImage(png)
  const canvas = createCanvas(image.width, image.height)
  canvas.getContext('2d').drawImage(image, 0, 0)
  for (const quality of [90, 80, 70, 60, 50, 40]) {
    const bytes = await canvas.encode('webp', quality)
    if (bytes.length > largestBytes && quality > 40) continue
    writeFileSync(join(guidePictures, `${name}.webp`), bytes)
    return `${name}.webp: ${bytes.length} bytes at quality ${quality}`
  }
  return ''
}
