import type { DocumentKind } from '../../domain/document.ts'
import type { Manifest } from '../../domain/manifest.ts'
import type { Parcel } from '../../domain/parcel.ts'
import { AppError } from '../../kernel/errors.ts'
import type { ListQuery, Page } from '../../ports/store/catalogue-store.ts'
import type {
  ClosedManifest,
  CollectionBundle,
  DispatchStore,
  ManifestBundle,
  ManifestRow,
} from '../../ports/store/dispatch-store.ts'
import { isFound, pageOf } from './lists.ts'
import { outboxInMemory } from './outbox.ts'
import { kept, type MemoryState, nextNumber, saveAll, saveAudit, saveWave, settingsOf, waveOf } from './state.ts'
import { compareText } from './stock.ts'
import { checkedWork, documentsOf, isInForce, isLiving, parcelsOf, byIds } from './work.ts'

/** Hand-over, documents, and what waits to be sent, over the shared state. */
export function dispatchInMemory(state: MemoryState): DispatchStore {
  return { ...manifests(state), ...documents(state), ...outboxInMemory(state) }
}

type Manifests = Pick<
  DispatchStore,
  | 'loadCollection'
  | 'nextManifestNumber'
  | 'saveClosedManifest'
  | 'loadManifest'
  | 'listManifests'
  | 'saveCourierStatus'
>

const manifests = (state: MemoryState): Manifests => ({
  async loadCollection(carrierCode) {
    return collectionOf(state, carrierCode)
  },
  async nextManifestNumber(carrierCode, day) {
    return nextNumber(state, `manifest ${JSON.stringify([carrierCode, day])}`)
  },
  async saveClosedManifest(closed) {
    saveClosed(state, closed)
  },
  async loadManifest(idOrNumber) {
    return manifestBundle(state, idOrNumber)
  },
  async listManifests(query) {
    return listManifests(state, query)
  },
  async saveCourierStatus(change) {
    const before = manifestOf(state, change.manifest.id)
    const sequence = change.manifest.lastStatusSequence
    if (before.lastStatusSequence >= sequence) {
      throw new AppError('ERR_STATUS_FILE_REPLAYED', { sequence, last: before.lastStatusSequence })
    }
    checkedWork(state, change)()
    saveAll(state.manifests, [change.manifest], ({ id }) => id)
  },
})

type Documents = Pick<
  DispatchStore,
  | 'getDocument'
  | 'listDocuments'
  | 'saveDocument'
  | 'saveDocumentFetch'
  | 'listDocumentFetches'
  | 'findParcel'
  | 'findTracked'
>

const documents = (state: MemoryState): Documents => ({
  async getDocument(documentId) {
    const document = state.documents.get(documentId)
    if (!document) throw new AppError('ERR_DOCUMENT_NOT_FOUND', { document: documentId })
    return document
  },
  async listDocuments(subjectIds) {
    return documentsOf(state, new Set(subjectIds))
  },
  async saveDocument(document, audit) {
    saveAll(state.documents, [document], ({ id }) => id)
    saveAudit(state, audit)
  },
  async saveDocumentFetch(fetch) {
    state.fetches.push(kept(fetch))
  },
  async listDocumentFetches(documentId) {
    return state.fetches.filter((fetch) => fetch.documentId === documentId).sort((a, b) => a.at - b.at)
  },
  async findTracked(tracking) {
    return [...state.parcels.values()].filter((parcel) => parcel.tracking === tracking).sort((a, b) => compareText(b.id, a.id))[0] // prettier-ignore
  },
  async findParcel(numberOrId) {
    return state.parcels.get(numberOrId) ?? [...state.parcels.values()].find(({ number }) => number === numberOrId)
  },
})

const collected: ReadonlySet<DocumentKind> = new Set<DocumentKind>(['sealed-block', 'label', 'delivery'])

