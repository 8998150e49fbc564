import type { EpochMs } from '../kernel/time.ts'
import { fulfilmentTable, type ParcelStatus } from './fulfilment.ts'
import type { HoldReason } from './order.ts'
import type { Settings } from './settings.ts'

/** How far a batch of orders worked together has come. */
export type WaveStage = 'draft' | 'planned' | 'issued' | 'picking' | 'packed' | 'closed'

/** A wave that nobody has made yet: for looking at what planning would decide. */
export const draftWave = (wanted: {
  readonly orderIds: readonly string[]
  readonly seed: number
  readonly at: EpochMs
}): Wave => ({
  id: '',
  code: '',
  stage: 'draft',
  createdAt: wanted.at,
  seed: wanted.seed,
  orderIds: wanted.orderIds,
  steps: [],
  unplanned: [],
  proofs: [],
})

/** What a list says of a wave. */
export type WaveHead = Pick<Wave, 'id' | 'code' | 'stage' | 'createdAt'>

/** From then on people hold the plan in their hands. */
export const hasFloorBegun = (stage: WaveStage): boolean =>
  stage === 'picking' || stage === 'packed' || stage === 'closed'

/** The stage that follows from where a wave's parcels are, once one of them has moved; `before` while all are planned. */
export function stageAfter(before: WaveStage, parcels: readonly ParcelStatus[]): WaveStage {
  const isAll = (least: ParcelStatus): boolean =>
    parcels.every((status) => fulfilmentTable[status].rank >= fulfilmentTable[least].rank)
  if (isAll('handed-over')) return 'closed'
  return isAll('packed') ? 'packed' : before
}

/** The steps of the main job, in order. Each stores a fingerprint of what it read. */
export const waveSteps = [
  'plan-parcels',
  'plan-pick-tour',
  'plan-delivery',
  'issue-documents',
  'issue-labels',
  'export-manifest',
] as const
export type WaveStep = (typeof waveSteps)[number]

export interface StepResult {
  readonly step: WaveStep
  /** SHA-256 of what the step read; run again with the same, there is no work. */
  readonly fingerprint: string
  readonly at: EpochMs
  readonly ms: number
}

/** An order that could not be planned, with the reason a person can act on. */
export interface UnplannedOrder {
  readonly orderId: string
  readonly orderCode: string
  readonly reasons: readonly HoldReason[]
}

/** What is proven about the parcels of one order. */
export interface OrderProof {
  readonly orderId: string
  readonly parcelsLowerBound: number
  readonly isFewest: boolean
  readonly isBest: boolean
}

export interface Wave {
  readonly id: string
  readonly code: string
  readonly stage: WaveStage
  readonly createdAt: EpochMs
  readonly seed: number
  readonly orderIds: readonly string[]
  readonly steps: readonly StepResult[]
  readonly unplanned: readonly UnplannedOrder[]
  readonly proofs: readonly OrderProof[]
  /** The packing rules in force when the parcels were planned, kept so that a plan can be explained and replayed. */
  readonly rules?: Settings['packing'] | undefined
}
