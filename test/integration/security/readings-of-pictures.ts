import { readFileSync } from 'node:fs'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

export interface Picture {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

/** A PNG or JPEG as pixels; undefined for anything else. */
export async function pictureOf(bytes: Buffer): Promise<Picture | undefined> {
  const isPng = bytes.length > 33 && bytes.readUInt32BE(0) === 0x89504e47
  const isJpeg = bytes.length > 33 && bytes.readUIntBE(0, 3) === 0xffd8ff
  if (!isPng && !isJpeg) return undefined
  const image = await loadImage(bytes).catch(() => undefined)
  if (!image || image.width * image.height > 50_000_000) return undefined
  const canvas = createCanvas(image.width, image.height)
  const context = canvas.getContext('2d')
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0)
  return { width: canvas.width, height: canvas.height, data: new Uint8ClampedArray(context.getImageData(0, 0, canvas.width, canvas.height).data) } // prettier-ignore
}

let isReady = false

/**
 * The bytes of every barcode on a picture, of whatever kind and whichever way round, as its makers wrote them. `again`: a
 * finer picture of what was looked at already, in which only codes too small for the first are wanted.
 */
export async function codesOn(picture: Picture, { again = false } = {}): Promise<readonly Buffer[]> {
  if (!isReady) {
    const wasmBinary = new Uint8Array(readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm')).buffer
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
    isReady = true
  }
  // ZXing asks for a browser's ImageData; it reads these members of it.
  const image = { ...picture, data: new Uint8ClampedArray(picture.data), colorSpace: 'srgb' as const } as Parameters<typeof readBarcodes>[0] // prettier-ignore
  const found = await readBarcodes(image, {
    tryHarder: true,
    maxNumberOfSymbols: 50,
    ...(again && { tryInvert: false, tryDownscale: false }),
  })
  return found.flatMap((code) => [Buffer.from(code.bytes), Buffer.from(code.text)])
}
