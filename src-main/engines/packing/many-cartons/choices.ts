import type { Choice } from '../bounds/choice.ts'
import type { Box } from '../model/box.ts'

/** Ways to choose `size` cartons out of `kinds` of them with repetition. */
export function waysToChoose(kinds: number, size: number): number {
  let ways = 1
  for (let at = 1; at < kinds; at++) ways = (ways * (size + at)) / at
  return ways
}

/** How many times each carton is among those chosen. */
export function timesChosen(boxes: readonly Box[], chosen: readonly Box[]): Choice {
  return boxes.map((box) => chosen.filter((other) => other === box).length)
}
