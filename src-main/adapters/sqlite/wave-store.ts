import { fulfilmentTable } from '../../domain/fulfilment.ts'
import { draftWave, type Wave } from '../../domain/wave.ts'
import { AppError } from '../../kernel/errors.ts'
import type {
  FloorWork,
  IssuedDocuments,
  PlannedDelivery,
  PlannedParcels,
  PlannedTours,
  WaveBundle,
  WaveStore,
} from '../../ports/store/wave-store.ts'
import type { Sql } from './sql.ts'
import { insertAudit } from './tables/audit.ts'
import { selectCarriers } from './tables/carriers.ts'
import { selectCartons } from './tables/cartons.ts'
import { deleteConfirmations, insertConfirmation, selectConfirmation } from './tables/confirmations.ts'
import {
  replaceConsignments,
  replaceRoutes,
  selectConsignments,
  selectOtherConsignments,
  selectRoutes,
} from './tables/consignments.ts'
import { takeNumbers } from './tables/counters.ts'
import { isInForce, restoreDocuments, selectDocuments, upsertDocuments, withdrawDocuments } from './tables/documents.ts'
import { selectFloor } from './tables/floor.ts'
import { selectOrders, selectPlannableIds } from './tables/orders.ts'
import { deletePlannedParcels, selectParcels, selectParcelsOfWave, upsertParcels } from './tables/parcels.ts'
import { selectProducts } from './tables/products.ts'
import { getSettings } from './tables/settings.ts'
import { insertMovements, selectProductLevels } from './tables/stock.ts'
import { deleteTours, selectTours, upsertTours } from './tables/tours.ts'
import { selectWavePage } from './tables/wave-list.ts'
import {
  giveBackOrders,
  insertWave,
  selectLostOrderIds,
  selectTakenOrderIds,
  selectWave,
  takeOrders,
  updatePlan,
  updateStage,
  upsertStep,
} from './tables/waves.ts'
import { saveWork } from './tables/work.ts'

export const waveStore = (sql: Sql): WaveStore => ({
  createWave: (wave, audit) =>
    sql.write(() => {
      insertWave(sql, wave)
      insertAudit(sql, audit)
    }),
  nextWaveNumber: (day) => sql.write(() => takeNumbers(sql, `wave ${day}`, 1)),
  findPlannableOrders: (limit) => sql.read(() => selectPlannableIds(sql, limit)),
  listWaves: (query) => sql.read(() => selectWavePage(sql, query)),
  findWave: (idOrCode) => sql.read(() => selectWave(sql, idOrCode)),
  loadWave: (waveId) => sql.read(() => bundleOf(sql, getWave(sql, waveId))),
  loadForPlanning: (wanted) => sql.read(() => bundleForPlanning(sql, draftWave(wanted))),
  savePlannedParcels: (plan) => sql.write(() => savePlannedParcels(sql, plan)),
  savePickTours: (plan) => sql.write(() => savePickTours(sql, plan)),
  saveDeliveryPlan: (plan) => sql.write(() => saveDeliveryPlan(sql, plan)),
  saveIssuedDocuments: (issued) => sql.write(() => saveIssuedDocuments(sql, issued)),
  saveFloorWork: (work) => sql.write(() => saveFloorWork(sql, work)),
  findConfirmation: (id) => sql.read(() => selectConfirmation(sql, id)),
  purgeConfirmations: (before) => sql.write(() => deleteConfirmations(sql, before)),
  takeParcelSerials: (count) => sql.write(() => takeNumbers(sql, 'parcel', count)),
})

function getWave(sql: Sql, waveId: string): Wave {
  const wave = selectWave(sql, waveId)
  if (wave?.id !== waveId) throw new AppError('ERR_WAVE_NOT_FOUND', { wave: waveId })
  return wave
}

function bundleForPlanning(sql: Sql, wave: Wave): WaveBundle {
  const taken = selectTakenOrderIds(sql, wave.orderIds)
  return bundleOf(sql, { ...wave, orderIds: wave.orderIds.filter((id) => !taken.has(id)) })
}

