import { brotliDecompressSync, inflateRawSync, inflateSync, constants } from 'node:zlib'
import { readingsOfPdf } from './readings-of-pdf.ts'
import { codesOn, pictureOf } from './readings-of-pictures.ts'
import { joinedPages } from './readings-of-sqlite.ts'

/** Bytes that somebody without a key can come by, and what had to be done for it, step by step. */
export interface Reading {
  readonly bytes: Buffer
  readonly how: string
  /** Text of a page of paper, in which gaps between letters tell nothing. */
  readonly isPage?: boolean
  /** Nothing can stand inside of it. */
  readonly isLast?: boolean
}

const largestOpened = 256 * 1024 * 1024

/** How often something is opened inside something that was opened. */
export const deepest = 5

/**
 * What can be opened in the bytes without a key: what inflates, what is base64 or hex, pictures and pages of PDFs with
 * the barcodes on them. Each may hold more of the same; whoever asks goes on with what is not `isLast`.
 */
export async function* readingsIn(bytes: Buffer): AsyncGenerator<Reading> {
  yield* partsOf(bytes)
  if (bytes.subarray(0, 1024).includes('%PDF-')) yield* readingsOfPdf(bytes)
  const picture = await pictureOf(bytes)
  if (picture) for (const code of await codesOn(picture)) yield { bytes: code, how: 'picture > barcode' }
}

function* partsOf(bytes: Buffer): Generator<Reading> {
  yield* inflated(bytes, '')
  yield* compressedInside(bytes)
  const text = bytes.toString('latin1')
  yield* encodedInside(text)
  yield* stringsOfPdf(text)
  yield* picturesInside(bytes)
  const pages = joinedPages(bytes)
  if (pages) yield { bytes: pages, how: 'pages joined' }
}

/** gzip is deflate behind a head; zlib's own gunzip refuses what is followed by anything else. */
function gunzipped(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) throw new Error('no gzip')
  const flags = bytes[3] ?? 0
  let at = 10
  if ((flags & 4) !== 0) at += 2 + bytes.readUInt16LE(at)
  // A file name and a comment, each with a zero at its end.
  for (const flag of [8, 16]) if ((flags & flag) !== 0) at = bytes.indexOf(0, at) + 1
  if ((flags & 2) !== 0) at += 2
  return openers[1][1](bytes.subarray(at))
}

const openers = [
  ['inflated', (bytes: Buffer) => inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: largestOpened })],
  ['inflated raw', (bytes: Buffer) => inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: largestOpened })],
  ['gunzipped', gunzipped],
  ['unbrotlied', (bytes: Buffer) => brotliDecompressSync(bytes, { maxOutputLength: largestOpened })],
] as const // prettier-ignore

/** What opens from the first byte on; a file that was cut gives what there is of it. */
function* inflated(bytes: Buffer, where: string): Generator<Reading> {
  for (const [how, open] of openers) {
    const opened = attempt(() => open(bytes))
    if (opened && opened.length > 3) yield { bytes: opened, how: `${where}${how}` }
  }
}

/** Compressed data has marks: zlib's two bytes, gzip's three, a ZIP entry's four, PDF's `stream`. */
function* compressedInside(bytes: Buffer): Generator<Reading> {
  for (let at = 0; at < bytes.length - 6; at++) {
    const [first, second] = [bytes[at] ?? 0, bytes[at + 1] ?? 0]
    if (first === 0x78 && (first * 256 + second) % 31 === 0 && (second & 0x20) === 0) {
      const opened = attempt(() => openers[0][1](bytes.subarray(at)))
      if (opened && opened.length > 3) yield { bytes: opened, how: 'inflated inside' }
    } else if (first === 0x1f && second === 0x8b && bytes[at + 2] === 8) {
      const opened = attempt(() => openers[2][1](bytes.subarray(at)))
      if (opened && opened.length > 3) yield { bytes: opened, how: 'gunzipped inside' }
    } else if (first === 0x50 && second === 0x4b && bytes[at + 2] === 3 && bytes[at + 3] === 4) {
      yield* zipEntry(bytes, at)
    } else if (first === 0x73 && bytes.toString('latin1', at, at + 6) === 'stream') {
      const start = bytes[at + 6] === 0x0d ? at + 8 : at + 7
      const end = bytes.indexOf('endstream', start)
      if (end > start) yield* inflated(bytes.subarray(start, end), 'stream ')
    }
  }
}

