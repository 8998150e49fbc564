import { readFileSync } from 'node:fs'
import { createCanvas } from '@napi-rs/canvas'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

/** Text as it stands on paper, in points from the top left corner of the page. */
export interface PlacedText {
  readonly text: string
  readonly left: number
  readonly baseline: number
  readonly width: number
  readonly size: number
}

export interface Picture {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

export interface PrintedPage {
  readonly width: number
  readonly height: number
  readonly texts: readonly PlacedText[]
  /** Everything that is written, one space between pieces. */
  readonly text: string
  /** The page as a label printer sees it: 203 dots to the inch. */
  render(): Promise<Picture>
}

export interface Printed {
  readonly pages: readonly PrintedPage[]
  readonly text: string
  readonly metadata: { readonly [key: string]: unknown }
}

const quiet = 0

/** Reads a PDF with pdf.js, a program that shares no code with the one that wrote it. */
export async function printed(bytes: Uint8Array): Promise<Printed> {
  const task = getDocument({ data: bytes.slice(), verbosity: quiet, useSystemFonts: false, disableFontFace: true })
  const pdf = await task.promise
  const pages: PrintedPage[] = []
  for (let n = 1; n <= pdf.numPages; n++) pages.push(await readPage(pdf, n))
  const { info } = await pdf.getMetadata()
  const metadata = info as { readonly [key: string]: unknown } // pdf.js types it as a bare object
  return { pages, text: pages.map((page) => page.text).join(' '), metadata }
}

type Pdf = Awaited<ReturnType<typeof getDocument>['promise']>

async function readPage(pdf: Pdf, number: number): Promise<PrintedPage> {
  const page = await pdf.getPage(number)
  const { width, height } = page.getViewport({ scale: 1 })
  const content = await page.getTextContent()
  const texts = content.items.flatMap((item): PlacedText[] => {
    if (!('str' in item) || item.str === '') return []
    const [, , , size = 0, left = 0, fromBottom = 0] = item.transform.map(Number)
    return [{ text: item.str, left, baseline: height - fromBottom, width: item.width, size: Math.abs(size) }]
  })
  return {
    width,
    height,
    texts,
    text: texts
      .map((one) => one.text)
      .join(' ')
      .replace(/\s+/g, ' '),
    render: async () => {
      const viewport = page.getViewport({ scale: 203 / 72 })
      const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height))
      const context = canvas.getContext('2d')
      // pdf.js asks for the browser's canvas; this one has the same methods.
      await page.render({ canvas: canvas as never, canvasContext: context as never, viewport }).promise
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      return { width: canvas.width, height: canvas.height, data: new Uint8ClampedArray(data) }
    },
  }
}

/** Codes that can tell whether they were read rightly; the others turn up by chance in any square full of modules. */
const checked = ['QRCode', 'DataMatrix', 'Aztec', 'PDF417', 'Code128', 'EAN13', 'EAN8', 'UPCA'] as const

let isReady = false

/** Every barcode on a picture as `format: content`, sorted; read by ZXing, which bwip-js has no part in. */
export async function decoded(picture: Picture): Promise<readonly string[]> {
  if (!isReady) {
    const wasmBinary = new Uint8Array(readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm')).buffer
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
    isReady = true
  }
  const image = { ...picture, data: new Uint8ClampedArray(picture.data), colorSpace: 'srgb' as const }
  const found = await readBarcodes(image as Parameters<typeof readBarcodes>[0], {
    tryHarder: true,
    formats: [...checked],
    maxNumberOfSymbols: 20,
  }) // same members
  return found.map((code) => `${code.format}: ${code.text}`).toSorted()
}

/** Smallest and largest x and y, in pixels, of what is not white. */
export function inkBounds({ width, height, data }: Picture): {
  left: number
  right: number
  top: number
  bottom: number
} {
  const bounds = { left: width, right: 0, top: height, bottom: 0 }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((data[(y * width + x) * 4 + 1] ?? 255) > 200) continue
      bounds.left = Math.min(bounds.left, x)
      bounds.right = Math.max(bounds.right, x)
      bounds.top = Math.min(bounds.top, y)
      bounds.bottom = Math.max(bounds.bottom, y)
    }
  }
  return bounds
}
