import { describe, expect, test } from 'vitest'
import { isSameSize, mediaNames, mediaSizes, misfitOf, sizeText } from '../../../src-main/domain/print-media.ts'
import { inFloorOrder } from '../../../src-main/domain/print-order.ts'
import { printerFor, type Printer, type PrintSetup } from '../../../src-main/domain/print-printer.ts'
import { makeStop, makeTour } from '../../fixtures/wave-builders.ts'

describe('sizes', () => {
  test('no two media are taken for each other', () => {
    for (const one of mediaNames)
      for (const other of mediaNames)
        expect(isSameSize(mediaSizes[one], mediaSizes[other]), `${one} ${other}`).toBe(one === other)
  })

  test('A6 is not 4x6, and neither is 100x150', () => {
    expect(misfitOf([mediaSizes.A6], '4x6')).toEqual([1050, 1480])
    expect(misfitOf([mediaSizes['4x6'], mediaSizes['100x150']], '4x6')).toEqual([1000, 1500])
  })

  test('rounding and turning make no other size', () => {
    expect(misfitOf([[2100, 2970], [2970, 2101], [2104, 2968]], 'A4')).toBeUndefined() // prettier-ignore
  })

  test('a size is named where it has a name', () => {
    expect(sizeText([1050, 1480])).toBe('A6 (105 x 148 mm)')
    expect(sizeText([580, 401])).toBe('58 x 40.1 mm')
  })
})

const printer = (id: string): Printer => ({ id, name: id, way: { kind: 'queue', queue: id }, media: 'A4', dpi: 203 })

test("a terminal's own printer comes before the shop's, and only for its kind", () => {
  const setup: PrintSetup = {
    printers: ['a', 'b'].map(printer),
    uses: [
      { kind: 'label', printerId: 'a' },
      { kind: 'label', terminal: 'station:1', printerId: 'b' },
      { kind: 'slip', terminal: 'station:1', printerId: 'b' },
      { kind: 'invoice', printerId: 'gone' },
    ],
  }
  expect(printerFor(setup, 'label', 'station:1')?.id).toBe('b')
  expect(printerFor(setup, 'label', 'desktop')?.id).toBe('a')
  expect(printerFor(setup, 'slip', 'desktop')).toBeUndefined()
  expect(printerFor(setup, 'invoice', 'desktop')).toBeUndefined()
})

test('labels come in the order in which the floor meets their parcels', () => {
  const parcel = (id: string, orderCode: string) => ({ id, orderCode, letter: 'A' })
  const parcels = [parcel('1', '231-01'), parcel('2', '231-02'), parcel('3', '231-03'), parcel('0', '231-00')]
  const tours = [
    makeTour({ seq: 2, stops: [makeStop({ seq: 1, parcelId: '1' })] }),
    makeTour({
      seq: 1,
      stops: [
        makeStop({ seq: 2, parcelId: '2' }),
        makeStop({ seq: 1, parcelId: '3' }),
        makeStop({ seq: 3, parcelId: '3' }),
      ],
    }),
  ]
  expect(inFloorOrder(parcels, tours).map(({ id }) => id)).toEqual(['3', '2', '1', '0'])
})

test('parcels of no tour come by order and letter, and the 27th behind the 26th', () => {
  const parcels = ['AA', 'Z', 'B', 'A'].map((letter) => ({ id: letter, orderCode: '231-01', letter }))
  expect(inFloorOrder(parcels, []).map(({ letter }) => letter)).toEqual(['A', 'B', 'Z', 'AA'])
})
