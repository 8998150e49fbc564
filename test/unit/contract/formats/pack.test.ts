import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  packProblemSchema,
  type PackProblem,
  type PackProblemInput,
} from '../../../../src-main/contract/formats/pack.ts'
import type { PackingProblem } from '../../../../src-main/engines/packing/index.ts'

const least: PackProblemInput = {
  format: 'backroom-pack-1',
  cartons: [{ code: 'M', innerMm: [350, 250, 150], maxGrossG: 15_000 }],
  orders: [{ id: 'o-1', items: [{ sku: 'A', quantity: 2, sizeMm: [120, 80, 60], weightG: 350 }] }],
}

const pathOf = (input: unknown): string => {
  const parsed = packProblemSchema.safeParse(input)
  return parsed.success ? 'accepted' : (parsed.error.issues[0]?.path.join('.') ?? '')
}

describe('the planning format backroom-pack-1', () => {
  test('fills the defaults in, and gives what the engine takes', () => {
    const parsed = packProblemSchema.parse(least)
    expectTypeOf<PackProblem>().toExtend<PackingProblem>()
    expect(parsed.cartons[0]).toMatchObject({ outerMm: [350, 250, 150], tareG: 0, insulated: false, paddingMm: 0 })
    expect(parsed.rules).toMatchObject({ minSupport: 0.75, keepApart: [], mode: 'fewest', objective: 'volume' })
    expect(parsed.orders[0]?.items[0]?.handling).toMatchObject({ orientation: 'any', temperature: 'ambient' })
  })

  test('the objective that is not given is the tariff, else billable weight, else outer volume', () => {
    const objective = (rules: PackProblemInput['rules']): string =>
      packProblemSchema.parse({ ...least, rules }).rules.objective
    expect(objective({ tariff: [{ priceMinor: 1 }], dimDivisorCm3PerKg: 5000 })).toBe('tariff')
    expect(objective({ dimDivisorCm3PerKg: 5000 })).toBe('billable')
  })

  test.each([
    ['an unknown field', { ...least, rules: { mimSupport: 1 } }, 'rules'],
    ['support between 0 and a half', { ...least, rules: { minSupport: 0.3 } }, 'rules.minSupport'],
    ['a size of zero', { ...least, cartons: [{ ...least.cartons[0], innerMm: [0, 1, 1] }] }, 'cartons.0.innerMm.0'],
    ['a class kept apart from itself', { ...least, rules: { keepApart: [['a', 'a']] } }, 'rules.keepApart.0'],
    ['a tariff without rows', { ...least, rules: { objective: 'tariff' } }, 'rules.tariff'],
    ['two cartons of one code', { ...least, cartons: [least.cartons[0], least.cartons[0]] }, 'cartons.1.code'],
    [
      'a piece without sides and volume',
      { ...least, orders: [{ id: 'o', items: [{ sku: 'A', quantity: 1, sizeMm: null, weightG: 1 }] }] },
      'orders.0.items.0.volumeCm3',
    ],
  ])('refuses %s and names the field', (_title, input, path) => {
    expect(pathOf(input)).toBe(path)
  })
})
