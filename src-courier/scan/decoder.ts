import { prepareZXingModule, type readBarcodes } from 'zxing-wasm/reader'
import type { Decode } from './read-codes.ts'

/** Hands ZXing its program as bytes: nothing is fetched from anywhere. */
export async function startDecoder(wasm: ArrayBuffer): Promise<void> {
  await prepareZXingModule({ overrides: { wasmBinary: wasm }, fireImmediately: true })
}

/** ZXing asks for an ImageData, of which it reads the three members that a picture here has too. */
export const decodeWith =
  (read: typeof readBarcodes): Decode =>
  (picture, options) =>
    read(picture as ImageData, options)
