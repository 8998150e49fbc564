import bwip from 'bwip-js/node'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MatrixSymbol } from '../../../../src-main/adapters/documents/pdf/barcode.ts'
import { qrBytes, qrCode } from '../../../../src-main/adapters/documents/pdf/qr-code.ts'
import { decoded, type Picture } from '../../../integration/documents/printed-page.ts'

/** Three pixels a module, four modules of white all round. */
function pictureOf({ modules, cells }: MatrixSymbol): Picture {
  const side = 3 * (modules + 8)
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [column, row] = [Math.floor(x / 3) - 4, Math.floor(y / 3) - 4]
      if (column < 0 || row < 0 || column >= modules || row >= modules) continue
      if (cells[row * modules + column] === 1) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
    }
  }
  return { width: side, height: side, data }
}

describe('a QR code', () => {
  test.each([1, 2, 6, 7, 9, 10, 14, 21, 28, 32, 40])('of version %i is read by another program', async (version) => {
    const text = 'aZ9-_.'.repeat(500).slice(0, qrBytes(version))
    const symbol = qrCode(text)
    expect(symbol.modules).toBe(17 + 4 * version)
    expect(await decoded(pictureOf(symbol))).toEqual([`QRCode: ${text}`])
  })

  test('holds as much as the standard says for level M', () => {
    const held = [1, 2, 3, 9, 10, 25, 28, 32, 40].map(qrBytes)
    expect(held).toEqual([14, 26, 42, 180, 213, 997, 1190, 1538, 2331])
  })

  test('is the same to the module as another maker’s, but where that one prefers another mask', () => {
    const texts = Array.from({ length: 28 }, (_, v) => 'b-_a'.repeat(400).slice(0, qrBytes(v + 1)))
    const differing = texts.filter((text) => {
      const other = bwip.raw('qrcode', text, 'eclevel=M')[0]
      const { modules, cells } = qrCode(text)
      if (!other || !('pixs' in other) || other.pixx !== modules) return true
      const share = cells.filter((cell, at) => cell !== other.pixs[at]).length / cells.length
      return share > 0 && share < 0.15
    })
    expect(differing).toEqual([])
  })

  test('gives back any text, of any script', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 120, unit: 'grapheme' }), async (text) => {
        const { modules, cells } = qrCode(text)
        expect(qrCode(text).cells).toEqual(cells)
        expect(modules % 4).toBe(1)
        const [found] = await decoded(pictureOf({ modules, cells }))
        if (/^[\x20-\x7e]*$/.test(text)) expect(found).toBe(`QRCode: ${text}`)
        else expect(found).toBeDefined()
      }),
      { seed: 4, numRuns: 40 },
    )
  })

  test('refuses what no version holds', () => {
    expect(() => qrCode('x'.repeat(2332))).toThrow(RangeError)
  })
})
