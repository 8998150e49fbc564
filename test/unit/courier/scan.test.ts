import { describe, expect, test } from 'vitest'
import { makeKeys } from '../../../src-courier/core/courier-keys.ts'
import { boxBlurred, colourOf, evened, greyOf, scaled, sharpened } from '../../../src-courier/scan/picture.ts'
import { oneByOne } from '../../../src-courier/scan/one-by-one.ts'
import { readCodes, type Decode, type FoundCode } from '../../../src-courier/scan/read-codes.ts'
import { isWholeLabel, sortScanned, type Scanned } from '../../../src-courier/scan/scanned.ts'
import { makeShopKey } from '../labels/keys.ts'
import { handOver, parcelNumbers, sealRun } from './shop-side.ts'

const { labels } = await sealRun({ key: await handOver(await makeKeys()), shop: await makeShopKey() })
const square = (index: number): FoundCode => ({ kind: 'square', text: labels[index] ?? '' })
const bars = (index: number): FoundCode => ({ kind: 'bars', text: `(00)${parcelNumbers[index] ?? ''}` })
const stranger: FoundCode = { kind: 'square', text: 'https://example.org' }

describe('what a picture says', () => {
  test('is the block and the number of our label; other codes on the parcel are passed over', () => {
    expect(sortScanned([stranger, bars(0), { kind: 'bars', text: 'DHL-77' }, square(0)])).toEqual({
      block: labels[0],
      parcelNumber: parcelNumbers[0],
      other: undefined,
      isAmbiguous: false,
    })
    expect(sortScanned([square(0), square(1)]).isAmbiguous).toBe(true)
    expect(sortScanned([square(0), bars(0), bars(1)]).isAmbiguous).toBe(true)
    expect(isWholeLabel([square(0)], 1)).toBe(false)
    expect(isWholeLabel([square(0)], 2)).toBe(true)
    expect(isWholeLabel([bars(0)], 5)).toBe(false)
  })

  test('is looked for harder and harder, only as long as something is missing', async () => {
    const picture = colourOf({ width: 40, height: 30, grey: new Uint8ClampedArray(1200).fill(200) })
    const triesUntil = async (findsAt: number): Promise<number> => {
      let tries = 0
      const decode: Decode = async () => (++tries === findsAt ? [{ format: 'QRCode', text: labels[0] ?? '' }, { format: 'Code128', text: bars(0).text }] : []) // prettier-ignore
      await readCodes(picture, { decode, effort: { kind: 'photo' }, isEnough: isWholeLabel })
      return tries
    }
    expect([await triesUntil(1), await triesUntil(3), await triesUntil(99)]).toEqual([1, 3, 6])
    let frames = 0
    const decode: Decode = async () => (frames++, [])
    for (let count = 0; count < 4; count++) await readCodes(picture, { decode, effort: { kind: 'frame', count }, isEnough: isWholeLabel }) // prettier-ignore
    expect(frames).toBe(4)
  })
})

describe('many frames', () => {
  function watched(): { told: Scanned[]; show: (found: readonly FoundCode[], now: number) => void } {
    const told: Scanned[] = []
    return { told, show: oneByOne((scanned) => told.push(scanned)) }
  }

  test('tell a label once, with bars and square put together', () => {
    const { told, show } = watched()
    show([bars(0)], 0)
    show([], 100)
    show([square(0)], 200)
    for (let now = 300; now < 3000; now += 100) show([square(0), bars(0)], now)
    expect(told).toEqual([{ block: labels[0], parcelNumber: parcelNumbers[0], other: undefined, isAmbiguous: false }])
  })

  test('wait for the square, then make do with the bars; tell the label anew after it was gone', () => {
    const { told, show } = watched()
    for (let now = 0; now < 1500; now += 100) show([bars(0)], now)
    expect(told).toEqual([])
    show([bars(0)], 1500)
    show([square(0)], 1600)
    expect(told.map(({ parcelNumber }) => parcelNumber)).toEqual([parcelNumbers[0]])
    show([bars(0), square(0)], 7000)
    expect(told).toHaveLength(2)
  })

  test('pass from one parcel to the next at once, and never mix old bars with a new square', () => {
    const { told, show } = watched()
    show([bars(0), square(0)], 0)
    show([bars(1), square(1)], 100)
    expect(told.map(({ block, parcelNumber }) => [block, parcelNumber])).toEqual([
      [labels[0], parcelNumbers[0]],
      [labels[1], parcelNumbers[1]],
    ])
    const second = watched()
    second.show([bars(0)], 0)
    second.show([square(1)], 1200)
    second.show([square(1)], 1900)
    expect(second.told).toEqual([{ block: labels[1], parcelNumber: undefined, other: undefined, isAmbiguous: false }])
  })

  test('tell two labels in one frame to nobody', () => {
    const { told, show } = watched()
    for (let now = 0; now < 5000; now += 100) show([square(0), square(1), bars(0)], now)
    expect(told).toEqual([])
  })
})

describe('a picture', () => {
  const ramp = { width: 16, height: 8, grey: Uint8ClampedArray.from({ length: 128 }, (_, i) => (i % 16) * 16) }

  test('keeps its brightness in grey and back', () => {
    const back = greyOf(colourOf(ramp))
    expect(Math.max(...back.grey.map((value, i) => Math.abs(value - (ramp.grey[i] ?? 0))))).toBeLessThanOrEqual(1)
  })

  test('has the size that was asked for, and its mean stays when it is made smaller, larger or softer', () => {
    const mean = ({ grey }: { grey: Uint8ClampedArray }): number =>
      grey.reduce((sum, value) => sum + value, 0) / grey.length
    for (const factor of [0.25, 0.7, 1, 1.6]) {
      const other = scaled(ramp, factor)
      expect([other.width, other.height]).toEqual([Math.round(16 * factor), Math.round(8 * factor)])
      expect(Math.abs(mean(other) - mean(ramp))).toBeLessThan(6)
    }
    expect(Math.abs(mean(boxBlurred(ramp, 1)) - mean(ramp))).toBeLessThan(4)
  })

  test('has light and shadow taken out, and edges made steeper', () => {
    const lit = { width: 60, height: 20, grey: Uint8ClampedArray.from({ length: 1200 }, (_, i) => (1 + (i % 60)) * (i % 4 < 2 ? 1 : 4)) } // prettier-ignore
    const flat = evened(lit, 4).grey
    const [left, right] = [flat.slice(600 + 8, 600 + 12), flat.slice(600 + 48, 600 + 52)].map((part) => Math.max(...part) - Math.min(...part)) // prettier-ignore
    expect(Math.abs((left ?? 0) - (right ?? 0))).toBeLessThan(40)
    const edge = {
      width: 20,
      height: 20,
      grey: Uint8ClampedArray.from({ length: 400 }, (_, i) => (i % 20 < 10 ? 100 : 150)),
    }
    const steep = sharpened(edge, { reach: 2, strength: 2 }).grey
    expect((steep[210] ?? 0) - (steep[209] ?? 0)).toBeGreaterThan(50)
  })
})
