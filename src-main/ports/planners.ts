import type { DeliverProblem, DeliverResult } from '../engines/delivery/index.ts'
import type { PackingProblem, PackingResult } from '../engines/packing/index.ts'
import type {
  BatchProblem,
  BatchResult,
  TourFloor,
  TourPlace,
  TourProblem,
  TourResult,
} from '../engines/picking/index.ts'

/** `budgetMs`: outer limit per problem; without it the engine's own iteration budget decides. */
export interface PlanOptions {
  readonly seed?: number | undefined
  readonly budgetMs?: number | undefined
  /** Threads that may share the work. The plan does not depend on it. */
  readonly workers?: number | undefined
  readonly isCancelled?: (() => boolean) | undefined
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/**
 * The engines behind a port, so that they run in worker threads or in process: same seed and
 * iteration budget, same plan, wherever. Throws ERR_PLANNER_FAILED, ERR_CANCELLED.
 */
export interface Planners {
  pack(problem: PackingProblem, options?: PlanOptions): Promise<PackingResult>
  tours(problems: readonly TourProblem[], options?: PlanOptions): Promise<readonly TourResult[]>
  batches(problems: readonly BatchProblem[], options?: PlanOptions): Promise<readonly BatchResult[]>
  deliveries(problems: readonly DeliverProblem[], options?: PlanOptions): Promise<readonly DeliverResult[]>
  /**
   * The polyline walked through the places in their order, and its length: for maps, and to price the bin-name
   * order. The length is Infinity where there is no way from one place to the next; that leg has no points.
   */
  walk(
    floor: TourFloor,
    places: readonly TourPlace[],
  ): Promise<{ readonly points: readonly (readonly [number, number])[]; readonly length: number }>
  close(): Promise<void>
}

export type {
  BatchProblem,
  BatchResult,
  DeliverProblem,
  DeliverResult,
  PackingProblem,
  PackingResult,
  TourFloor,
  TourPlace,
  TourProblem,
  TourResult,
}
