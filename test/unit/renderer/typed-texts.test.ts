import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { typedTexts } from '../../../src-renderer/format/typed-texts.ts'

describe('measures in fields', () => {
  const { weight, sides, volume, ...typed } = typedTexts('imperial')

  test('are written in inches, ounces and pounds where people measure so', () => {
    expect([weight(350), weight(1000), sides([153, 90, 70]), volume(900)]).toEqual(['12.35 oz', '2.205 lb', '6 × 3.54 × 2.75 in', '54.9 in³']) // prettier-ignore
    expect([typedTexts('metric').weight(350), typedTexts('metric').sides([160, 90, 70])]).toEqual(['350 g', '160 × 90 × 70 mm']) // prettier-ignore
  })

  test('are read in the unit the field is written in, and in any other that is named', () => {
    expect(typed.typedWeight('12')).toBe(340)
    expect(typed.typedWeight('12.5')).toBe(354)
    expect(typed.typedWeight('350 g')).toBe(350)
    expect(typed.typedSides('6 x 4 x 2.5')).toEqual([153, 102, 64])
    expect(typed.typedSides('16 x 9 x 7 cm')).toEqual([160, 90, 70])
    expect(typed.typedVolume('60')).toBe(983)
    expect(typed.typedVolume('1.2 l')).toBe(1200)
    expect(typed.typedWeight('heavy')).toBeUndefined()
    expect(typedTexts('metric').typedWeight('12')).toBe(12)
  })

  test('say back what they were, so that nothing changes by being looked at', () => {
    const side = fc.integer({ min: 1, max: 20_000 })
    const most = { weight: fc.integer({ min: 1, max: 2_000_000 }), volume: fc.integer({ min: 1, max: 50_000_000 }) }
    fc.assert(
      fc.property(most.weight, fc.tuple(side, side, side), most.volume, (grams, size, cm3) => {
        for (const texts of [typedTexts('metric'), typedTexts('imperial')]) {
          expect(texts.typedWeight(texts.weight(grams))).toBe(grams)
          expect(texts.typedSides(texts.sides(size))).toEqual(size)
          expect(texts.typedVolume(texts.volume(cm3))).toBe(cm3)
        }
      }),
      { seed: 25, numRuns: 400 },
    )
  })
})
