import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { createCanvas } from '@napi-rs/canvas'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright'
import { expect } from 'vitest'
import type { RealLabel } from '../integration/courier/real-labels.ts'
import { everydayWear, photograph } from '../integration/courier/worn-pictures.ts'
import type { Picture } from '../integration/documents/printed-page.ts'
import { browserArgs, findBrowser } from './browser.ts'
import { ensureOpenerBuilt } from './built.ts'

/** A telephone held upright. */
export const phone = { width: 390, height: 844 }

/** The built opener, in a browser without a network, as a file on a disk. */
export interface Opener {
  readonly browser: Browser
  readonly context: BrowserContext
  readonly page: Page
  /** What the browser complained about: broken policies, errors nobody caught. */
  readonly complaints: string[]
  /** Every address that anything asked for. */
  readonly requests: string[]
  /** A file that a press makes, as text. */
  saved(press: () => Promise<void>): Promise<{ readonly name: string; readonly text: string }>
  message(): Promise<string>
  close(): Promise<void>
}

/** `video` is what the camera sees (a .y4m file); without it there is no camera at all. */
export async function startOpener(
  options: { video?: string; locale?: string; dark?: boolean; at?: number } = {},
): Promise<Opener> {
  const html = ensureOpenerBuilt()
  const camera = options.video === undefined ? [] : ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${options.video}`] // prettier-ignore
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: [...browserArgs, ...camera] })
  const context = await browser.newContext({
    viewport: phone,
    deviceScaleFactor: 2,
    hasTouch: true,
    acceptDownloads: true,
    locale: options.locale ?? 'en-GB',
    colorScheme: options.dark === true ? 'dark' : 'light',
  })
  await context.setOffline(true)
  const page = await context.newPage()
  const complaints: string[] = []
  const requests: string[] = []
  page.on('console', (entry) => entry.type() === 'error' && complaints.push(entry.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => requests.push(request.url()))
  if (options.at !== undefined) await page.clock.setSystemTime(options.at)
  await page.goto(pathToFileURL(html).href)
  return {
    browser, context, page, complaints, requests,
    message: () => page.locator('#message-text').innerText(),
    async saved(press) {
      const [file] = await Promise.all([page.waitForEvent('download'), press()])
      return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
    },
    close: () => browser.close(),
  } // prettier-ignore
}

/** A picture as telephones save it. */
export async function jpegOf(picture: Picture): Promise<Buffer> {
  const canvas = createCanvas(picture.width, picture.height)
  const context = canvas.getContext('2d')
  const image = context.createImageData(picture.width, picture.height)
  image.data.set(picture.data)
  context.putImageData(image, 0, 0)
  return canvas.encode('jpeg', 85)
}

/** Pictures as a film in YUV4MPEG2, grey, ten a second; each is put into the middle of a frame. */
export function filmOf(pictures: readonly Picture[], { width, height }: { width: number; height: number }): Buffer {
  const parts = [Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`)]
  for (const picture of pictures) {
    const grey = Buffer.alloc(width * height, 118)
    const [left, top] = [Math.floor((width - picture.width) / 2), Math.floor((height - picture.height) / 2)]
    for (let y = Math.max(0, -top); y < Math.min(picture.height, height - top); y++)
      for (let x = Math.max(0, -left); x < Math.min(picture.width, width - left); x++)
        grey[(y + top) * width + x + left] = picture.data[(y * picture.width + x) * 4] ?? 0
    parts.push(Buffer.from('FRAME\n'), grey, Buffer.alloc((width * height) / 2, 128))
  }
  return Buffer.concat(parts)
}

/** What became of photographs that were given to the opener one after the other. */
export interface PhotographsRead {
  /** The place in the run, and what the page said instead of the stop. */
  readonly missed: readonly string[]
  /** How often the bars were read too, so that the page compared the number by itself. */
  readonly compared: number
}

/** Gives everyday photographs of labels to the tab that scans, by both inputs in turn; `placeOf` is their place in the run. */
export async function readPhotographs(
  { page, message }: Opener,
  labels: readonly RealLabel[],
  placeOf: (index: number) => number = (index) => index,
): Promise<PhotographsRead> {
  const missed: string[] = []
  let compared = 0
  for (const [index, label] of labels.entries()) {
    const place = placeOf(index)
    await page.click('#tab-scan')
    const buffer = await jpegOf(photograph(label.picture, everydayWear(place), place))
    await page.setInputFiles(index % 2 === 0 ? '#photo' : '#picture', { name: 'photo.jpg', mimeType: 'image/jpeg', buffer }) // prettier-ignore
    await expect.poll(message, { timeout: 30_000 }).not.toMatch(/^$|Looking/)
    const said = await message()
    const isRead = said.includes(`Parcel ${label.pid}: stop ${place + 1}.`)
    if (!isRead || (await page.getAttribute('#stop-card', 'data-stop')) !== String(place + 1))
      missed.push(`${place}: ${said}`)
    if (!said.includes('Compare')) compared++
  }
  return { missed, compared }
}
