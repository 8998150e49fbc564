import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url'

// The decoder lies beside the screens: no request leaves the machine. Loaded with the first picture, not with the screen.
prepareZXingModule({ overrides: { locateFile: () => wasmAddress } })

/** Longer side of what is looked at, pixels: enough for a bar code that fills a third of the picture. */
const longestSide = 1280

/** Products, shelves and parcels: what a shop has printed on things. */
const formats = [
  'EAN13',
  'EAN8',
  'UPCA',
  'UPCE',
  'Code128',
  'Code39',
  'ITF',
  'DataMatrix',
  'QRCode',
  'DataBar',
] as const

export interface FrameReader {
  /** The first code on the picture as a scanner would send it (identifier first, ASCII 29 between fields). */
  read(video: HTMLVideoElement): Promise<string | undefined>
}

/** One canvas for all frames: making one costs more than reading it. */
export function frameReader(): FrameReader {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return {
    async read(video) {
      const { videoWidth: width, videoHeight: height } = video
      if (!context || width === 0) return undefined
      const scale = Math.min(1, longestSide / Math.max(width, height))
      canvas.width = Math.round(width * scale)
      canvas.height = Math.round(height * scale)
      context.drawImage(video, 0, 0, canvas.width, canvas.height)
      const found = await readBarcodes(context.getImageData(0, 0, canvas.width, canvas.height), {
        formats: [...formats],
        textMode: 'Plain',
        maxNumberOfSymbols: 1,
      })
      const code = found.find(({ isValid, text }) => isValid && text !== '')
      return code && `${code.symbologyIdentifier}${code.text}`
    },
  }
}
