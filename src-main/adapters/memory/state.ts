import type { Carrier } from '../../domain/carrier.ts'
import type { Carton } from '../../domain/carton.ts'
import type { Product } from '../../domain/catalogue.ts'
import type { DocumentFetch, IssuedDocument } from '../../domain/document.ts'
import type { Floor, Location } from '../../domain/floor.ts'
import type { FulfilmentEvent } from '../../domain/fulfilment.ts'
import type { Invoice } from '../../domain/invoice.ts'
import type { Consignment, Manifest, RoutePlan } from '../../domain/manifest.ts'
import type { Order } from '../../domain/order.ts'
import type { OutboxMessage } from '../../domain/outbox.ts'
import type { Parcel } from '../../domain/parcel.ts'
import type { AuditEntry, Staff, Terminal } from '../../domain/people.ts'
import type { PrintJob } from '../../domain/print-job.ts'
import { emptyPrintSetup, type PrintSetup } from '../../domain/print-printer.ts'
import type { ProductPhoto } from '../../domain/product-photo.ts'
import type { Settings } from '../../domain/settings.ts'
import type { ShopMail } from '../../domain/shop-mail.ts'
import type { StockLevel, StockMovement } from '../../domain/stock.ts'
import type { TakeBack } from '../../domain/take-back.ts'
import type { PickTour } from '../../domain/tour.ts'
import type { UserInformation } from '../../domain/user.ts'
import type { Wave } from '../../domain/wave.ts'
import { AppError } from '../../kernel/errors.ts'
import type { ImportedChange, ImportRecord, RememberedMapping } from '../../ports/store/import-store.ts'
import type { Connection } from '../../ports/store/order-store.ts'
import type { KeptConfirmation } from '../../ports/store/wave-store.ts'

/** Everything a shop keeps. Maps keep the order of first saving, which is the order of the outbox. */
export interface MemoryState {
  settings: Settings | undefined
  mail: ShopMail | undefined
  floor: { readonly floor: Floor; readonly locations: readonly Location[] } | undefined
  parcelSerial: number
  printSetup: PrintSetup
  consignments: readonly Consignment[]
  routes: readonly RoutePlan[]
  readonly products: Map<string, Product>
  /** By SKU. */
  readonly photos: Map<string, ProductPhoto>
  /** SKU -> the catalogue's revision when it was last saved. */
  readonly revisions: Map<string, number>
  readonly listings: Map<string, { readonly connectionId: string; readonly externalId: string; readonly sku: string }>
  readonly cartons: Map<string, Carton>
  readonly carriers: Map<string, Carrier>
  readonly movements: StockMovement[]
  /** By place, see `placeOf` in stock.ts. */
  readonly levels: Map<string, StockLevel>
  readonly connections: Map<string, Connection>
  readonly orders: Map<string, Order>
  readonly searchTokens: Map<string, ReadonlySet<string>>
  readonly takeBacks: Map<string, TakeBack>
  readonly users: Map<string, UserInformation>
  readonly waves: Map<string, Wave>
  /** Order id -> the living wave it is in. */
  readonly waveByOrder: Map<string, string>
  readonly parcels: Map<string, Parcel>
  readonly tours: Map<string, PickTour>
  readonly manifests: Map<string, Manifest>
  readonly documents: Map<string, IssuedDocument>
  readonly fetches: DocumentFetch[]
  readonly events: Map<string, FulfilmentEvent>
  readonly messages: Map<string, OutboxMessage>
  readonly staff: Map<string, Staff>
  readonly terminals: Map<string, Terminal>
  readonly audit: Map<string, AuditEntry>
  readonly invoices: Map<string, Invoice>
  readonly erasures: Set<string>
  readonly imports: Map<string, ImportRecord>
  /** By import; only the last ones keep theirs. */
  readonly importChanges: Map<string, readonly ImportedChange[]>
  /** By kind and signature. */
  readonly mappings: Map<string, RememberedMapping>
  readonly printJobs: Map<string, PrintJob>
  readonly confirmations: Map<string, KeptConfirmation>
  /** The last number given, by what it counts. */
  readonly counters: Map<string, number>
}

