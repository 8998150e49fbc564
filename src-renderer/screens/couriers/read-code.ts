import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url'

// The decoder lies beside the screens: no request leaves the machine. Loaded with the first picture, not with the screen.
prepareZXingModule({ overrides: { locateFile: () => wasmAddress } })

/** Pictures of telephones are larger than any code needs. Longer side, pixels. */
const longestSide = 1600

/** The text of the first QR code on a picture; undefined when there is none that can be read. */
export async function readCode(picture: CanvasImageSource, size: { width: number; height: number }) {
  const scale = Math.min(1, longestSide / Math.max(size.width, size.height, 1))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(size.width * scale))
  canvas.height = Math.max(1, Math.round(size.height * scale))
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return undefined
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const found = await readBarcodes(context.getImageData(0, 0, canvas.width, canvas.height), {
    formats: ['QRCode'],
    tryHarder: true,
  })
  return found.find(({ isValid, text }) => isValid && text !== '')?.text
}
