import { createCanvas, loadImage } from '@napi-rs/canvas'
import { ready } from 'zpl-renderer-js'
import { labelMillimetres, type LabelSize } from '../../../src-main/adapters/documents/label/label-geometry.ts'
import type { Picture } from './printed-page.ts'

/** A label as a ZPL printer prints it, by a program that shares no code with ours. 300 dpi printers have 12 dots a millimetre there. */
export async function printedLabel(zpl: string, printer: { size: LabelSize; dpi: 203 | 300 }): Promise<Picture> {
  const { api } = await ready
  const [width, height] = labelMillimetres(printer.size)
  const png = await api.zplToBase64Async(zpl, width, height, printer.dpi === 203 ? 8 : 12)
  const image = await loadImage(Buffer.from(png, 'base64'))
  const canvas = createCanvas(image.width, image.height)
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
  return { width: canvas.width, height: canvas.height, data: new Uint8ClampedArray(data) }
}

/** How many labels come out, should text have ended one and begun another. */
export async function countedLabels(zpl: string): Promise<number> {
  const { api } = await ready
  return (await api.zplToBase64MultipleAsync(zpl)).length
}
