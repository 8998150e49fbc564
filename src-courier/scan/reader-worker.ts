import { readBarcodes } from 'zxing-wasm/reader'
import type { ColourPicture } from './picture.ts'
import { readCodes, type Effort } from './read-codes.ts'
import { isWholeLabel } from './scanned.ts'
import { decodeWith, startDecoder } from './decoder.ts'

export type ToWorker =
  | { readonly kind: 'start'; readonly wasm: ArrayBuffer }
  | { readonly kind: 'read'; readonly id: number; readonly picture: ColourPicture; readonly effort: Effort }

const answer = (message: object): void => {
  // In a worker `postMessage` takes no origin; the declarations here are those of a page.
  ;(globalThis as unknown as { postMessage(message: object): void }).postMessage(message)
}

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'start') {
    startDecoder(data.wasm).then(
      () => answer({ kind: 'ready' }),
      () => answer({ kind: 'broken' }),
    )
    return
  }
  const { id, picture, effort } = data
  readCodes(picture, { decode: decodeWith(readBarcodes), effort, isEnough: isWholeLabel }).then(
    (found) => answer({ kind: 'found', id, found }),
    () => answer({ kind: 'found', id, found: [] }),
  )
})
