import { fulfilmentTable } from '../../domain/fulfilment.ts'
import type { Order } from '../../domain/order.ts'
import type { Parcel } from '../../domain/parcel.ts'
import { draftWave, type StepResult, type Wave, waveSteps } from '../../domain/wave.ts'
import { AppError } from '../../kernel/errors.ts'
import type { ListQuery, Page } from '../../ports/store/catalogue-store.ts'
import type { WaveRow, WaveStore } from '../../ports/store/wave-store.ts'
import { isFound, pageOf } from './lists.ts'
import { giveBack, kept, type MemoryState, nextNumber, saveAll, saveAudit, saveWave, waveOf } from './state.ts'
import { compareText } from './stock.ts'
import { bundleOf } from './wave-bundle.ts'
import { byIds, checkedWork, documentsOf } from './work.ts'

/** The main job's records over the shared state. */
export function wavesInMemory(state: MemoryState): WaveStore {
  return { ...choosing(state), ...planning(state), ...working(state) }
}

type Choosing = Pick<
  WaveStore,
  'createWave' | 'nextWaveNumber' | 'findPlannableOrders' | 'listWaves' | 'findWave' | 'loadWave' | 'loadForPlanning'
>

const choosing = (state: MemoryState): Choosing => ({
  async createWave(wave, audit) {
    refuseTaken(state, wave.id, wave.orderIds)
    for (const id of wave.orderIds) state.waveByOrder.set(id, wave.id)
    saveWave(state, wave)
    saveAudit(state, audit)
  },
  async nextWaveNumber(day) {
    return nextNumber(state, `wave ${day}`)
  },
  async findPlannableOrders(limit) {
    const isPlannable = (order: Order): boolean =>
      order.status === 'received' && order.holds.length === 0 && !state.waveByOrder.has(order.id)
    return [...state.orders.values()]
      .filter(isPlannable)
      .sort((a, b) => a.placedAt - b.placedAt || compareText(a.id, b.id))
      .slice(0, limit)
      .map((order) => order.id)
  },
  async listWaves(query) {
    return listWaves(state, query)
  },
  async findWave(idOrCode) {
    return state.waves.get(idOrCode) ?? [...state.waves.values()].find((wave) => wave.code === idOrCode)
  },
  async loadWave(waveId) {
    return bundleOf(state, waveOf(state, waveId))
  },
  async loadForPlanning(wanted) {
    return bundleOf(state, draftWave(wanted))
  },
})

type Planning = Pick<WaveStore, 'savePlannedParcels' | 'savePickTours' | 'saveDeliveryPlan'>

const planning = (state: MemoryState): Planning => ({
  async savePlannedParcels(plan) {
    const wave = waveOf(state, plan.waveId)
    const planned = plan.parcels.map((parcel) => parcel.orderId)
    refuseTaken(state, wave.id, planned)
    const save = checkedWork(state, plan)
    giveBack(
      state,
      wave.id,
      plan.unplanned.map((order) => order.orderId),
    )
    for (const id of planned) state.waveByOrder.set(id, wave.id)
    for (const parcel of state.parcels.values()) {
      if (parcel.waveId !== wave.id || parcel.status !== 'planned') continue
      state.parcels.delete(parcel.id)
      withdrawPapersOf(state, parcel, plan.step.at)
    }
    save()
    const { stage, unplanned, proofs, rules } = plan
    saveWave(state, { ...withStep(wave, plan.step), stage, unplanned, proofs, rules })
  },
  async savePickTours(plan) {
    const wave = waveOf(state, plan.waveId)
    const save = checkedWork(state, plan)
    for (const tour of state.tours.values()) if (tour.waveId === wave.id) state.tours.delete(tour.id)
    save()
    saveAll(state.tours, plan.tours, (tour) => tour.id)
    saveWave(state, withStep(wave, plan.step))
  },
  async saveDeliveryPlan(plan) {
    const wave = waveOf(state, plan.waveId)
    const save = checkedWork(state, plan)
    const others = <Row extends { readonly waveId: string }>(rows: readonly Row[]): readonly Row[] =>
      rows.filter((row) => row.waveId !== wave.id)
    save()
    state.consignments = kept([...others(state.consignments), ...plan.consignments])
    state.routes = kept([...others(state.routes), ...plan.routes])
    saveWave(state, withStep(wave, plan.step))
  },
})

type Working = Pick<
  WaveStore,
  'saveIssuedDocuments' | 'saveFloorWork' | 'findConfirmation' | 'purgeConfirmations' | 'takeParcelSerials'
>

