import type { PackingSetup } from '../problem.ts'
import { boxesOf, brokenLimit, type Box } from './box.ts'

/** What all orders of a problem stand on, made once for all of them. */
export interface Ground {
  readonly setup: PackingSetup
  readonly boxes: readonly Box[]
  /** Those that the carrier takes. */
  readonly carried: readonly Box[]
}

export function groundOf(setup: PackingSetup): Ground {
  const boxes = boxesOf(setup.cartons, setup.rules)
  const carried = boxes.filter((box) => brokenLimit(box.carton.outerMm, setup.rules.carrier) === undefined)
  return { setup, boxes, carried }
}
