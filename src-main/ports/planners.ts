import type { DeliverProblem, DeliverResult } from '../engines/delivery/index.ts'
import type { PackedOrder, PackingChange, PackingProblem, PackingResult, StillFits } from '../engines/packing/index.ts'
import type {
  BatchProblem,
  BatchResult,
  TourFloor,
  TourPlace,
  TourProblem,
  TourResult,
} from '../engines/picking/index.ts'

type PackedItem = PackingProblem['orders'][number]['items'][number]
type PackedParcel = PackingResult['orders'][number]['parcels'][number]

/** A parcel with what it was planned against and the lines its pieces come from. */
export interface PlannedParcel {
  readonly setup: Pick<PackingProblem, 'cartons' | 'rules'>
  readonly parcel: PackedParcel
  readonly items: readonly PackedItem[]
}

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
  /** What would have to change for one of the problem's orders to travel in one parcel less than packed. */
  whatWouldDo(problem: PackingProblem, packed: PackedOrder): Promise<readonly PackingChange[]>
  /**
   * Products that can be added to a planned parcel without moving anything, and how many of each at least; `product` is
   * the place in the list. Answered in the caller's thread: a list that is asked about again is prepared already.
   */
  stillFits(parcel: PlannedParcel, products: readonly PackedItem[]): Promise<readonly StillFits[]>
  /** The parcel with as many of the product as find a place (99 at most); undefined when none does. */
  addedTo(
    parcel: PlannedParcel,
    product: PackedItem,
  ): Promise<{ readonly parcel: PackedParcel; readonly count: number } | undefined>
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
  PackedOrder,
  PackingChange,
  PackingProblem,
  PackingResult,
  TourFloor,
  TourPlace,
  TourProblem,
  TourResult,
}
