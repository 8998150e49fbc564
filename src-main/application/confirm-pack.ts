import { AppError } from '../kernel/errors.ts'
import type { Parcel } from '../domain/parcel.ts'
import { cartonLocation, type StockMovement } from '../domain/stock.ts'
import { stageAfter } from '../domain/wave.ts'
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

/** SKU of a scanned GTIN or SKU within the parcel; undefined when it does not belong there. */
function skuOf(bundle: WaveBundle, parcel: Parcel, code: string): string | undefined {
  return parcel.contents.find(
    (content) =>
      content.sku === code || bundle.products.some((product) => product.sku === content.sku && product.gtin === code),
  )?.sku
}

/** Looks at one scan before the piece goes in. Throws ERR_PACK_WRONG_PRODUCT when it does not belong into this parcel. */
export async function checkPack(
  deps: Deps,
  input: { readonly parcelId: string; readonly code: string },
): Promise<{ readonly sku: string; readonly quantity: number }> {
  const { bundle, parcel } = await loadParcel(deps, input.parcelId)
  const sku = skuOf(bundle, parcel, input.code)
  if (sku === undefined)
    throw new AppError('ERR_PACK_WRONG_PRODUCT', { scanned: input.code, parcel: `${parcel.orderCode}${parcel.letter}` })
  return {
    sku,
    quantity: parcel.contents
      .filter((content) => content.sku === sku)
      .reduce((sum, content) => sum + content.quantity, 0),
  }
}

/**
 * Confirms a parcel as packed. `scanned` = the codes that went in, one each; without a scanner it is left out and the
 * packer answers for it. Throws ERR_PACK_WRONG_PRODUCT when the scans are not exactly the contents,
 * ERR_STATUS_NOT_ALLOWED when its pieces are not all picked or it is packed already.
 */
export async function confirmPack(
  deps: Deps,
  caller: Caller,
  input: { readonly parcelId: string; readonly scanned?: readonly string[] | undefined },
): Promise<{ readonly parcel: string; readonly wavePacked: boolean }> {
  const { bundle, parcel } = await loadParcel(deps, input.parcelId)
  requirePicked(bundle, parcel)
  if (input.scanned) requireScans(bundle, parcel, input.scanned)
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
