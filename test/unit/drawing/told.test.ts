import { describe, expect, test } from 'vitest'
import { tellParcel, tellRoute, tellTour, type ToldParcel } from '../../../src-main/drawing/index.ts'

const two: ToldParcel = {
  parcels: 2,
  parcelsLowerBound: 2,
  isFewest: true,
  isBest: false,
  why: {
    code: 'one-more-parcel',
    facts: { carton: 'L', pieces: 9, binding: 'weight', value: 18_400, limit: 15_000, in: 'every-carton' },
  },
}
const because = (facts: ToldParcel['why']['facts'], code = 'larger-carton'): ToldParcel => ({
  ...two,
  why: { code, facts },
})
const reasonOf = (parcel: ToldParcel): string => tellParcel(parcel, { locale: 'en-GB' }).reason

describe('a parcel is told in a sentence of reason and one of proof', () => {
  test.each([
    ['en-GB', 'Two parcels: 18.4\u00a0kg > 15\u00a0kg in every carton.', 'No plan with one exists.'],
    [
      'de-DE',
      'Zwei Pakete: 18,4\u00a0kg > 15\u00a0kg in jedem Karton.',
      'Einen Plan mit nur einem Paket gibt es nicht.',
    ],
    ['ja-JP', '荷物は2個：どの箱でも18.4\u00a0kg > 15\u00a0kg。', '1個で済む計画は存在しません。'],
  ])('in %s', (locale, reason, proof) => {
    expect(tellParcel(two, { locale })).toEqual({ reason, proof })
  })

  test('with the limit that binds, in its own unit', () => {
    expect(reasonOf(because({ carton: 'S', binding: 'volume', value: 4_250, limit: 3_000 }))).toBe('The next better carton will not do: 4.25\u00a0l > 3\u00a0l in carton S.') // prettier-ignore
    expect(reasonOf(because({ carton: 'S', binding: 'length', value: 410, limit: 400 }))).toBe('The next better carton will not do: a piece is too long in carton S, 410\u00a0mm > 400\u00a0mm.') // prettier-ignore
    expect(reasonOf(because({ carton: 'S', binding: 'placement' }))).toContain(
      'not every piece finds a place in carton S',
    )
    expect(reasonOf(because({ carton: 'S', binding: 'stock' }))).toContain('none is left of carton S')
    expect(reasonOf(because({ carton: 'S', binding: 'keep-apart' }))).toContain('never lie together')
    expect(reasonOf(because({ carton: 'S', binding: 'dangerous', value: 1_200, limit: 1_000 }))).toContain('dangerous goods, 1.2\u00a0kg > 1\u00a0kg in one parcel') // prettier-ignore
  })

  test('a limit without its amounts is told without them, never as not a number', () => {
    for (const binding of ['weight', 'volume', 'length']) expect(reasonOf(because({ carton: 'S', binding }))).toBe('The next better carton will not do: it does not go in carton S.') // prettier-ignore
  })

  test('what travels in its own box is told nothing of cartons', () => {
    const own = { ...two, parcels: 1, isBest: true, why: { code: 'own-box', facts: {} } }
    expect(tellParcel(own, { locale: 'en' })).toEqual({
      reason: 'It travels in its own box.',
      proof: 'One parcel is the fewest there can be.',
    })
  })

  test('a reason nobody knows here is left out', () => {
    expect(reasonOf(because({}, 'moon-phase'))).toBe('')
  })

  test('and from three on names how many are not enough', () => {
    const three = { ...two, parcels: 3 }
    const proofIn = (locale: string): string => tellParcel(three, { locale }).proof
    expect(['en', 'de', 'ja'].map(proofIn)).toEqual([
      'No plan with two exists.',
      'Einen Plan mit nur zwei Paketen gibt es nicht.',
      '2個で済む計画は存在しません。',
    ])
  })

  test('and a gap is never told as a proof', () => {
    const open = { ...two, parcels: 3, isFewest: false }
    expect(tellParcel(open, { locale: 'en' }).proof).toBe('Proven is only that it takes at least 2: a plan with fewer than 3 is not ruled out.') // prettier-ignore
    expect(tellParcel({ ...two, parcels: 1 }, { locale: 'en' }).proof).toContain('not ruled out')
    expect(tellParcel({ ...two, parcels: 1, isBest: true }, { locale: 'en' }).proof).toContain('Proven')
  })
})

describe('walks and routes are told alike', () => {
  const tour = { lengthMm: 100_100, lowerBoundMm: 100_000, binOrderMm: 150_000, isOptimal: false }
  test('a gap is rounded up, what is saved is rounded down', () => {
    expect(tellTour(tour, { locale: 'en' })).toEqual({
      proof: 'This walk is at most 0.1\u00a0% longer than the shortest there is.',
      reason: '49.9\u00a0m (33\u00a0%) less than by bin name.',
    })
    expect(tellTour({ ...tour, isOptimal: true, binOrderMm: 1 }, { locale: 'de' })).toEqual({
      proof: 'Dieser Weg ist nachweislich der kürzeste.',
      reason: 'Nach Platznamen wäre er nicht länger.',
    })
  })

  test('a route says what is proven, what is open, and where the courier plans it', () => {
    const route = { stops: 12, distanceM: 10_000, lowerBoundM: 9_000, isOptimal: false }
    const proofOf = (given: Partial<typeof route>): string => tellRoute({ ...route, ...given }, { locale: 'en' }).proof
    expect(proofOf({})).toBe('This route is at most 11.2\u00a0% longer than the shortest there is.')
    expect(proofOf({ lowerBoundM: 0 })).toBe('A shorter route is not ruled out.')
    expect(proofOf({ isOptimal: true })).toBe('This route is proven to be the shortest.')
    expect(proofOf({ distanceM: 0 })).toContain('the courier plans it')
  })
})
