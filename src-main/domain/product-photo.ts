import { photoLimits } from '../kernel/photo-limits.ts'
import type { EpochMs } from '../kernel/time.ts'

/** How a product looks, for the person who decides whether this is it. One for each product; nothing but the picture. */
export interface ProductPhoto {
  readonly sku: string
  readonly mediaType: PhotoType
  readonly widthPx: number
  readonly heightPx: number
  readonly takenAt: EpochMs
  readonly bytes: Uint8Array
}

export type PhotoType = 'image/jpeg' | 'image/webp'

export type PhotoFault =
  | 'empty'
  | 'too-heavy'
  /** By its first bytes neither JPEG nor WebP; a drawing (SVG) may hold a program. */
  | 'other-kind'
  | 'too-many-pixels'
  /** Cut off, or more behind its end, or two sizes in one file. */
  | 'damaged'
  /** Place, camera, date or remarks beside the picture. */
  | 'says-more'
  | 'moving'

export type PhotoFacts = Pick<ProductPhoto, 'mediaType' | 'widthPx' | 'heightPx'>

/**
 * What a file is by its own bytes, whatever it is called: a still picture within the limits that says nothing beside
 * it, or what is wrong with it. Nothing is decoded, so a small file cannot unfold into a large one. Cost: linear.
 */
export function readPhoto(bytes: Uint8Array): PhotoFacts | { readonly fault: PhotoFault } {
  if (bytes.length === 0) return { fault: 'empty' }
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff
  const isWebp = textAt(bytes, 0) === 'RIFF' && textAt(bytes, 8) === 'WEBP'
  if (!isJpeg && !isWebp) return { fault: 'other-kind' }
  if (bytes.length > photoLimits.bytes) return { fault: 'too-heavy' }
  const size = isJpeg ? jpegSize(bytes) : webpSize(bytes)
  if (typeof size === 'string') return { fault: size }
  const [widthPx, heightPx] = size
  if (widthPx < 1 || heightPx < 1) return { fault: 'damaged' }
  if (Math.max(widthPx, heightPx) > photoLimits.sidePx) return { fault: 'too-many-pixels' }
  return { mediaType: isJpeg ? 'image/jpeg' : 'image/webp', widthPx, heightPx }
}

type PixelSize = readonly [widthPx: number, heightPx: number]

const textAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))
const big = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
const little = (bytes: Uint8Array, at: number): number => ((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0)

/** JPEG frames that browsers show: baseline, extended, progressive. */
const frames: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2])
/** Tables, restart interval, scan: what a picture needs. */
const needed: ReadonlySet<number> = new Set([0xc4, 0xda, 0xdb, 0xdd])
/** JFIF, colour profile, Adobe's colour transform: how colours are meant. */
const ofColour: ReadonlySet<number> = new Set([0xe0, 0xe2, 0xee])

/** Walks over the segments (ITU-T T.81, annex B), through every scan to the end of the picture, which ends the file. */
function jpegSize(bytes: Uint8Array): PixelSize | PhotoFault {
  let size: PixelSize | undefined
  let at = 2
  while (at + 3 < bytes.length) {
    const marker = bytes[at + 1] ?? 0
    if (bytes[at] !== 0xff) return 'damaged'
    if (frames.has(marker)) {
      if (size) return 'damaged'
      size = [big(bytes, at + 7), big(bytes, at + 5)]
    } else if (marker === 0xfe || (marker >= 0xe0 && marker <= 0xef && !ofColour.has(marker))) return 'says-more'
    else if (!needed.has(marker) && !ofColour.has(marker)) return 'damaged'
    at += 2 + Math.max(2, big(bytes, at + 2))
    if (marker === 0xda) at = endOfScan(bytes, at)
  }
  const isEnd = at + 2 === bytes.length && bytes[at] === 0xff && bytes[at + 1] === 0xd9
  return isEnd && size ? size : 'damaged'
}

/** Where the next marker stands behind a scan: stuffed zeroes and restarts are part of it. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const next = bytes[at + 1] ?? 0
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}

const webpFrames: ReadonlySet<string> = new Set(['VP8 ', 'VP8L'])

/** Walks over the chunks (RFC 9649): one still frame, its canvas as large as it, colours and transparency beside it. */
function webpSize(bytes: Uint8Array): PixelSize | PhotoFault {
  if (little(bytes, 4) + little(bytes, 6) * 65_536 + 8 !== bytes.length) return 'damaged'
  let [size, canvas]: [PixelSize?, PixelSize?] = []
  let at = 12
  while (at + 8 <= bytes.length) {
    const name = textAt(bytes, at)
    const length = little(bytes, at + 4) + little(bytes, at + 6) * 65_536
    if (at + 8 + length > bytes.length) return 'damaged'
    if (name === 'ANIM' || name === 'ANMF') return 'moving'
    if (webpFrames.has(name)) {
      if (size) return 'damaged'
      size = name === 'VP8 ' ? lossySize(bytes, at + 8) : losslessSize(bytes, at + 8)
    } else if (name === 'VP8X')
      canvas = [1 + little(bytes, at + 12) + (bytes[at + 14] ?? 0) * 65_536, 1 + little(bytes, at + 15) + (bytes[at + 17] ?? 0) * 65_536] // prettier-ignore
    else if (name !== 'ICCP' && name !== 'ALPH') return 'says-more'
    at += 8 + length + (length % 2)
  }
  if (!size || at !== bytes.length) return 'damaged'
  return canvas && (canvas[0] !== size[0] || canvas[1] !== size[1]) ? 'damaged' : size
}

const fourteenBits = 0x3fff

/** Key frame header, RFC 6386 section 9.1. Zero where the start code is missing, which is no size. */
const lossySize = (bytes: Uint8Array, at: number): PixelSize =>
  bytes[at + 3] === 0x9d && bytes[at + 4] === 0x01 && bytes[at + 5] === 0x2a
    ? [little(bytes, at + 6) & fourteenBits, little(bytes, at + 8) & fourteenBits]
    : [0, 0]

/** Signature, then both sides less one in fourteen bits each. */
function losslessSize(bytes: Uint8Array, at: number): PixelSize {
  if (bytes[at] !== 0x2f) return [0, 0]
  const low = little(bytes, at + 1)
  const high = little(bytes, at + 3)
  return [1 + (low & fourteenBits), 1 + (((high & 0xfff) << 2) | (low >> 14))]
}
