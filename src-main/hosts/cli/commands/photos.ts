import { Buffer } from 'node:buffer'
import { readFile, writeFile } from 'node:fs/promises'
import { AppError } from '../../../kernel/errors.ts'
import { photoLimits } from '../../../kernel/photo-limits.ts'
import type { Command } from '../arguments.ts'

/** Larger than anything that could still be taken as a photo: told without reading it. */
const largestRead = 100 * photoLimits.bytes

async function bytesOf(path: string): Promise<Buffer> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new AppError('ERR_INPUT_INVALID', { path, expected: 'a file that can be read' }, { cause })
  })
  if (bytes.length > largestRead) throw new AppError('ERR_PHOTO_NOT_USABLE', { reason: 'too-heavy', mostBytes: photoLimits.bytes }) // prettier-ignore
  return bytes
}

/** How products look. */
export const photoCommands: readonly Command[] = [
  {
    name: 'photo',
    words: 'SKU',
    help: 'says what photo a product has; with --out writes it to a file',
    fewest: 1,
    most: 1,
    options: { out: { type: 'string', help: 'the file to write' } },
    async run(context, args) {
      const [sku = ''] = args.words
      const photo = await (await context.client()).call('products.photo', { sku })
      const out = args.text('out')
      if (photo && out !== undefined) await writeFile(context.path(out), Buffer.from(photo.base64, 'base64'))
      if (!photo) return { sku, photo: false }
      const { base64, ...facts } = photo
      return { ...facts, bytes: Buffer.byteLength(base64, 'base64') }
    },
  },
  {
    name: 'set-photo',
    words: 'SKU FILE',
    help: `keeps a JPEG or WebP as the photo of a product: at most ${photoLimits.sidePx} pixels a side and ${photoLimits.bytes / 1000} kB, without place or camera in it`,
    fewest: 2,
    most: 2,
    async run(context, args) {
      const [sku = '', file = ''] = args.words
      const base64 = (await bytesOf(context.path(file))).toString('base64')
      const { undo } = await (await context.client()).call('products.photo-set', { sku, base64 })
      return { sku, replaced: undo.base64 !== undefined }
    },
  },
  {
    name: 'remove-photo',
    words: 'SKU',
    help: 'takes the photo of a product away',
    fewest: 1,
    most: 1,
    async run(context, args) {
      const [sku = ''] = args.words
      const { undo } = await (await context.client()).call('products.photo-remove', { sku })
      return { sku, removed: undo.base64 !== undefined }
    },
  },
]
