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
