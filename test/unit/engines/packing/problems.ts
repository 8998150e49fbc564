import {
  plainHandling,
  plainRules,
  type PackingCarton,
  type PackingHandling,
  type PackingItem,
  type PackingProblem,
  type PackingRules,
} from '../../../../src-main/engines/packing/index.ts'
import type { Size } from '../../../../src-main/kernel/units.ts'

/** Short ways to state a problem. Sizes in mm, weights in g. */
export function carton(code: string, innerMm: Size, more: Partial<PackingCarton> = {}): PackingCarton {
  const plain = { outerMm: innerMm, tareG: 0, maxGrossG: 10_000, costMinor: 0, insulated: false }
  return { code, innerMm, ...plain, paddingMm: 0, coolantMm3: 0, coolantG: 0, ...more }
}

export function item(
  sku: string,
  sizeMm: Size | null,
  { handling, ...more }: Partial<Omit<PackingItem, 'handling'>> & { readonly handling?: Partial<PackingHandling> } = {},
): PackingItem {
  return { sku, sizeMm, quantity: 1, weightG: 100, ...more, handling: { ...plainHandling, ...handling } }
}

export function problem(
  cartons: readonly PackingCarton[],
  items: readonly PackingItem[],
  rules: Partial<PackingRules> = {},
): PackingProblem {
  return { cartons, rules: { ...plainRules, ...rules }, orders: [{ id: 'o-1', items }] }
}
