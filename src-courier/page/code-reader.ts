import { readBarcodes } from 'zxing-wasm/reader'
import { decodeWith, startDecoder } from '../scan/decoder.ts'
import type { ColourPicture } from '../scan/picture.ts'
import { readCodes, type Effort, type FoundCode } from '../scan/read-codes.ts'
import { isWholeLabel } from '../scan/scanned.ts'
import type { ToWorker } from '../scan/reader-worker.ts'
import { readerWasm, workerScript } from './bundled.ts'

export interface CodeReader {
  /** False where the browser runs no worker for a page like this: then the page stands still while it reads. */
  readonly isBeside: boolean
  read(picture: ColourPicture, effort: Effort): Promise<readonly FoundCode[]>
}

let started: Promise<CodeReader> | undefined

/** The one reader of this page, started when it is first needed. */
export function codeReader(): Promise<CodeReader> {
  started ??= startReader().catch((error: unknown) => {
    started = undefined
    throw error
  })
  return started
}

async function startReader(): Promise<CodeReader> {
  const wasm = await readerWasm()
  try {
    return await readerInWorker(wasm)
  } catch {
    await startDecoder(wasm)
    const decode = decodeWith(readBarcodes)
    return {
      isBeside: false,
      read: (picture, effort) => readCodes(picture, { decode, effort, isEnough: isWholeLabel }),
    }
  }
}

type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'broken' }
  | { readonly kind: 'found'; readonly id: number; readonly found: readonly FoundCode[] }

/** A worker from the page's own text: a file URL has nothing beside it to load. Rejects where that is not allowed. */
async function readerInWorker(wasm: ArrayBuffer): Promise<CodeReader> {
  const url = URL.createObjectURL(new Blob([workerScript()], { type: 'text/javascript' }))
  const worker = new Worker(url)
  const waiting = new Map<number, (found: readonly FoundCode[]) => void>()
  await new Promise<void>((resolve, reject) => {
    worker.onerror = () => reject(new Error('no worker'))
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'ready') resolve()
      else if (data.kind === 'broken') reject(new Error('no decoder in a worker'))
      else {
        waiting.get(data.id)?.(data.found)
        waiting.delete(data.id)
      }
    }
    // Copied and not handed over: the page itself needs it when the worker cannot start.
    worker.postMessage({ kind: 'start', wasm } satisfies ToWorker)
  }).finally(() => URL.revokeObjectURL(url))
  let last = 0
  return {
    isBeside: true,
    read: (picture, effort) =>
      new Promise((resolve) => {
        const id = ++last
        waiting.set(id, resolve)
        worker.postMessage({ kind: 'read', id, picture, effort } satisfies ToWorker, [picture.data.buffer])
      }),
  }
}

/** A picture file as pixels. Throws what the browser throws for one that it cannot read. */
export async function pixelsOf(file: Blob): Promise<ColourPicture> {
  const bitmap = await createImageBitmap(file)
  // Twelve million pixels are plenty; more than that a telephone's canvas may refuse.
  const shrink = Math.min(1, Math.sqrt(12_000_000 / (bitmap.width * bitmap.height)))
  return draw(bitmap, { width: Math.round(bitmap.width * shrink), height: Math.round(bitmap.height * shrink) })
}

export function draw(image: CanvasImageSource, { width, height }: { width: number; height: number }): ColourPicture {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas')
  context.drawImage(image, 0, 0, width, height)
  return { width, height, data: context.getImageData(0, 0, width, height).data }
}