function bundleOf(sql: Sql, wave: Wave): WaveBundle {
  const lost = selectLostOrderIds(sql, wave.id)
  const orders = selectOrders(
    sql,
    wave.orderIds.filter((id) => !lost.has(id)),
  )
  const parcels = selectParcelsOfWave(sql, wave.id)
  const skus = [...new Set([...orders.flatMap(({ lines }) => lines), ...parcels.flatMap(({ contents }) => contents)].map(({ sku }) => sku))] // prettier-ignore
  const floor = selectFloor(sql)
  const subjects = [wave.id, ...wave.orderIds, ...parcels.map((parcel) => parcel.id)]
  return {
    settings: getSettings(sql),
    wave,
    orders,
    products: selectProducts(sql, skus),
    cartons: selectCartons(sql),
    levels: selectProductLevels(sql, skus),
    floor: floor?.floor,
    locations: floor?.locations ?? [],
    carriers: selectCarriers(sql),
    parcels,
    tours: selectTours(sql, wave.id),
    consignments: selectConsignments(sql, wave.id),
    routes: selectRoutes(sql, wave.id),
    collectionMates: collectionMates(sql, wave),
    documents: selectDocuments(sql, subjects).filter(isInForce),
  }
}

/** Consignments of other waves of which a living parcel still waits for its manifest. */
function collectionMates(sql: Sql, wave: Wave): WaveBundle['collectionMates'] {
  const consignments = selectOtherConsignments(sql, wave.id)
  const parcelIds = consignments.flatMap((consignment) => consignment.parcelIds)
  const waiting = new Set(
    selectParcels(sql, parcelIds)
      .filter((parcel) => !fulfilmentTable[parcel.status].isEnded && parcel.manifestId === undefined)
      .map((parcel) => parcel.id),
  )
  const mates = consignments.filter((consignment) => consignment.parcelIds.some((id) => waiting.has(id)))
  const orders = selectOrders(
    sql,
    mates.map((mate) => mate.orderId),
  )
  const orderById = new Map(orders.map((order) => [order.id, order]))
  return mates.flatMap((consignment) => {
    const order = orderById.get(consignment.orderId)
    return order ? [{ consignment, order }] : []
  })
}

function savePlannedParcels(sql: Sql, plan: PlannedParcels): void {
  updateStage(sql, plan.waveId, plan.stage)
  updatePlan(sql, plan.waveId, plan)
  upsertStep(sql, plan.waveId, plan.step)
  giveBackOrders(
    sql,
    plan.waveId,
    plan.unplanned.map((order) => order.orderId),
  )
  takeOrders(
    sql,
    plan.waveId,
    plan.parcels.map((parcel) => parcel.orderId),
  )
  deletePlannedParcels(sql, plan.waveId, plan.step.at)
  saveWork(sql, plan)
}

function savePickTours(sql: Sql, plan: PlannedTours): void {
  upsertStep(sql, getWave(sql, plan.waveId).id, plan.step)
  deleteTours(sql, plan.waveId)
  upsertTours(sql, plan.tours)
  insertMovements(sql, plan.movements)
  insertAudit(sql, plan.audit)
}

function saveDeliveryPlan(sql: Sql, plan: PlannedDelivery): void {
  upsertStep(sql, getWave(sql, plan.waveId).id, plan.step)
  replaceConsignments(sql, plan.waveId, plan.consignments)
  replaceRoutes(sql, plan.waveId, plan.routes)
  upsertParcels(sql, plan.parcels)
  insertAudit(sql, plan.audit)
}

function saveIssuedDocuments(sql: Sql, issued: IssuedDocuments): void {
  updateStage(sql, issued.waveId, issued.stage)
  upsertStep(sql, issued.waveId, issued.step)
  withdrawDocuments(sql, issued.withdrawn, issued.withdrawnAt)
  upsertDocuments(sql, issued.documents)
  insertAudit(sql, issued.audit)
}

function saveFloorWork(sql: Sql, work: FloorWork): void {
  if (work.confirmation) insertConfirmation(sql, work.confirmation)
  updateStage(sql, work.waveId, work.stage)
  upsertTours(sql, work.tours)
  saveWork(sql, work)
  if (!work.restored) return
  takeOrders(sql, work.waveId, work.restored.orderIds)
  restoreDocuments(sql, work.restored.documentIds)
}
