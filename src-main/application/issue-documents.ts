import { handlingMarks, type HandlingMark } from '../domain/catalogue.ts'
import type { Order } from '../domain/order.ts'
import type { SelectionInformation, SelectionOrder, SelectionPackage, SelectionTour } from '../domain/selection.ts'
import type { PickTour } from '../domain/tour.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { auditEntry } from './audit.ts'
import { issue, issuedTogether, withdrawnIds } from './issue.ts'
import { filesOrNone, issueMany, type PaperToIssue } from './issue-many.ts'
import type { Caller, Workshop } from './workshop.ts'
import { fingerprintOf, isDone, requireNotStarted, requireStep, stepResult } from './wave-step.ts'
import { openPersonal } from './open-personal.ts'

type Deps = Pick<Workshop, 'store' | 'documents' | 'files' | 'system' | 'labels' | 'vault'>

const dayMs = 86_400_000

/**
 * Issues the selection information of a wave, and from it, and from nothing else, a pick sheet per tour and a packing
 * slip per order. A changed wave gets a new version; the old one is visibly withdrawn. Throws ERR_CANCELLED, and then
 * nothing has been issued.
 */
export async function issueDocuments(deps: Deps, caller: Caller, waveId: string): Promise<void> {
  const startedAt = deps.system.clock.now()
  const bundle = await deps.store.loadWave(waveId)
  requireStep(bundle, 'plan-delivery')
  const fingerprint = fingerprintOf(deps, bundle, {
    step: 'issue-documents',
    content: { sealing: bundle.settings.privacy.sealing, shop: bundle.settings.shop },
  })
  if (isDone(bundle, 'issue-documents', fingerprint)) return
  requireNotStarted(bundle)

  const before = bundle.documents.filter(
    (document) => document.kind === 'selection' || document.kind === 'pick-sheet' || document.kind === 'slip',
  )
  const version = Math.max(0, ...before.map((document) => document.version)) + 1
  const selection = await selectionOf(deps, bundle, version)
  const papers = sheetsToDraw(deps, bundle, { selection, version, fingerprint })
  await filesOrNone(deps.files, async (files) => {
    const information = await issue(deps, {
      kind: 'selection',
      subjectId: bundle.wave.id,
      version,
      fingerprint,
      fileName: `${bundle.wave.code}.selection.json`,
      mediaType: 'application/json',
      text: JSON.stringify(selection),
    })
    const sheets = await issueMany({ ...deps, files }, caller, { step: 'issue-documents', papers })
    const documents = issuedTogether([information, ...sheets], startedAt)
    await deps.store.saveIssuedDocuments({
      waveId,
      stage: 'issued',
      step: stepResult(deps, { step: 'issue-documents', fingerprint, startedAt }),
      documents,
      withdrawn: withdrawnIds(before),
      withdrawnAt: deps.system.clock.now(),
      audit: auditEntry(deps.system, caller, {
        action: 'issue-documents',
        entity: 'wave',
        entityId: bundle.wave.code,
        facts: { documents: documents.length, version },
      }),
    })
  })
}

/** A pick sheet for each tour, then a slip for each order. */
function sheetsToDraw(
  deps: Deps,
  bundle: WaveBundle,
  issued: { readonly selection: SelectionInformation; readonly version: number; readonly fingerprint: string },
): readonly PaperToIssue[] {
  const { selection, version, fingerprint } = issued
  const idByCode = new Map(bundle.orders.map((order) => [order.code, order.id]))
  const pickSheets = selection.tours.map((tour): PaperToIssue => ({
    kind: 'pick-sheet',
    subjectId: bundle.wave.id,
    version,
    fingerprint,
    fileName: `${bundle.wave.code}-${tour.seq}.pdf`,
    draw: () => deps.documents.pickSheet(selection, tour),
  }))
  const slips = selection.orders.map((order): PaperToIssue => ({
    kind: 'slip',
    subjectId: idByCode.get(order.code) ?? order.code,
    version,
    fingerprint,
    fileName: `${order.code}.pdf`,
    draw: () => deps.documents.packingSlip(selection, order),
  }))
  return [...pickSheets, ...slips]
}

