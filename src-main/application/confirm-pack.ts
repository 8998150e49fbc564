import { AppError } from '../kernel/errors.ts'
import { lastDayOf, namesProduct, readScan } from '../kernel/scanned-code.ts'
import { isoDay } from '../kernel/time.ts'
import type { Parcel } from '../domain/parcel.ts'
import { cartonLocation, type StockMovement } from '../domain/stock.ts'
import { stageAfter } from '../domain/wave.ts'
import { checkWeight } from '../domain/weight-check.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { auditEntry, newId } from './audit.ts'
import { statusesAfter } from './save-stop.ts'
import { fulfil } from './fulfil.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

/** Throws ERR_PARCEL_NOT_FOUND. */
async function loadParcel(deps: Deps, parcelId: string): Promise<{ bundle: WaveBundle; parcel: Parcel }> {
  const found = await deps.store.findParcel(parcelId)
  if (!found) throw new AppError('ERR_PARCEL_NOT_FOUND', { parcel: parcelId })
  const bundle = await deps.store.loadWave(found.waveId)
  return { bundle, parcel: found }
}

/** SKU of a scanned code within the parcel; undefined when it does not belong there. */
function skuOf(bundle: WaveBundle, parcel: Parcel, code: string): string | undefined {
  const scan = readScan(code)
  return parcel.contents.find(({ sku }) =>
    namesProduct(scan, bundle.products.find((product) => product.sku === sku) ?? { sku }),
  )?.sku
}

/**
 * Looks at one scan before the piece goes in. Throws ERR_PACK_WRONG_PRODUCT when it does not belong into this parcel,
 * ERR_PICK_EXPIRED when its code says that it is past its day.
 */
export async function checkPack(
  deps: Deps,
  input: { readonly parcelId: string; readonly code: string },
): Promise<{ readonly sku: string; readonly quantity: number }> {
  const { bundle, parcel } = await loadParcel(deps, input.parcelId)
  const sku = skuOf(bundle, parcel, input.code)
  if (sku === undefined)
    throw new AppError('ERR_PACK_WRONG_PRODUCT', { scanned: input.code, parcel: `${parcel.orderCode}${parcel.letter}` })
  const day = lastDayOf(readScan(input.code))
  if (day !== undefined && day < isoDay(deps.system.clock.now(), bundle.settings.shop.zone))
    throw new AppError('ERR_PICK_EXPIRED', { sku, day })
  return {
    sku,
    quantity: parcel.contents
      .filter((content) => content.sku === sku)
      .reduce((sum, content) => sum + content.quantity, 0),
  }
}

export interface ConfirmedPack {
  readonly parcelId: string
  /** The codes that went in, one each; left out without a scanner: the packer answers for it. */
  readonly scanned?: readonly string[] | undefined
  /** What the closed parcel weighs; left out where nothing is weighed. */
  readonly weighedG?: number | undefined
  /** The packer has looked inside and stands by it, whatever the scale says. */
  readonly acceptsWeight?: boolean | undefined
  /** Scans on the way that did not belong in. */
  readonly wrongScans?: number | undefined
}

export interface PackedParcel {
  readonly parcel: string
  readonly wavePacked: boolean
}

/**
 * Confirms a parcel as packed. Throws ERR_PACK_WRONG_PRODUCT when the scans are not exactly the contents,
 * ERR_PACK_WEIGHT when it weighs too much or too little, ERR_STATUS_NOT_ALLOWED when its pieces are not all picked or
 * it is packed already.
 */
export async function confirmPack(deps: Deps, caller: Caller, input: ConfirmedPack): Promise<PackedParcel> {
  const { bundle, parcel } = await loadParcel(deps, input.parcelId)
  requirePicked(bundle, parcel)
  if (input.scanned) requireScans(bundle, parcel, input.scanned)
  requireWeight(bundle, parcel, input)
  const at = deps.system.clock.now()
  const orders = bundle.orders.filter((order) => order.id === parcel.orderId)
  const done = await fulfil(deps, caller, {
    orders,
    parcels: bundle.parcels.filter((candidate) => candidate.orderId === parcel.orderId),
    happenings: [{ orderId: parcel.orderId, parcelId: parcel.id, status: 'packed', at }],
    undoMs: bundle.settings.undoMs,
  })
  const stage = stageAfter('picking', statusesAfter(bundle, done.parcels))
  await deps.store.saveFloorWork({
    waveId: bundle.wave.id,
    stage,
    tours: [],
    ...done,
    movements: cartonUsed(deps, caller, parcel),
    audit: auditEntry(deps.system, caller, {
      action: 'confirm-pack',
      entity: 'parcel',
      entityId: `${parcel.orderCode}${parcel.letter}`,
      facts: {
        scans: input.scanned?.length ?? 0,
        wrongScans: input.wrongScans ?? 0,
        plannedG: parcel.totals.grossG,
        ...(input.weighedG !== undefined && { weighedG: input.weighedG }),
      },
    }),
  })
  return { parcel: `${parcel.orderCode}${parcel.letter}`, wavePacked: stage !== 'picking' }
}

