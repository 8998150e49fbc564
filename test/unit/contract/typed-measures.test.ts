import { describe, expect, test } from 'vitest'
import { typedSides, typedVolume, typedWeight } from '../../../src-main/contract/typed-measures.ts'

describe('a typed weight', () => {
  test.each([
    ['350', 350],
    ['350 g', 350],
    ['0,35 kg', 350],
    ['0.35kg', 350],
    ['.5 kg', 500],
    ['1.234,5 kg', 1_234_500],
    ['12 oz', 340],
    ['1 lb', 454],
    ['３５０ｇ', 350],
    ['350 グラム', 350],
  ])('%s is understood', (text, grams) => expect(typedWeight(text)).toBe(grams))

  test.each(['', '0', '-5', '0,35', '5 cm', '5 stones', 'kg', '9999999 kg', '1.2.3,4,5'])('%s is not', (text) =>
    expect(typedWeight(text)).toBeUndefined(),
  )
})

describe('typed sides', () => {
  test.each([
    ['160 x 90 x 70', [160, 90, 70]],
    ['160×90×70 mm', [160, 90, 70]],
    ['16x9x7cm', [160, 90, 70]],
    ['16 9 7 cm', [160, 90, 70]],
    ['16,5 * 9 * 7 cm', [165, 90, 70]],
    ['6in 4in 2.5in', [153, 102, 64]],
    ['1 m x 20 cm x 30 mm', [1000, 200, 30]],
    ['16 x 9 x 7 センチ', [160, 90, 70]],
  ])('%s are understood', (text, sides) => expect(typedSides(text)).toEqual(sides))

  test.each(['', '160', '160 x 90', '1 x 2 x 3 x 4', '160 x 90 x 0', '160 x 90 x 70 kg', 'a x b x c'])(
    '%s are not',
    (text) => expect(typedSides(text)).toBeUndefined(),
  )
})

test('a typed volume is understood in litres and cubic centimetres', () => {
  expect(typedVolume('1,2 l')).toBe(1200)
  expect(typedVolume('900 cm3')).toBe(900)
  expect(typedVolume('900 cm³')).toBe(900)
  expect(typedVolume('900')).toBe(900)
  expect(typedVolume('900 g')).toBeUndefined()
})
