import type { ChoiceBound } from '../bounds/choice.ts'
import type { Box } from '../model/box.ts'
import { timesChosen, waysToChoose } from './choices.ts'

/** More choices than this are not walked through. */
const mostChoices = 150

/**
 * The largest proven lower bound on parcels that is not above `parcels`: as long as no choice of so many
 * cartons can hold everything, one more is needed. Roomier cartons stand for those that fit inside them.
 */
export function raisedBound(
  boxes: readonly Box[],
  choices: ChoiceBound,
  { bound, parcels }: { readonly bound: number; readonly parcels: number },
): number {
  const roomy = boxes.filter((_box, at) => !isOutdone(boxes, at))
  let raised = bound
  while (raised < parcels && waysToChoose(roomy.length, raised) <= mostChoices) {
    const isRefuted = everyChoice(roomy, raised, (chosen) => choices.isTooLittle(timesChosen(boxes, chosen)))
    if (!isRefuted) break
    raised++
  }
  return raised
}

/** True when another carton (of equal ones the first) takes in all that this one does. */
function isOutdone(boxes: readonly Box[], at: number): boolean {
  const box = boxes[at]
  return boxes.some(
    (other, index) =>
      box !== undefined && index !== at && holdsMore(other, box) && (index < at || !holdsMore(box, other)),
  )
}

function holdsMore(a: Box, b: Box): boolean {
  return a.x >= b.x && a.y >= b.y && a.z >= b.z && a.netG >= b.netG && a.netMm3 >= b.netMm3
}

/** Asks about every choice of `size` with repetition until the answer is false. */
function everyChoice(from: readonly Box[], size: number, ask: (chosen: readonly Box[]) => boolean): boolean {
  const walk = (start: number, chosen: readonly Box[]): boolean => {
    if (chosen.length === size) return ask(chosen)
    return from.slice(start).every((entry, at) => walk(start + at, [...chosen, entry]))
  }
  return walk(0, [])
}