function requirePicked(bundle: WaveBundle, parcel: Parcel): void {
  if (parcel.status !== 'picking' && parcel.status !== 'planned') {
    throw new AppError('ERR_STATUS_NOT_ALLOWED', {
      parcel: `${parcel.orderCode}${parcel.letter}`,
      from: parcel.status,
      to: 'packed',
    })
  }
  const open = bundle.tours
    .flatMap((tour) => tour.stops)
    .filter((stop) => stop.parcelId === parcel.id && stop.picked + stop.short < stop.quantity)
  const first = open[0]
  if (first) {
    throw new AppError('ERR_STATUS_NOT_ALLOWED', {
      parcel: `${parcel.orderCode}${parcel.letter}`,
      from: parcel.status,
      to: 'packed',
      stillToPick: first.sku,
      location: first.location,
      stops: open.length,
    })
  }
}

function requireScans(bundle: WaveBundle, parcel: Parcel, scanned: readonly string[]): void {
  const left = new Map<string, number>()
  for (const content of parcel.contents) left.set(content.sku, (left.get(content.sku) ?? 0) + content.quantity)
  const name = `${parcel.orderCode}${parcel.letter}`
  for (const code of scanned) {
    const sku = skuOf(bundle, parcel, code)
    if (sku === undefined || (left.get(sku) ?? 0) === 0)
      throw new AppError('ERR_PACK_WRONG_PRODUCT', { scanned: code, parcel: name })
    left.set(sku, (left.get(sku) ?? 0) - 1)
  }
  const missing = [...left].find(([, quantity]) => quantity > 0)
  if (missing)
    throw new AppError('ERR_PACK_WRONG_PRODUCT', { missingSku: missing[0], missing: missing[1], parcel: name })
}

function requireWeight(bundle: WaveBundle, parcel: Parcel, { weighedG, acceptsWeight }: ConfirmedPack): void {
  if (weighedG === undefined || acceptsWeight === true) return
  const weightBySku = new Map(bundle.products.map(({ sku, weightG }) => [sku, weightG ?? 0]))
  const plannedG = parcel.totals.grossG
  const pieces = parcel.contents.flatMap(({ sku, quantity }) => {
    const weightG = weightBySku.get(sku) ?? 0
    return weightG > 0 ? [{ sku, weightG, quantity }] : []
  })
  const { isRight, differenceG, allowedG, hint } = checkWeight({ plannedG, weighedG, pieces })
  if (isRight) return
  throw new AppError('ERR_PACK_WEIGHT', {
    parcel: `${parcel.orderCode}${parcel.letter}`,
    plannedG,
    weighedG,
    differenceG,
    allowedG,
    ...(hint && { hintSku: hint.sku, hintPieces: hint.pieces }),
  })
}

/** What became of a parcel that was confirmed before. Throws ERR_PARCEL_NOT_FOUND. */
export async function findPackedParcel(deps: Deps, parcelId: string): Promise<PackedParcel> {
  const { bundle, parcel } = await loadParcel(deps, parcelId)
  const stage = stageAfter('picking', statusesAfter(bundle, []))
  return { parcel: `${parcel.orderCode}${parcel.letter}`, wavePacked: stage !== 'picking' }
}

function cartonUsed(deps: Deps, caller: Caller, parcel: Parcel): readonly StockMovement[] {
  if (parcel.carton === undefined) return []
  return [
    {
      id: newId(deps.system),
      at: deps.system.clock.now(),
      kind: 'picked',
      sku: parcel.carton,
      of: 'carton',
      location: cartonLocation,
      quantity: -1,
      actor: caller.actor,
      orderId: parcel.orderId,
    },
  ]
}