function* zipEntry(bytes: Buffer, at: number): Generator<Reading> {
  if (at + 30 > bytes.length) return
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
  const opened = attempt(() => openers[1][1](bytes.subarray(start)))
  if (opened && opened.length > 3) yield { bytes: opened, how: 'unzipped' }
}

/**
 * Runs of base64 (also broken into lines), base64url and hex. What decodes to something that can be opened further is a
 * reading of its own; of the rest, which is most, the bytes are searched side by side.
 */
function* encodedInside(text: string): Generator<Reading> {
  const rest: Buffer[] = []
  for (const [run] of text.matchAll(/(?:[A-Za-z0-9+/]{40,}\r?\n)+[A-Za-z0-9+/]+=*|[A-Za-z0-9+/_-]{16,}/g)) {
    const decoded = [Buffer.from(run, 'base64')]
    if (/^[0-9a-fA-F]+$/.test(run)) decoded.push(Buffer.from(run, 'hex'))
    // Base64 that follows other letters without a gap: a word before it moves its signs by one to three.
    for (const moved of [1, 2, 3]) decoded.push(Buffer.from(run.slice(moved, 4096), 'base64'))
    for (const bytes of decoded) {
      if (isPromising(bytes)) yield { bytes, how: 'base64 or hex' }
      else rest.push(bytes)
    }
  }
  if (rest.length > 0) yield { bytes: Buffer.concat(rest.flatMap((one) => [one, between])), how: 'base64 or hex', isLast: true } // prettier-ignore
}

const between = Buffer.from('\n')
const longRun = 40

/** Text, a mark of compression, a file with a known beginning, or long enough that it might be compressed without a mark. */
function isPromising(bytes: Buffer): boolean {
  const [first = 0, second = 0] = bytes
  if ((first === 0x78 && (first * 256 + second) % 31 === 0) || (first === 0x1f && second === 0x8b)) return true
  if (/^(?:%PDF|\x89PNG|\xff\xd8\xff|PK)/.test(bytes.toString('latin1', 0, 8))) return true
  const head = bytes.subarray(0, 64)
  return (
    head.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09) ||
    bytes.length > longRun
  )
}

/** Strings of a PDF without their marks, side by side: what a text operator breaks into pieces stands together again. */
function* stringsOfPdf(text: string): Generator<Reading> {
  const strings: string[] = []
  for (const [, literal, hex] of text.matchAll(/\(((?:[^()\\]|\\[^])*)\)|<([0-9A-Fa-f\s]{4,})>/g))
    strings.push(hex === undefined ? unescaped(literal ?? '') : Buffer.from(hex.replaceAll(/\s/g, ''), 'hex').toString('latin1')) // prettier-ignore
  if (strings.length > 1) yield { bytes: Buffer.from(strings.join(''), 'latin1'), how: 'strings joined' }
  if (strings.length > 0) yield { bytes: Buffer.from(strings.join('\n'), 'latin1'), how: 'strings' }
}

const unescaped = (literal: string): string =>
  literal.replaceAll(/\\([0-7]{1,3}|\r?\n|[^])/g, (_, sign: string) =>
    /^[0-7]/.test(sign) ? String.fromCharCode(Number.parseInt(sign, 8) & 255) : /^\r?\n$/.test(sign) ? '' : sign,
  )

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** PNG and JPEG pictures inside of something else, from their first byte on. */
function* picturesInside(bytes: Buffer): Generator<Reading> {
  for (const start of [pngStart, Buffer.from([0xff, 0xd8, 0xff])])
    for (let at = bytes.indexOf(start, 1); at > 0; at = bytes.indexOf(start, at + 1))
      yield { bytes: bytes.subarray(at), how: 'picture inside' }
}

function attempt<Value>(work: () => Value): Value | undefined {
  // Most attempts fail, thousands of them; nobody reads where.
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return work()
  } catch {
    // Not written this way: nothing to read.
    return undefined
  } finally {
    Error.stackTraceLimit = limit
  }
}
