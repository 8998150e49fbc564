import type { Carrier } from '../../domain/carrier.ts'
import type { DocumentKind } from '../../domain/document.ts'
import { fulfilmentTable } from '../../domain/fulfilment.ts'
import type { Parcel } from '../../domain/parcel.ts'
import { AppError } from '../../kernel/errors.ts'
import type {
  ClosedManifest,
  CollectionBundle,
  CourierStatusChange,
  DispatchStore,
  ManifestBundle,
} from '../../ports/store/dispatch-store.ts'
import type { Sql } from './sql.ts'
import { insertAudit } from './tables/audit.ts'
import { selectCarrier } from './tables/carriers.ts'
import { selectConsignments, selectRoutes } from './tables/consignments.ts'
import { takeNumbers } from './tables/counters.ts'
import {
  insertFetch,
  isInForce,
  selectDocument,
  selectDocuments,
  selectFetches,
  upsertDocuments,
} from './tables/documents.ts'
import { getManifest, selectManifest, selectManifestPage, upsertManifest } from './tables/manifests.ts'
import { selectOrders } from './tables/orders.ts'
import {
  selectDueMessages,
  selectMessage,
  selectMessagePage,
  selectOutboxState,
  upsertMessages,
} from './tables/outbox.ts'
import {
  selectParcelByNumber,
  selectParcels,
  selectParcelsOfOrders,
  selectParcelsToHandOver,
  selectTracked,
} from './tables/parcels.ts'
import { getSettings } from './tables/settings.ts'
import { updateStage } from './tables/waves.ts'
import { saveWork } from './tables/work.ts'

export const dispatchStore = (sql: Sql): DispatchStore => ({
  loadCollection: (carrierCode) => sql.read(() => loadCollection(sql, carrierCode)),
  nextManifestNumber: (carrierCode, day) =>
    sql.write(() => takeNumbers(sql, `manifest ${JSON.stringify([carrierCode, day])}`, 1)),
  saveClosedManifest: (closed) => sql.write(() => saveClosedManifest(sql, closed)),
  loadManifest: (idOrNumber) => sql.read(() => loadManifest(sql, idOrNumber)),
  listManifests: (query) => sql.read(() => selectManifestPage(sql, query)),
  saveCourierStatus: (change) => sql.write(() => saveCourierStatus(sql, change)),
  getDocument: (documentId) => sql.read(() => selectDocument(sql, documentId)),
  listDocuments: (subjectIds) => sql.read(() => selectDocuments(sql, subjectIds)),
  saveDocument: (document, audit) =>
    sql.write(() => {
      upsertDocuments(sql, [document])
      insertAudit(sql, audit)
    }),
  saveDocumentFetch: (fetch) => sql.write(() => insertFetch(sql, fetch)),
  listDocumentFetches: (documentId) => sql.read(() => selectFetches(sql, documentId)),
  findTracked: (tracking) => sql.read(() => selectTracked(sql, tracking)),
  findParcel: (numberOrId) => sql.read(() => selectParcelByNumber(sql, numberOrId)),
  loadDueMessages: (now, limit) => sql.read(() => selectDueMessages(sql, now, limit)),
  outboxState: () => sql.read(() => selectOutboxState(sql)),
  saveMessage: (message) => sql.write(() => upsertMessages(sql, [message])),
  findMessage: (id) => sql.read(() => selectMessage(sql, id)),
  listMessages: (query) => sql.read(() => selectMessagePage(sql, query)),
})

function loadCollection(sql: Sql, carrierCode: string): CollectionBundle {
  const carrier = getCarrier(sql, carrierCode)
  const parcels = selectParcelsToHandOver(sql, carrierCode)
  const parcelIds = new Set(parcels.map((parcel) => parcel.id))
  const orderIds = [...new Set(parcels.map((parcel) => parcel.orderId))]
  const waveIds = [...new Set(parcels.map((parcel) => parcel.waveId))]
  return {
    settings: getSettings(sql),
    carrier,
    parcels,
    orders: selectOrders(sql, orderIds),
    siblings: selectParcelsOfOrders(sql, orderIds).filter(isLiving),
    consignments: waveIds
      .flatMap((waveId) => selectConsignments(sql, waveId))
      .filter((consignment) => consignment.parcelIds.some((id) => parcelIds.has(id))),
    routes: waveIds.flatMap((waveId) => selectRoutes(sql, waveId)).filter((route) => route.carrierCode === carrierCode),
    documents: selectDocuments(sql, [...parcelIds, ...waveIds]).filter(
      (document) => isInForce(document) && collected.has(document.kind),
    ),
  }
}

const collected: ReadonlySet<DocumentKind> = new Set<DocumentKind>(['sealed-block', 'label', 'delivery'])

const isLiving = (parcel: Parcel): boolean => !fulfilmentTable[parcel.status].isEnded

function getCarrier(sql: Sql, code: string): Carrier {
  const carrier = selectCarrier(sql, code)
  if (!carrier) throw new AppError('ERR_CARRIER_NOT_FOUND', { carrier: code })
  return carrier
}

/** A manifest is closed once, and a parcel stands on one manifest. */
function saveClosedManifest(sql: Sql, closed: ClosedManifest): void {
  const { manifest } = closed
  const before = selectManifest(sql, manifest.id) ?? selectManifest(sql, manifest.number)
  if (before) throw new AppError('ERR_MANIFEST_CLOSED', { manifest: before.number })
  const elsewhere = selectParcels(sql, manifest.parcelIds).find((parcel) => parcel.manifestId !== undefined)
  if (elsewhere) throw new AppError('ERR_MANIFEST_CLOSED', { parcel: elsewhere.id, manifest: elsewhere.manifestId })
  upsertManifest(sql, manifest)
  saveWork(sql, closed)
  upsertDocuments(sql, closed.documents)
  for (const waveId of closed.closedWaveIds) updateStage(sql, waveId, 'closed')
}

function loadManifest(sql: Sql, idOrNumber: string): ManifestBundle {
  const manifest = getManifest(sql, idOrNumber)
  const parcels = selectParcels(sql, manifest.parcelIds)
  const orderIds = [...new Set(parcels.map((parcel) => parcel.orderId))]
  return {
    manifest,
    carrier: getCarrier(sql, manifest.carrierCode),
    parcels,
    orders: selectOrders(sql, orderIds),
    siblings: selectParcelsOfOrders(sql, orderIds).filter(isLiving),
    documents: selectDocuments(sql, [manifest.id, ...manifest.parcelIds]).filter(isInForce),
  }
}

function saveCourierStatus(sql: Sql, change: CourierStatusChange): void {
  const last = getManifest(sql, change.manifest.id).lastStatusSequence
  const sequence = change.manifest.lastStatusSequence
  if (last >= sequence) throw new AppError('ERR_STATUS_FILE_REPLAYED', { sequence, last })
  upsertManifest(sql, change.manifest)
  saveWork(sql, change)
}
