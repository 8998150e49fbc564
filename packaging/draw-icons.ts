import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'

/**
 * `node packaging/draw-icons.ts`: draws the icons of `resources/icons` from their two SVG files. The drawn files are kept
 * in the repository, so that nobody needs this to build.
 */
const folder = join(import.meta.dirname, '../resources/icons')
const windowsSizes = [16, 24, 32, 48, 64, 128, 256] as const
/** What each kind of picture is called inside an ICNS file, and how large it is. */
const macKinds = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
] as const

async function draw(name: string, size: number): Promise<Buffer> {
  // Skia draws an SVG at the size that it names.
  const svg = readFileSync(join(folder, name), 'utf8').replace('<svg ', `<svg width="${size}" height="${size}" `)
  const canvas = createCanvas(size, size)
  canvas.getContext('2d').drawImage(await loadImage(Buffer.from(svg)), 0, 0, size, size)
  return canvas.toBuffer('image/png')
}

/** An ICO file of PNG pictures: a header, an entry of 16 bytes each, the pictures. */
export function icoOf(pictures: readonly { readonly size: number; readonly png: Uint8Array }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  pictures.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index
    // 0 stands for 256.
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  })
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

/** An ICNS file of PNG pictures: `icns`, the length of the whole, then kind, length and picture of each. */
export function icnsOf(pictures: readonly { readonly kind: string; readonly png: Uint8Array }[]): Buffer {
  const chunk = (kind: string, content: Uint8Array): Buffer => {
    const head = Buffer.alloc(8)
    head.write(kind, 'latin1')
    head.writeUInt32BE(8 + content.length, 4)
    return Buffer.concat([head, content])
  }
  return chunk('icns', Buffer.concat(pictures.map(({ kind, png }) => chunk(kind, png))))
}

async function drawAll(): Promise<void> {
  const windows = await Promise.all(windowsSizes.map(async (size) => ({ size, png: await draw('icon.svg', size) })))
  const mac = await Promise.all(macKinds.map(async ([kind, size]) => ({ kind, png: await draw('icon.svg', size) })))
  writeFileSync(join(folder, 'icon.ico'), icoOf(windows))
  writeFileSync(join(folder, 'icon.icns'), icnsOf(mac))
  writeFileSync(join(folder, 'icon.png'), await draw('icon.svg', 512))
  writeFileSync(join(folder, 'tray.png'), await draw('icon.svg', 32))
  writeFileSync(join(folder, 'trayTemplate.png'), await draw('tray.svg', 16))
  writeFileSync(join(folder, 'trayTemplate@2x.png'), await draw('tray.svg', 32))
}

if (import.meta.main) await drawAll()
