import { createCanvas } from '@napi-rs/canvas'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPhoto } from '../../../src-main/domain/product-photo.ts'

function drawn(kind: 'jpeg' | 'webp', width: number, height: number): Uint8Array {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = 'teal'
  context.fillRect(width / 4, height / 4, width / 2, height / 2)
  return new Uint8Array(kind === 'jpeg' ? canvas.toBuffer('image/jpeg', 70) : canvas.toBuffer('image/webp', 70))
}
const ascii = (text: string): number[] => [...text].map((sign) => sign.charCodeAt(0))
/** A segment behind the first two bytes of a JPEG. */
const withSegment = (jpeg: Uint8Array, marker: number, text: string): Uint8Array =>
  Uint8Array.from([0xff, 0xd8, 0xff, marker, 0, text.length + 2, ...ascii(text), ...jpeg.subarray(2)])

function webpOf(chunks: readonly (readonly [name: string, bytes: readonly number[]])[]): Uint8Array {
  const body = chunks.flatMap(([name, bytes]) => [...ascii(name), bytes.length & 255, bytes.length >> 8, 0, 0, ...bytes, ...(bytes.length % 2 ? [0] : [])]) // prettier-ignore
  const length = body.length + 4
  return Uint8Array.from([...ascii('RIFF'), length & 255, (length >> 8) & 255, 0, 0, ...ascii('WEBP'), ...body])
}
/** Lossless, one byte of picture. */
const lossless = (width: number, height: number): number[] => {
  const bits = BigInt(width - 1) | (BigInt(height - 1) << 14n)
  return [0x2f, ...[0n, 8n, 16n, 24n].map((by) => Number((bits >> by) & 255n)), 0]
}
const extended = (width: number, height: number): number[] => [0, 0, 0, 0, (width - 1) & 255, (width - 1) >> 8, 0, (height - 1) & 255, (height - 1) >> 8, 0] // prettier-ignore

describe('a product photo', () => {
  test.each([
    ['jpeg', 640, 480],
    ['jpeg', 1, 640],
    ['webp', 640, 640],
    ['webp', 33, 17],
  ] as const)('is known by its bytes: %s of %i x %i', (kind, widthPx, heightPx) => {
    expect(readPhoto(drawn(kind, widthPx, heightPx))).toEqual({ mediaType: `image/${kind}`, widthPx, heightPx })
  })

  test('may be lossless and have a colour profile', () => {
    const bytes = webpOf([['VP8X', extended(300, 200)], ['ICCP', [1, 2, 3]], ['VP8L', lossless(300, 200)]]) // prettier-ignore
    expect(readPhoto(bytes)).toEqual({ mediaType: 'image/webp', widthPx: 300, heightPx: 200 })
  })

  const small = drawn('jpeg', 64, 64)
  test.each([
    ['nothing', new Uint8Array(), 'empty'],
    ['a drawing with a program in it', Uint8Array.from(ascii('<svg onload="alert(1)"/>')), 'other-kind'],
    ['a page', Uint8Array.from(ascii('<!doctype html>')), 'other-kind'],
    ['a PNG', new Uint8Array(createCanvas(4, 4).toBuffer('image/png')), 'other-kind'],
    ['a GIF', Uint8Array.from(ascii('GIF89a.......')), 'other-kind'],
    ['more bytes than a photo needs', Uint8Array.from([...small, ...new Uint8Array(60_000)]), 'too-heavy'],
    ['more pixels than a screen shows', drawn('jpeg', 641, 10), 'too-many-pixels'],
    ['a bomb: many pixels in few bytes', webpOf([['VP8L', lossless(16_384, 16_384)]]), 'too-many-pixels'],
    ['a frame larger than it says', webpOf([['VP8X', extended(64, 64)], ['VP8L', lossless(600, 600)]]), 'damaged'],
    ['two frames', webpOf([['VP8L', lossless(4, 4)], ['VP8L', lossless(4, 4)]]), 'damaged'],
    ['place and camera', withSegment(small, 0xe1, 'Exif\0\0GPS'), 'says-more'],
    ['a remark', withSegment(small, 0xfe, 'for Erika'), 'says-more'],
    ['place and camera in a WebP', webpOf([['VP8L', lossless(4, 4)], ['EXIF', ascii('GPS')]]), 'says-more'],
    ['something that moves', webpOf([['VP8X', extended(4, 4)], ['ANIM', [0, 0]]]), 'moving'],
    ['a picture cut off', small.subarray(0, small.length - 2), 'damaged'],
    ['a file behind the picture', Uint8Array.from([...small, ...ascii('PK..')]), 'damaged'],
    ['a WebP without its start code', webpOf([['VP8 ', [0, 0, 0, 0, 0, 0, 9, 0, 9, 0]]]), 'damaged'],
  ] as const)('is not %s', (_what, bytes, fault) => {
    expect(readPhoto(bytes)).toEqual({ fault })
  }) // prettier-ignore

  test('whatever bytes come, the answer is a size within the limits or a fault', () => {
    const starts = [small, drawn('webp', 40, 30), webpOf([['VP8X', extended(9, 9)], ['VP8L', lossless(9, 9)]])] // prettier-ignore
    const spoilt = fc.tuple(fc.constantFrom(...starts), fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 6 }))
    fc.assert(
      fc.property(spoilt, ([start, changes]) => {
        const bytes = start.slice()
        for (const [at, value] of changes) bytes[at % bytes.length] = value
        const facts = readPhoto(bytes)
        if (!('fault' in facts)) expect(Math.max(facts.widthPx, facts.heightPx)).toBeLessThanOrEqual(640)
      }),
      { seed: 61, numRuns: 500 },
    )
  })
})
