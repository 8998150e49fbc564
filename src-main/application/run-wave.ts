import { AppError } from '../kernel/errors.ts'
import { isoDay, zonedTime } from '../kernel/time.ts'
import { hasFloorBegun, type Wave } from '../domain/wave.ts'
import { auditEntry, newId } from './audit.ts'
import { getOrder } from './change-order.ts'
import { exportManifests, type ExportedManifests } from './export-manifest.ts'
import { issueDocuments } from './issue-documents.ts'
import { issueLabels } from './issue-labels.ts'
import { planDelivery } from './plan-delivery.ts'
import { planParcels } from './plan-parcels.ts'
import { planPickTour } from './plan-pick-tour.ts'
import type { AddressesAsOf } from './read-before-labels.ts'
import type { Caller, Workshop } from './workshop.ts'

/**
 * The main job, as six names in a row. Each step finds out by its fingerprint whether there is work, so that running
 * the wave again after a crash, a change or for no reason at all does only what is missing. Once the floor has begun,
 * nothing is planned over people's heads: what is missing then is labels and the hand-over. What `issueLabels` cannot
 * seal holds up no other parcel; it is thrown when all else is done.
 */
// eslint-disable-next-line max-params -- whose wave, and what readBeforeLabels found
export async function runWave(
  workshop: Workshop,
  caller: Caller,
  waveId: string,
  asOf?: AddressesAsOf,
): Promise<ExportedManifests> {
  const { stage } = await getWave(workshop.store, waveId)
  if (!hasFloorBegun(stage)) {
    await planParcels(workshop, caller, waveId)
    await planPickTour(workshop, caller, waveId)
    await planDelivery(workshop, caller, waveId)
    await issueDocuments(workshop, caller, waveId)
  }
  if (stage === 'closed') return exportManifests(workshop, caller, { waveId })
  const problem = await issueLabels(workshop, caller, waveId, asOf).then(() => undefined, heldUp)
  if (!problem) return exportManifests(workshop, caller, { waveId })
  // What has its label leaves all the same; then the problem is told.
  await exportManifests(workshop, caller, { waveId, except: await withoutLabel(workshop, waveId) })
  throw problem
}

/** Trouble of some parcels alone: the others have their labels. Anything else ends the run. */
function heldUp(error: unknown): AppError {
  const isOfSome =
    error instanceof AppError && (error.code === 'ERR_COURIER_KEY_MISSING' || error.code === 'ERR_SEALED_TOO_LONG')
  if (isOfSome) return error
  throw error
}

/** Numbers of the wave's parcels that have no label in force. */
async function withoutLabel(workshop: Pick<Workshop, 'store'>, waveId: string): Promise<readonly string[]> {
  const { parcels, documents } = await workshop.store.loadWave(waveId)
  const labelled = new Set(documents.filter(({ kind }) => kind === 'label').map(({ subjectId }) => subjectId))
  return parcels.flatMap(({ id, number }) => (number === undefined || labelled.has(id) ? [] : [number]))
}

/** The steps that decide, without paper: what a manager looks at before committing to print. */
export async function planWave(workshop: Workshop, caller: Caller, waveId: string): Promise<void> {
  await planParcels(workshop, caller, waveId)
  await planPickTour(workshop, caller, waveId)
  await planDelivery(workshop, caller, waveId)
}

/** The seed of a wave when nobody says otherwise: what was looked at before is the very plan. */
export const usualSeed = 1

/** Orders a wave holds at most: what a shop works between two collections. */
export const mostOrders = 500

/**
 * Makes a wave of the given orders, or of everything that can be planned, oldest first.
 * Throws ERR_WAVE_EMPTY when there is nothing to plan, ERR_ORDER_NOT_FOUND, ERR_STATUS_NOT_ALLOWED for an order in
 * another living wave or past planning.
 */
export async function createWave(
  workshop: Pick<Workshop, 'store' | 'system'>,
  caller: Caller,
  input: {
    /** Ids or short codes. */ readonly orderIds?: readonly string[] | undefined
    readonly seed?: number | undefined
  },
): Promise<Wave> {
  const settings = await workshop.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const orderIds = await ordersForWave(workshop, input)
  const now = workshop.system.clock.now()
  const running = await workshop.store.nextWaveNumber(isoDay(now, settings.shop.zone))
  const { dayOfYear } = zonedTime(now, settings.shop.zone)
  const wave: Wave = {
    id: newId(workshop.system),
    code: `W${String(dayOfYear).padStart(3, '0')}-${running}`,
    stage: 'draft',
    createdAt: now,
    seed: input.seed ?? usualSeed,
    orderIds,
    steps: [],
    unplanned: [],
    proofs: [],
  }
  await workshop.store.createWave(
    wave,
    auditEntry(workshop.system, caller, {
      action: 'create-wave',
      entity: 'wave',
      entityId: wave.code,
      facts: { orders: orderIds.length },
    }),
  )
  return wave
}

/** Ids of the orders a wave would be made of. Throws ERR_WAVE_EMPTY, ERR_ORDER_NOT_FOUND, ERR_STATUS_NOT_ALLOWED. */
export async function ordersForWave(
  { store }: Pick<Workshop, 'store'>,
  input: { readonly orderIds?: readonly string[] | undefined },
): Promise<readonly string[]> {
  const orderIds = input.orderIds ? await idsOf({ store }, input.orderIds) : await store.findPlannableOrders(mostOrders)
  if (orderIds.length === 0) throw new AppError('ERR_WAVE_EMPTY', {})
  return orderIds
}

async function idsOf({ store }: Pick<Workshop, 'store'>, idsOrCodes: readonly string[]): Promise<readonly string[]> {
  const ids = new Set<string>()
  for (const idOrCode of idsOrCodes) {
    const { order } = await getOrder(store, idOrCode)
    if (order.status !== 'received' && order.status !== 'on-hold')
      throw new AppError('ERR_STATUS_NOT_ALLOWED', { order: order.code, from: order.status, to: 'planned' })
    ids.add(order.id)
  }
  return [...ids]
}

/** By id or code. Throws ERR_WAVE_NOT_FOUND. */
export async function getWave(store: Pick<Workshop['store'], 'findWave'>, idOrCode: string): Promise<Wave> {
  const wave = await store.findWave(idOrCode)
  if (!wave) throw new AppError('ERR_WAVE_NOT_FOUND', { wave: idOrCode })
  return wave
}
