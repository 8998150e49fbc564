import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { printed } from '../documents/printed-page.ts'

/** Everything below a folder, by path. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]))
}

/** The ways in which a text can stand in bytes without a key: plain, wide, in hex, and in base64 from each of its three places. */
function formsOf(text: string): readonly Buffer[] {
  const bytes = Buffer.from(text, 'utf8')
  const base64 = [0, 1, 2].map((before) => {
    const coded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    // The first and last signs also hold bits of whatever stands beside the text.
    return coded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
  })
  const url = base64.map((one) => one.replaceAll('+', '-').replaceAll('/', '_'))
  return [
    bytes,
    Buffer.from(text, 'utf16le'),
    Buffer.from(bytes.toString('hex')),
    ...[...new Set([...base64, ...url])].map((one) => Buffer.from(one)),
  ]
}

/** The bytes themselves, what in them inflates, and what stands on the pages of a PDF. */
async function readingsOf(bytes: Buffer): Promise<readonly Buffer[]> {
  const readings = [bytes, Buffer.from(bytes.toString('latin1').toLowerCase(), 'latin1')]
  for (const part of compressedParts(bytes))
    for (const open of [inflateSync, inflateRawSync, gunzipSync]) {
      try {
        readings.push(open(part))
      } catch {
        // Not compressed this way: nothing to read.
      }
    }
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') {
    const { text, metadata } = await printed(new Uint8Array(bytes))
    readings.push(Buffer.from(`${text} ${text.replaceAll(/\s/g, '')} ${JSON.stringify(metadata)}`.toLowerCase()))
  }
  return readings
}

function* compressedParts(bytes: Buffer): Generator<Buffer> {
  yield bytes
  const mark = Buffer.from('stream')
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
    const start = bytes[at + mark.length] === 0x0d ? at + mark.length + 2 : at + mark.length + 1
    const end = bytes.indexOf(Buffer.from('endstream'), start)
    if (end > start) yield bytes.subarray(start, end)
  }
  // Sealed files are texts divided by dots; a part that were merely compressed would open here.
  const text = bytes.length < 2_000_000 ? bytes.toString('latin1') : ''
  for (const [part] of text.matchAll(/[\w-]{24,}/g)) yield Buffer.from(part, 'base64url')
}

/** Which of these texts can be read in the bytes by somebody without a key. */
export async function readableIn(bytes: Buffer, texts: readonly string[]): Promise<readonly string[]> {
  const readings = await readingsOf(bytes)
  return texts.filter((text) =>
    [text, text.toLowerCase()].flatMap(formsOf).some((form) => readings.some((reading) => reading.includes(form))),
  )
}

/** Names of files below a folder that tell one of the texts, in their bytes or in their name, and which. */
export async function tellingFiles(folder: string, texts: readonly string[]): Promise<readonly string[]> {
  const telling: string[] = []
  for (const path of filesBelow(folder)) {
    const found = await readableIn(Buffer.concat([Buffer.from(`${path}\n`), readFileSync(path)]), texts)
    const own = await readableIn(readFileSync(path), texts)
    const all = [...new Set([...found, ...own])]
    if (all.length > 0) telling.push(`${path.slice(folder.length + 1)}: ${all.join(', ')}`)
  }
  return telling
}