async function selectionOf(deps: Deps, bundle: WaveBundle, version: number): Promise<SelectionInformation> {
  const { settings, wave } = bundle
  const living = bundle.parcels.filter((parcel) => parcel.status !== 'cancelled')
  const planned = bundle.orders.filter((order) => living.some((parcel) => parcel.orderId === order.id))
  const orders: SelectionOrder[] = []
  for (const order of planned.toSorted((a, b) => a.code.localeCompare(b.code)))
    orders.push(await selectionOrder(deps, bundle, order))
  return {
    format: 'backroom-selection-1',
    wave: wave.code,
    version,
    issuedAt: deps.system.clock.now(),
    sealing: settings.privacy.sealing,
    shop: { name: settings.shop.name, zone: settings.shop.zone, locale: settings.shop.locale },
    floor: bundle.floor ?? { aisleX: [], crossY: [], missing: [], depot: [0, 0], packingTable: [0, 0] },
    tours: bundle.tours.map((tour) => selectionTour(bundle, tour)),
    orders,
  }
}

function selectionTour(bundle: WaveBundle, tour: PickTour): SelectionTour {
  const { walkMetresPerMinute, secondsPerPick } = bundle.settings.picking
  const pieces = tour.stops.reduce((sum, stop) => sum + stop.quantity, 0)
  return {
    id: tour.id,
    seq: tour.seq,
    stops: tour.stops.map(({ orderId: _orderId, parcelId: _parcelId, picked: _picked, short: _short, ...stop }) => ({
      ...stop,
      handling: marksOf(bundle, stop.sku),
    })),
    lengthMm: tour.lengthMm,
    lowerBoundMm: tour.lowerBoundMm,
    binOrderMm: tour.binOrderMm,
    minutes: Math.ceil(tour.lengthMm / 1000 / walkMetresPerMinute + (pieces * secondsPerPick) / 60),
    proof: { optimal: tour.isOptimal, method: tour.method },
    path: tour.path,
  }
}

/** How one piece of a product wants to be handled. */
function marksOf(bundle: WaveBundle, sku: string): readonly HandlingMark[] {
  const product = bundle.products.find((candidate) => candidate.sku === sku)
  return product ? handlingMarks([product.handling], product.weightG ?? 0) : []
}

async function selectionOrder(deps: Deps, bundle: WaveBundle, order: Order): Promise<SelectionOrder> {
  const packages = bundle.parcels
    .filter((parcel) => parcel.orderId === order.id && parcel.status !== 'cancelled')
    .toSorted((a, b) => a.letter.length - b.letter.length || a.letter.localeCompare(b.letter)) // Z before AA
    .map((parcel): SelectionPackage => ({
      letter: parcel.letter,
      carton: parcel.carton ?? null,
      cartonName: bundle.cartons.find((row) => row.carton.code === parcel.carton)?.carton.name ?? '',
      innerMm: parcel.innerMm ?? null,
      handling: parcel.handling,
      contents: contentsByPick(bundle, parcel.id),
      placements: parcel.placements,
      checkedBy: parcel.checkedBy,
      totals: parcel.totals,
      why: parcel.why,
    }))
  const pieceCount = packages.flatMap((one) => one.contents).reduce((sum, content) => sum + content.quantity, 0)
  const proof = bundle.wave.proofs.find((candidate) => candidate.orderId === order.id)
  const recipient =
    bundle.settings.privacy.sealing === 'selection' ? await counterBlock(deps, bundle, order) : undefined
  return {
    code: order.code,
    userId: order.userId,
    pieceCount,
    moreThanOne: pieceCount >= 2,
    packages,
    proof: {
      parcelsLowerBound: proof?.parcelsLowerBound ?? 0,
      fewestParcels: proof?.isFewest ?? false,
      best: proof?.isBest ?? false,
    },
    ...(recipient !== undefined ? { recipient } : {}),
  }
}

/** What goes into a parcel, in the order in which the tours bring it. */
function contentsByPick(bundle: WaveBundle, parcelId: string): SelectionPackage['contents'] {
  const stops = bundle.tours.flatMap((tour) => tour.stops.filter((stop) => stop.parcelId === parcelId))
  return stops
    .toSorted((a, b) => a.seq - b.seq)
    .map((stop) => ({
      pickSeq: stop.seq,
      sku: stop.sku,
      ...(stop.gtin !== undefined ? { gtin: stop.gtin } : {}),
      name: stop.name,
      quantity: stop.quantity,
    }))
}

/** M14 the other way round: the selection side carries the recipient, sealed for the shop's own counter. */
async function counterBlock(deps: Deps, bundle: WaveBundle, order: Order): Promise<string | undefined> {
  const personal = openPersonal(deps.vault, order)
  if (!personal) return undefined
  return deps.labels.sealForCounter(personal.recipient, {
    counterKey: await deps.vault.shopKeys.counterKey(),
    orderCode: order.code,
    expiresAt: deps.system.clock.now() + bundle.settings.privacy.labelDays * dayMs,
  })
}
