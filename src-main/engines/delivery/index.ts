/** The delivery engine's door: nothing else in this folder is imported from outside. */
export type {
  DeliverProblem,
  DeliverResult,
  DeliveryRoute,
  Depot as DeliverDepot,
  Fault,
  Metric,
  PlanOptions,
  Position,
  Stop as DeliverStop,
  UnservedReason,
  UnservedStop,
  Vehicle as DeliverVehicle,
  Window,
} from './types.ts'
export { checkDelivery, type DeliveryIssue } from './check-delivery.ts'
export { planRoutes } from './plan-routes.ts'
export { verifyRoutes } from './verify-routes.ts'
export { whyHere, type MoreWay, type StopPlace, type StopReason } from './why-here.ts'
