/** The picking engine's door: nothing else in this folder is imported from outside. */
export type {
  AisleFloor,
  Batch,
  BatchProblem,
  BatchResult,
  CartLimits,
  Fault,
  Floor as TourFloor,
  FloorEdge,
  GraphFloor,
  MissingPassage,
  OrderDemand,
  Pace,
  Place as TourPlace,
  PlanOptions,
  TourMethod,
  TourProblem,
  TourResult,
  UnbatchedOrder,
} from './types.ts'
export { planBatches } from './batches.ts'
export { planTour } from './tour.ts'
export { verifyBatches } from './verify-batches.ts'
export { verifyTour } from './verify-tour.ts'
export { isOnFloor, validateFloor, type FloorIssue } from './validate-floor.ts'
export { distanceBetween, lengthOfOrder, walk, type Walk } from './walk.ts'
export { sShapeOrder, type FamiliarOrder } from './familiar-order.ts'
export { planTourWithChoices, type ChoiceProblem, type ChoiceResult } from './pick-choices.ts'
export { planTourInRanks, type RankedProblem, type RankedResult } from './pick-wishes.ts'
export { unreachableLocations, type NamedPlace } from './reachable-locations.ts'
export { turnHints, type TurnHint } from './turn-hints.ts'
export { minutesOf } from './walking-time.ts'
