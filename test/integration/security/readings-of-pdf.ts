import { createCanvas } from '@napi-rs/canvas'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Reading } from './readings.ts'
import { codesOn, type Picture } from './readings-of-pictures.ts'

type Pdf = Awaited<ReturnType<typeof getDocument>['promise']>

const quiet = 0
/** As a label printer sees it; labels also twice as fine, for what might be printed too small for one. */
const [coarse, fine] = [203, 406]
const tallestLabelPt = 450

/**
 * What a PDF tells besides its bytes: the text of its pages, metadata, attachments, notes and links, and the barcodes on
 * its pages. Streams and strings are found in the bytes themselves (readings.ts). A file that is no PDF tells nothing.
 */
export async function* readingsOfPdf(bytes: Buffer): AsyncGenerator<Reading> {
  const task = getDocument({
    data: new Uint8Array(bytes),
    verbosity: quiet,
    useSystemFonts: false,
    disableFontFace: true,
  })
  const pdf = await task.promise.catch(() => undefined)
  if (!pdf) return
  const { info, metadata } = await pdf.getMetadata()
  yield { bytes: Buffer.from(JSON.stringify(info)), how: 'PDF information' }
  if (metadata) yield { bytes: Buffer.from(metadata.getRaw()), how: 'PDF metadata' }
  const attachments = Object.values((await pdf.getAttachments()) ?? {}) as readonly {
    filename: string
    content?: Uint8Array
  }[] // pdf.js declares `any`
  for (const { filename, content } of attachments) {
    yield { bytes: Buffer.from(filename), how: 'name of a PDF attachment' }
    if (content) yield { bytes: Buffer.from(content), how: 'PDF attachment' }
  }
  for (let number = 1; number <= pdf.numPages; number++) yield* readingsOfPage(pdf, number)
  await task.destroy()
}

async function* readingsOfPage(pdf: Pdf, number: number): AsyncGenerator<Reading> {
  const page = await pdf.getPage(number)
  const { items } = await page.getTextContent()
  const text = items.flatMap((item) => ('str' in item ? [item.str] : [])).join(' ')
  yield { bytes: Buffer.from(text), how: `text of page ${number}`, isPage: true, isLast: true }
  const notes = JSON.stringify(await page.getAnnotations())
  yield { bytes: Buffer.from(notes), how: `notes on page ${number}` }
  const told = new Set<string>()
  const { height } = page.getViewport({ scale: 1 })
  for (const dpi of height > tallestLabelPt ? [coarse] : [coarse, fine]) {
    for (const code of await codesOn(await rendered(page, dpi), { again: dpi === fine })) {
      if (told.has(code.toString('latin1'))) continue
      told.add(code.toString('latin1'))
      yield { bytes: code, how: `barcode on page ${number}` }
    }
  }
}

async function rendered(page: Awaited<ReturnType<Pdf['getPage']>>, dpi: number): Promise<Picture> {
  const viewport = page.getViewport({ scale: dpi / 72 })
  const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height))
  // pdf.js asks for the browser's canvas; this one has the same methods.
  await page.render({ canvas: canvas as never, canvasContext: canvas.getContext('2d') as never, viewport }).promise
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  return { width: canvas.width, height: canvas.height, data: new Uint8ClampedArray(data) }
}