const working = (state: MemoryState): Working => ({
  async saveIssuedDocuments(issued) {
    const wave = waveOf(state, issued.waveId)
    const replaced = issued.withdrawn.map((id) => {
      const document = state.documents.get(id)
      if (!document) throw new AppError('ERR_DOCUMENT_NOT_FOUND', { document: id })
      return { ...document, withdrawnAt: document.withdrawnAt ?? issued.withdrawnAt }
    })
    saveAll(state.documents, [...replaced, ...issued.documents], (document) => document.id)
    saveWave(state, { ...withStep(wave, issued.step), stage: issued.stage })
    saveAudit(state, issued.audit)
  },
  async saveFloorWork(work) {
    const wave = waveOf(state, work.waveId)
    const { confirmation } = work
    if (confirmation && state.confirmations.has(confirmation.id))
      throw new AppError('ERR_STATUS_NOT_ALLOWED', { confirmation: confirmation.id })
    refuseTaken(state, wave.id, work.restored?.orderIds ?? [])
    checkedWork(state, work)()
    if (confirmation) state.confirmations.set(confirmation.id, kept(confirmation))
    saveAll(state.tours, work.tours, (tour) => tour.id)
    saveWave(state, { ...wave, stage: work.stage })
    for (const id of work.restored?.orderIds ?? []) state.waveByOrder.set(id, wave.id)
    for (const { withdrawnAt: _void, ...document } of byIds(state.documents, work.restored?.documentIds ?? []))
      saveAll(state.documents, [document], ({ id }) => id)
  },
  async findConfirmation(id) {
    return state.confirmations.get(id)
  },
  async purgeConfirmations(before) {
    const isOver = (waveId: string): boolean => (state.waves.get(waveId)?.stage ?? 'closed') === 'closed'
    const old = [...state.confirmations.values()].filter(({ at, waveId }) => at < before && isOver(waveId))
    for (const { id } of old) state.confirmations.delete(id)
    return old.length
  },
  async takeParcelSerials(count) {
    const first = state.parcelSerial + 1
    state.parcelSerial += count
    return first
  },
})

/** They belong to the order from now on: it is by its orders that a purge finds papers. */
function withdrawPapersOf(state: MemoryState, { id: parcelId, orderId: subjectId }: Parcel, at: number): void {
  for (const document of documentsOf(state, new Set([parcelId])))
    saveAll(state.documents, [{ ...document, subjectId, withdrawnAt: document.withdrawnAt ?? at }], ({ id }) => id)
}

/** The wave with this result in place of the step's former one, in the order of the main job. */
const withStep = (wave: Wave, result: StepResult): Wave => ({
  ...wave,
  steps: [...wave.steps.filter(({ step }) => step !== result.step), result].sort(
    (a, b) => waveSteps.indexOf(a.step) - waveSteps.indexOf(b.step),
  ),
})

function refuseTaken(state: MemoryState, waveId: string, orderIds: readonly string[]): void {
  const order = orderIds.find((id) => (state.waveByOrder.get(id) ?? waveId) !== waveId)
  if (order === undefined) return
  throw new AppError('ERR_STATUS_NOT_ALLOWED', { order, wave: state.waveByOrder.get(order) })
}

function listWaves(state: MemoryState, query: ListQuery): Page<WaveRow> {
  const found = [...state.waves.values()].filter((wave) => isFound(query.search, [wave.code]))
  return pageOf(
    found.map((wave) => rowOf(state, wave)),
    query,
    {
      idOf: ({ wave }) => wave.id,
      sorts: {
        created: ({ wave }) => wave.createdAt,
        code: ({ wave }) => wave.code,
        stage: ({ wave }) => wave.stage,
        orders: ({ orderCount }) => orderCount,
        parcels: ({ parcelCount }) => parcelCount,
      },
      usual: { sort: 'created', descending: true },
    },
  )
}

function rowOf(state: MemoryState, wave: Wave): WaveRow {
  const parcels = [...state.parcels.values()].filter(
    ({ waveId, status }) => waveId === wave.id && status !== 'cancelled',
  )
  const open = parcelsStillToPick(state, wave)
  const isPacked = ({ status }: Parcel): boolean => fulfilmentTable[status].rank >= fulfilmentTable.packed.rank
  const isPicked = (parcel: Parcel): boolean =>
    isPacked(parcel) || (parcel.status === 'picking' && !open.has(parcel.id))
  const { id, code, stage, createdAt } = wave
  return {
    wave: { id, code, stage, createdAt },
    orderCount: wave.orderIds.length,
    unplannedCount: wave.unplanned.length,
    parcelCount: parcels.length,
    pickedParcels: parcels.filter(isPicked).length,
    packedParcels: parcels.filter(isPacked).length,
  }
}

/** Ids of parcels with a stop at which not every piece is picked or known to be missing. */
function parcelsStillToPick(state: MemoryState, wave: Wave): ReadonlySet<string> {
  const stops = [...state.tours.values()].filter((tour) => tour.waveId === wave.id).flatMap((tour) => tour.stops)
  return new Set(stops.filter((stop) => stop.picked + stop.short < stop.quantity).map((stop) => stop.parcelId))
}
