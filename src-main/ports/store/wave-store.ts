import type { Carrier } from '../../domain/carrier.ts'
import type { Carton } from '../../domain/carton.ts'
import type { Product } from '../../domain/catalogue.ts'
import type { IssuedDocument } from '../../domain/document.ts'
import type { Floor, Location } from '../../domain/floor.ts'
import type { FulfilmentEvent } from '../../domain/fulfilment.ts'
import type { Consignment, RoutePlan } from '../../domain/manifest.ts'
import type { Order } from '../../domain/order.ts'
import type { OutboxMessage } from '../../domain/outbox.ts'
import type { Parcel } from '../../domain/parcel.ts'
import type { AuditEntry } from '../../domain/people.ts'
import type { Settings } from '../../domain/settings.ts'
import type { StockLevel, StockMovement } from '../../domain/stock.ts'
import type { PickTour } from '../../domain/tour.ts'
import type { StepResult, UnplannedOrder, OrderProof, Wave, WaveHead, WaveStage } from '../../domain/wave.ts'
import type { EpochMs } from '../../kernel/time.ts'
import type { ListQuery, Page } from './catalogue-store.ts'
import type { UndoChange, WithdrawnPapers } from './order-store.ts'

/** Everything any step of the main job reads: one load, no chatter. */
export interface WaveBundle {
  readonly settings: Settings
  readonly wave: Wave
  readonly orders: readonly Order[]
  /** Products of the orders' lines and of what was put in their place, as far as the catalogue knows them. */
  readonly products: readonly Product[]
  readonly cartons: readonly { readonly carton: Carton; readonly onHand: number; readonly reserved: number }[]
  /** Stock levels of those products. */
  readonly levels: readonly StockLevel[]
  readonly floor: Floor | undefined
  readonly locations: readonly Location[]
  readonly carriers: readonly Carrier[]
  readonly parcels: readonly Parcel[]
  readonly tours: readonly PickTour[]
  readonly consignments: readonly Consignment[]
  readonly routes: readonly RoutePlan[]
  /** Consignments of other waves that are not on a manifest yet, with their orders: their sequence is frozen. */
  readonly collectionMates: readonly { readonly consignment: Consignment; readonly order: Order }[]
  /** Issued for this wave, its orders and parcels, and not withdrawn. */
  readonly documents: readonly IssuedDocument[]
}

export interface WaveRow {
  readonly wave: WaveHead
  readonly orderCount: number
  readonly unplannedCount: number
  readonly parcelCount: number
  readonly pickedParcels: number
  readonly packedParcels: number
}

export interface PlannedParcels {
  readonly waveId: string
  readonly stage: WaveStage
  readonly step: StepResult
  readonly unplanned: readonly UnplannedOrder[]
  readonly proofs: readonly OrderProof[]
  readonly rules: Settings['packing']
  /** Replaces all parcels of the wave that are still `planned`; documents about those are withdrawn at the step's time. */
  readonly parcels: readonly Parcel[]
  readonly orders: readonly Order[]
  /** Cartons promised, and promises given back from a former plan. */
  readonly movements: readonly StockMovement[]
  readonly events: readonly FulfilmentEvent[]
  readonly reports: readonly OutboxMessage[]
  readonly audit: AuditEntry
}

export interface PlannedTours {
  readonly waveId: string
  readonly step: StepResult
  /** Replaces all tours of the wave. */
  readonly tours: readonly PickTour[]
  /** Pieces promised by location, and promises given back from a former plan. */
  readonly movements: readonly StockMovement[]
  readonly audit: AuditEntry
}

export interface PlannedDelivery {
  readonly waveId: string
  readonly step: StepResult
  /** Replaces the wave's consignments and routes. */
  readonly consignments: readonly Consignment[]
  readonly routes: readonly RoutePlan[]
  /** The wave's parcels with carrier, number, sequence and routing code. */
  readonly parcels: readonly Parcel[]
  readonly audit: AuditEntry
}