function collectionOf(state: MemoryState, carrierCode: string): CollectionBundle {
  const carrier = carrierOf(state, carrierCode)
  const isWaiting = (parcel: Parcel): boolean =>
    parcel.carrierCode === carrierCode && parcel.status === 'packed' && parcel.manifestId === undefined
  const orderIds = new Set([...state.parcels.values()].filter(isWaiting).map((parcel) => parcel.orderId))
  const ofOrders = parcelsOf(state, orderIds)
  const parcels = ofOrders.filter(isWaiting)
  const parcelIds = new Set(parcels.map((parcel) => parcel.id))
  const waveIds = new Set(parcels.map((parcel) => parcel.waveId))
  return {
    settings: settingsOf(state),
    carrier,
    parcels,
    orders: byIds(state.orders, orderIds),
    siblings: ofOrders.filter(isLiving),
    consignments: state.consignments.filter(({ parcelIds: ids }) => ids.some((id) => parcelIds.has(id))),
    routes: state.routes.filter((route) => route.carrierCode === carrierCode && waveIds.has(route.waveId)),
    documents: documentsOf(state, new Set([...parcelIds, ...waveIds])).filter(
      (document) => isInForce(document) && collected.has(document.kind),
    ),
  }
}

function carrierOf(state: MemoryState, code: string): CollectionBundle['carrier'] {
  const carrier = state.carriers.get(code)
  if (!carrier) throw new AppError('ERR_CARRIER_NOT_FOUND', { carrier: code })
  return carrier
}

/** A manifest is closed once, and a parcel stands on one manifest. */
function saveClosed(state: MemoryState, closed: ClosedManifest): void {
  const { manifest } = closed
  const before = state.manifests.get(manifest.id) ?? findByNumber(state, manifest.number)
  if (before) throw new AppError('ERR_MANIFEST_CLOSED', { manifest: before.number })
  const elsewhere = byIds(state.parcels, manifest.parcelIds).find((parcel) => parcel.manifestId !== undefined)
  if (elsewhere) throw new AppError('ERR_MANIFEST_CLOSED', { parcel: elsewhere.id, manifest: elsewhere.manifestId })
  const waves = closed.closedWaveIds.map((id) => waveOf(state, id))
  checkedWork(state, closed)()
  saveAll(state.manifests, [manifest], ({ id }) => id)
  saveAll(state.documents, closed.documents, ({ id }) => id)
  for (const wave of waves) saveWave(state, { ...wave, stage: 'closed' })
}

const findByNumber = (state: MemoryState, number: string): Manifest | undefined =>
  [...state.manifests.values()].find((manifest) => manifest.number === number)

export function manifestOf(state: MemoryState, idOrNumber: string): Manifest {
  const manifest = state.manifests.get(idOrNumber) ?? findByNumber(state, idOrNumber)
  if (!manifest) throw new AppError('ERR_MANIFEST_NOT_FOUND', { manifest: idOrNumber })
  return manifest
}

function manifestBundle(state: MemoryState, idOrNumber: string): ManifestBundle {
  const manifest = manifestOf(state, idOrNumber)
  const parcels = byIds(state.parcels, manifest.parcelIds)
  const orderIds = new Set(parcels.map((parcel) => parcel.orderId))
  return {
    manifest,
    carrier: carrierOf(state, manifest.carrierCode),
    parcels,
    orders: byIds(state.orders, orderIds),
    siblings: parcelsOf(state, orderIds).filter(isLiving),
    documents: documentsOf(state, new Set([manifest.id, ...manifest.parcelIds])).filter(isInForce),
  }
}

function listManifests(state: MemoryState, query: ListQuery): Page<ManifestRow> {
  const rows = [...state.manifests.values()].map((manifest) => ({
    manifest,
    carrierName: state.carriers.get(manifest.carrierCode)?.name ?? manifest.carrierCode,
    parcelCount: manifest.parcelIds.length,
  }))
  const found = rows.filter(({ manifest, carrierName }) => isFound(query.search, [manifest.number, carrierName]))
  return pageOf(found, query, {
    idOf: ({ manifest }) => manifest.id,
    sorts: {
      closed: ({ manifest }) => manifest.closedAt,
      number: ({ manifest }) => manifest.number,
      carrier: ({ carrierName }) => carrierName,
      parcels: ({ parcelCount }) => parcelCount,
    },
    usual: { sort: 'closed', descending: true },
  })
}
