import { describe, expect, test } from 'vitest'
import { stepFacts } from '../../../../src-renderer/components/parcel/step-facts.ts'
import {
  afterKey,
  asOnPaper,
  nextStep,
  previousStep,
  stepAfterKey,
} from '../../../../src-renderer/components/parcel/viewpoint.ts'
import { looksOf } from '../../../../src-renderer/components/parcel/piece-look.ts'

const inner = [300, 200, 150] as const
const piece = (atMm: readonly [number, number, number], sizeMm: readonly [number, number, number], sku = 'A') => ({
  atMm,
  sizeMm,
  sku,
})

describe('the sentence of a step', () => {
  const pieces = [
    piece([0, 0, 0], [150, 200, 50]),
    piece([150, 0, 0], [150, 100, 50]),
    piece([100, 0, 50], [100, 100, 40]),
    piece([100, 0, 90], [100, 100, 40]),
  ]

  test('names the pieces that one stands on, and nothing that only touches its side', () => {
    expect(stepFacts(pieces, 0, inner)?.on).toEqual([])
    expect(stepFacts(pieces, 1, inner)?.on).toEqual([])
    expect(stepFacts(pieces, 2, inner)?.on).toEqual([1, 2])
    expect(stepFacts(pieces, 3, inner)?.on).toEqual([3])
  })

  test.each([
    ['back', [0, 0, 0]],
    ['right', [260, 0, 0]],
    ['left', [0, 160, 0]],
    ['back-right', [130, 0, 0]],
    ['back-left', [0, 80, 0]],
    ['front', [260, 160, 100]],
  ] as const)('says %s as the drawing shows it', (side, at) => {
    expect(stepFacts([piece(at, [40, 40, 40])], 0, inner)?.side).toBe(side)
  })

  test('a piece as large as the floor lies in the middle', () => {
    expect(stepFacts([piece([0, 0, 0], [300, 200, 10])], 0, inner)?.side).toBe('middle')
  })

  test('a step that is not there has no facts', () => {
    expect(stepFacts(pieces, 4, inner)).toBeUndefined()
  })
})

describe('stepping and turning by keys', () => {
  test('steps run from the first piece to the last and then show everything', () => {
    expect(nextStep(undefined, 3)).toBe(1)
    expect(nextStep(2, 3)).toBe(3)
    expect(nextStep(3, 3)).toBeUndefined()
    expect(previousStep(undefined, 3)).toBe(3)
    expect(previousStep(1, 3)).toBe(1)
    expect(stepAfterKey(2, 'End', 3)).toBeUndefined()
    expect(stepAfterKey(2, 'Home', 3)).toBe(1)
  })

  test('keys that do nothing here are left to the window', () => {
    expect(stepAfterKey(2, 'a', 3)).toBe(false)
    expect(afterKey(asOnPaper, 'a')).toBeUndefined()
    expect(afterKey(asOnPaper, 'Enter')).toBeUndefined()
  })

  test('the view never tips over and comes back to that of the paper', () => {
    let view = asOnPaper
    for (let i = 0; i < 40; i++) view = afterKey(view, 'ArrowUp') ?? view
    expect(view.above).toBeLessThan(Math.PI / 2)
    for (let i = 0; i < 40; i++) view = afterKey(view, 'ArrowDown') ?? view
    expect(view.above).toBeGreaterThan(0)
    expect(afterKey(view, 'r')).toBe(asOnPaper)
  })
})

describe('what pieces look like', () => {
  test('pieces of one product look alike; 56 products differ in colour or pattern', () => {
    const [first, second] = looksOf([{ sku: 'A' }, { sku: 'A' }])
    expect(first).toEqual(second)
    const looks = looksOf(Array.from({ length: 56 }, (_, i) => ({ sku: String(i) })))
    expect(new Set(looks.map(({ colour, pattern }) => colour + pattern)).size).toBe(56)
  })

  test('the first eight products differ in pattern alone', () => {
    const looks = looksOf(Array.from({ length: 8 }, (_, i) => ({ sku: String(i) })))
    expect(new Set(looks.map(({ pattern }) => pattern)).size).toBe(8)
  })
})