export interface IssuedDocuments {
  readonly waveId: string
  readonly stage: WaveStage
  readonly step: StepResult
  readonly documents: readonly IssuedDocument[]
  /** Ids of documents that these replace. */
  readonly withdrawn: readonly string[]
  readonly withdrawnAt: number
  readonly audit: AuditEntry
}

/** A confirmed or short pick, or a packed parcel: what the floor tells, in one transaction. */
export interface FloorWork {
  readonly waveId: string
  readonly stage: WaveStage
  /** Tours with updated stops; only the named ones are replaced. */
  readonly tours: readonly PickTour[]
  readonly parcels: readonly Parcel[]
  readonly orders: readonly Order[]
  readonly movements: readonly StockMovement[]
  readonly events: readonly FulfilmentEvent[]
  readonly reports: readonly OutboxMessage[]
  /** Papers that are void with this. */
  readonly withdrawn?: WithdrawnPapers | undefined
  /** What comes back into the wave with a cancelling that is taken back: its orders, and papers that count again. */
  readonly restored?: { readonly orderIds: readonly string[]; readonly documentIds: readonly string[] } | undefined
  readonly undo?: UndoChange | undefined
  /** Kept with the work when a station confirmed it under an id of its own. */
  readonly confirmation?: KeptConfirmation | undefined
  readonly audit: AuditEntry
}

/** What was confirmed under an id that a station made, and when it was saved here. */
export interface KeptConfirmation {
  readonly id: string
  readonly waveId: string
  /** What it was about, the same text each time it is told. */
  readonly deed: string
  readonly at: EpochMs
}

/**
 * The main job's records. Each method is one transaction. An order is in at most one living wave: one that is not
 * closed and has not given the order back. A plan gives back the orders it names as unplanned and takes those again
 * for which it has parcels; what another wave took meanwhile is left out when the first one is loaded.
 */
export interface WaveStore {
  /** Throws ERR_STATUS_NOT_ALLOWED when an order already is in a living wave. */
  createWave(wave: Wave, audit: AuditEntry): Promise<void>
  /** The next running number of a day, for wave codes. Never given twice. */
  nextWaveNumber(day: string): Promise<number>
  /** Ids of orders that can be planned: status `received`, no holds, in no wave that lives; oldest first. */
  findPlannableOrders(limit: number): Promise<readonly string[]>
  listWaves(query: ListQuery): Promise<Page<WaveRow>>
  /** By id or code. */
  findWave(idOrCode: string): Promise<Wave | undefined>
  /** Throws ERR_WAVE_NOT_FOUND. */
  loadWave(waveId: string): Promise<WaveBundle>
  /**
   * What `loadWave` would answer of a new wave of these orders made at this time: a draft without a name or anything
   * planned. Ids that nobody knows and orders in another living wave are left out.
   */
  loadForPlanning(wanted: {
    readonly orderIds: readonly string[]
    readonly seed: number
    readonly at: number
  }): Promise<WaveBundle>
  /** Throws ERR_STATUS_NOT_ALLOWED for parcels of an order that another living wave took meanwhile. */
  savePlannedParcels(plan: PlannedParcels): Promise<void>
  savePickTours(plan: PlannedTours): Promise<void>
  saveDeliveryPlan(plan: PlannedDelivery): Promise<void>
  saveIssuedDocuments(issued: IssuedDocuments): Promise<void>
  /** Throws ERR_STATUS_NOT_ALLOWED when its confirmation's id is kept already: then nothing is saved. */
  saveFloorWork(work: FloorWork): Promise<void>
  /** By the station's id. */
  findConfirmation(id: string): Promise<KeptConfirmation | undefined>
  /** Forgets what was confirmed before `before` for waves that are closed by now; answers how many. */
  purgeConfirmations(before: EpochMs): Promise<number>
  /** Takes `count` serial numbers for parcels and answers the first. Never given twice. */
  takeParcelSerials(count: number): Promise<number>
}
