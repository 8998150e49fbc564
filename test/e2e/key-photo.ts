import { createCanvas } from '@napi-rs/canvas'
import encodeQR from 'qr'
import { publicSet, type CourierKeys } from '../../src-courier/core/courier-keys.ts'

/** What a courier hands over, as text. */
export const setText = (keys: CourierKeys): string => JSON.stringify(publicSet(keys))

/** A photograph of a key set on somebody's screen, slightly turned. */
export function pictureOf(text: string): Buffer {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 })
  const side = 640
  const canvas = createCanvas(960, 720)
  const context = canvas.getContext('2d')
  context.fillStyle = '#777'
  context.fillRect(0, 0, 960, 720)
  context.translate(170, 30)
  context.rotate(0.03)
  context.fillStyle = '#fff'
  context.fillRect(0, 0, side, side)
  context.fillStyle = '#111'
  const module = side / rows.length
  for (const [y, row] of rows.entries())
    for (const [x, isDark] of row.entries()) if (isDark) context.fillRect(x * module, y * module, module + 0.5, module + 0.5) // prettier-ignore
  return canvas.toBuffer('image/jpeg')
}