export const emptyState = (): MemoryState => ({
  settings: undefined,
  mail: undefined,
  floor: undefined,
  parcelSerial: 0,
  printSetup: emptyPrintSetup,
  consignments: [],
  routes: [],
  products: new Map(),
  photos: new Map(),
  revisions: new Map(),
  listings: new Map(),
  cartons: new Map(),
  carriers: new Map(),
  movements: [],
  levels: new Map(),
  connections: new Map(),
  orders: new Map(),
  searchTokens: new Map(),
  takeBacks: new Map(),
  users: new Map(),
  waves: new Map(),
  waveByOrder: new Map(),
  parcels: new Map(),
  tours: new Map(),
  manifests: new Map(),
  documents: new Map(),
  fetches: [],
  events: new Map(),
  messages: new Map(),
  staff: new Map(),
  terminals: new Map(),
  audit: new Map(),
  invoices: new Map(),
  erasures: new Set(),
  imports: new Map(),
  importChanges: new Map(),
  mappings: new Map(),
  printJobs: new Map(),
  confirmations: new Map(),
  counters: new Map(),
})

/** A copy of its own that nobody can change: neither the caller who saved it nor one who loads it. */
export const kept = <Value>(value: Value): Value => frozen(structuredClone(value))

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) frozen(inner)
  }
  return value
}

/** Upserts every record under its id. */
export function saveAll<Row>(map: Map<string, Row>, rows: readonly Row[], idOf: (row: Row) => string): void {
  for (const row of rows) map.set(idOf(row), kept(row))
}

/** Upserts products and marks them as changed, for readers that ask only for what is new. */
export function saveProducts(state: MemoryState, products: readonly Product[]): void {
  saveAll(state.products, products, ({ sku }) => sku)
  for (const { sku } of products) state.revisions.set(sku, nextNumber(state, 'catalogue'))
}

export function saveAudit(state: MemoryState, entry: AuditEntry): void {
  state.audit.set(entry.id, kept(entry))
}

/** The next number of a counter, from 1. Given once, whatever becomes of it. */
export function nextNumber(state: MemoryState, counter: string): number {
  const next = (state.counters.get(counter) ?? 0) + 1
  state.counters.set(counter, next)
  return next
}

export function settingsOf(state: MemoryState): Settings {
  if (!state.settings) throw new AppError('ERR_SHOP_NOT_INITIALISED')
  return state.settings
}

/** A closed wave lets its orders go. */
export function saveWave(state: MemoryState, wave: Wave): void {
  saveAll(state.waves, [wave], ({ id }) => id)
  if (wave.stage === 'closed') giveBack(state, wave.id, wave.orderIds)
}

export function giveBack(state: MemoryState, waveId: string, orderIds: readonly string[]): void {
  for (const id of orderIds) if (state.waveByOrder.get(id) === waveId) state.waveByOrder.delete(id)
}

export function waveOf(state: MemoryState, waveId: string): Wave {
  const wave = state.waves.get(waveId)
  if (!wave) throw new AppError('ERR_WAVE_NOT_FOUND', { wave: waveId })
  return wave
}

/** Back to the empty state, in place: everybody who works on it sees it empty. */
export function clearState(state: MemoryState): void {
  const empty: { readonly [key: string]: unknown } = { ...emptyState() }
  const members: { [key: string]: unknown } = state as never // its own members, by name
  for (const [key, value] of Object.entries(members)) {
    if (value instanceof Map || value instanceof Set) value.clear()
    else if (Array.isArray(value) && Array.isArray(empty[key]) && !Object.isFrozen(value)) value.splice(0)
    else members[key] = empty[key]
  }
}
