import { describe, expect, test } from 'vitest'
import { placeFor } from '../../../../src-main/hosts/electron/window-place.ts'

const usual = { width: 1366, height: 768, minWidth: 900, minHeight: 600 }
const left = { x: 0, y: 0, width: 1920, height: 1040 }
const right = { x: 1920, y: 0, width: 2560, height: 1400 }
const box = { x: 2000, y: 100, width: 1200, height: 800 }

describe('the place of a window', () => {
  test('is where it was, maximised if it was', () => {
    expect(placeFor({ box, isMaximised: true }, [left, right], usual)).toEqual({ box, isMaximised: true })
  })

  test('is the middle of the main display when its own is gone', () => {
    expect(placeFor({ box, isMaximised: false }, [left], usual).box).toEqual({
      x: 277,
      y: 136,
      width: 1366,
      height: 768,
    })
  })

  test('is the middle when its title bar lies above or below what can be seen', () => {
    for (const y of [-30, 1030])
      expect(placeFor({ box: { ...box, x: 100, y }, isMaximised: false }, [left], usual).box.y).toBe(136)
  })

  test('stays half off the side as long as a hand can grip it', () => {
    const half = { ...box, x: 1700 }
    expect(placeFor({ box: half, isMaximised: false }, [left], usual).box).toEqual(half)
    expect(placeFor({ box: { ...box, x: 1850 }, isMaximised: false }, [left], usual).box.x).toBe(277)
  })

  test('never outgrows a smaller display', () => {
    const small = { x: 0, y: 0, width: 1000, height: 650 }
    expect(placeFor(undefined, [small], usual).box).toEqual(small)
    expect(placeFor({ box: { ...box, x: 0 }, isMaximised: false }, [small], usual).box).toMatchObject({
      width: 1000,
      height: 650,
    })
  })
})
