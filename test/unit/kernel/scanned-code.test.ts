import { describe, expect, test } from 'vitest'
import { sscc } from '../../../src-main/kernel/ids.ts'
import { groupSeparator as gs, namesProduct, readScan, scanFault } from '../../../src-main/kernel/scanned-code.ts'

const gtin = '04012345678901'

describe('a scanned code', () => {
  test('is plain text, and a GTIN when its check digit is right', () => {
    expect(readScan('AP-0102')).toEqual({ text: 'AP-0102', gtin: undefined })
    expect(readScan('2000000000015')).toEqual({ text: '2000000000015', gtin: '2000000000015' })
    expect(readScan('2000000000016').gtin).toBeUndefined()
    expect(readScan(']E02000000000015')).toEqual({ text: '2000000000015', gtin: '2000000000015' })
    expect(readScan(']C0AP-0102').text).toBe('AP-0102')
  })

  test.each([
    [']C1', 'GS1-128'],
    [']d2', 'GS1 DataMatrix'],
    [']Q3', 'GS1 QR'],
    [']e0', 'GS1 DataBar'],
    ['', 'a scanner that names no symbology'],
    [gs, 'a scanner that sends FNC1 at the start'],
  ])('opens into its fields behind %j (%s)', (before) => {
    const scan = readScan(`${before}01${gtin}1526113010LOT-7${gs}21SER/9`)
    expect(scan).toMatchObject({ gtin, bestBefore: '2026-11-30', lot: 'LOT-7', serial: 'SER/9' })
  })

  test('needs no separator after fields of fixed length, nor after the last one', () => {
    expect(readScan(`]C101${gtin}17261122`)).toMatchObject({ gtin, expires: '2026-11-22' })
    expect(readScan(`]C110A${gs}01${gtin}${gs}3103000500`)).toMatchObject({ gtin, lot: 'A' })
  })

  test('may have its identifiers in brackets, or be a link', () => {
    expect(readScan(`(01)${gtin}(10)A1(17)270200`)).toMatchObject({ gtin, lot: 'A1', expires: '2027-02-28' })
    expect(readScan(`https://id.example/01/${gtin}/10/A%2F1?17=280200`)).toMatchObject({
      gtin,
      lot: 'A/1',
      expires: '2028-02-29',
    })
  })

  test('reads the number of a transport unit', () => {
    const number = sscc('4012345', 3, 7)
    expect(readScan(`]C100${number}`).sscc).toBe(number)
  })

  test.each([
    `]C10104012345678902`,
    `]C101${gtin}17261345`,
    `]C101${gtin}17260230`,
    `]C101${gtin}1726`,
    `]C101${gtin}10`,
    `]C1XY`,
    `]C1`,
  ])('with a broken field is believed in nothing: %j', (code) => {
    expect(readScan(code)).toEqual({ text: code.slice(3), gtin: undefined })
  })

  test('stands for a product by SKU or by GTIN, with and without leading zeros', () => {
    const product = { sku: 'TEA', gtin: gtin.slice(1) }
    for (const code of ['TEA', gtin, gtin.slice(1), `]d201${gtin}10X`])
      expect(namesProduct(readScan(code), product)).toBe(true)
    for (const code of ['tea', '2000000000015', `10X${gs}`]) expect(namesProduct(readScan(code), product)).toBe(false)
    expect(namesProduct(readScan(gtin), { sku: 'TEA' })).toBe(false)
  })

  test('says when the piece is another product, another lot or past its day', () => {
    const wanted = { sku: 'TEA', gtin, lot: 'A1' }
    const fault = (code: string) => scanFault(readScan(code), wanted, '2026-11-22')
    expect(fault('MUG')).toEqual({ kind: 'product' })
    expect(fault(`]d201${gtin}10B2`)).toEqual({ kind: 'lot', lot: 'B2' })
    expect(fault(`]d201${gtin}1526112110A1`)).toEqual({ kind: 'expired', day: '2026-11-21' })
    expect(fault(`]d201${gtin}1527010117261121`)).toEqual({ kind: 'expired', day: '2026-11-21' })
    expect(fault(`]d201${gtin}1526112210A1`)).toBeUndefined()
    expect(fault(gtin)).toBeUndefined()
  })
})
