import { describe, expect, test } from 'vitest'
import { faultsOfFloor } from '../../../src-main/domain/floor-faults.ts'
import { floorFromTemplate, floorTemplates, usualNumbers } from '../../../src-main/domain/floor-templates.ts'

describe.each(floorTemplates)('the template %s', (template) => {
  const usual = floorFromTemplate(template, usualNumbers[template])

  test('is a floor on which every place is reached', () => {
    expect(faultsOfFloor(usual.floor, usual.locations)).toEqual([])
    expect(usual.locations.length).toBeGreaterThan(50)
    expect(usual.locations[0]?.code).toMatch(/^A-01-1$/)
  })

  test('follows every number one gives it', () => {
    const { floor, locations } = floorFromTemplate(template, { aisles: 30, aisleLengthMm: 8000, pitchMm: 2500, bayMm: 2000, levels: 2 }) // prettier-ignore
    expect(floor.crossY.at(-1)).toBe(8000)
    expect((floor.aisleX[1] ?? 0) - (floor.aisleX[0] ?? 0)).toBe(2500)
    expect(new Set(locations.map(({ shelf }) => shelf))).toEqual(new Set([1, 2]))
    expect(faultsOfFloor(floor, locations)).toEqual([])
    if (template === 'u-shape') expect(floor.aisleX).toHaveLength(2)
    else expect(locations.at(-1)?.code).toMatch(/^AD-/)
  })

  test('refuses aisles that hold no bay', () => {
    const tooShort = { ...usualNumbers[template], aisleLengthMm: 1000, bayMm: 9000 }
    expect(() => floorFromTemplate(template, tooShort)).toThrow(expect.objectContaining({ code: 'ERR_INPUT_INVALID' }))
  })
})
