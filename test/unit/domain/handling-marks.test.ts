import { expect, test } from 'vitest'
import { handlingMarks } from '../../../src-main/domain/catalogue.ts'
import { makeHandling } from '../../fixtures/builders.ts'

test('a parcel is marked for an adult as soon as one piece in it is, and that mark comes first', () => {
  const wine = makeHandling({ class: 'Adults', fragile: true })
  expect(handlingMarks([makeHandling({ class: 'food' }), wine], 16_000)).toEqual(['adult', 'fragile', 'heavy'])
  expect(handlingMarks([makeHandling({ class: 'food' })], 500)).toEqual([])
})
