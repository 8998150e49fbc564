import { expect, test } from 'vitest'
import { qrCode } from '../../../src-courier/core/qr-code.ts'
import { decoded, type Picture } from '../documents/printed-page.ts'

function drawn(text: string): Picture {
  const squares = qrCode(text) ?? []
  const [scale, quiet] = [3, 4]
  const width = (squares.length + 2 * quiet) * scale
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++)
      if (squares[Math.floor(y / scale) - quiet]?.[Math.floor(x / scale) - quiet] === true)
        data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3)
  return { width, height: width, data }
}

// Both sides of where versions begin that differ in kind: 1, 2, 7 (version bits), 10 (longer count), 32, 40.
test.each([1, 14, 15, 106, 107, 122, 123, 180, 181, 213, 214, 430, 850, 1465, 1466, 2331])(
  'a square code of %i bytes is read by a program that had no part in it',
  async (length) => {
    const text = 'aZ9-{"ä'.repeat(400).slice(0, length).replaceAll('ä', '_')
    expect(await decoded(drawn(text))).toEqual([`QRCode: ${text}`])
  },
)

test('a square code holds every script and nothing that is too long', async () => {
  expect(await decoded(drawn('霞が関 حسن Ångström'))).toEqual(['QRCode: 霞が関 حسن Ångström'])
  expect(qrCode('x'.repeat(2332))).toBeUndefined()
})
