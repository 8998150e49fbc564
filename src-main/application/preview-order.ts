import { AppError } from '../kernel/errors.ts'
import type { Product } from '../domain/catalogue.ts'
import { totalsIncludingTax } from '../domain/invoice-amounts.ts'
import type { HoldReason, Order, OrderTotals, Service } from '../domain/order.ts'
import type { Parcel } from '../domain/parcel.ts'
import { freeOf } from '../domain/stock.ts'
import type { Settings } from '../domain/settings.ts'
import { holdsOf } from './check-order.ts'
import { packingProblem } from './packing-problem.ts'
import { parcelsOf } from './parcels-of-plan.ts'
import { carrierFor } from './plan-parcels.ts'
import type { Caller, Workshop } from './workshop.ts'

/** What somebody at the counter wants: a SKU or a scanned GTIN, and how many. */
export interface WantedLine {
  readonly code: string
  readonly quantity: number
}

export interface NewOrder {
  readonly lines: readonly WantedLine[]
  readonly service: Service
  /** Where it goes; decides the courier and with it the limits of a parcel. */
  readonly country?: string | undefined
  readonly postcode?: string | undefined
  readonly shippingMinor: number
}

export interface PricedLine {
  readonly product: Product
  readonly quantity: number
  /** Pieces that may still be promised: on the shelves, less what orders wait for. */
  readonly free: number
}

export interface OrderPreview {
  readonly lines: readonly PricedLine[]
  /** Codes that are no product of ours. */
  readonly unknown: readonly string[]
  readonly totals: OrderTotals
  readonly currency: string
  /** As the next wave packs it, if nothing changes until then. */
  readonly parcels: readonly Parcel[]
  readonly unpacked: readonly UnpackedView[]
  /** What will keep it from being planned. */
  readonly holds: readonly HoldReason[]
  readonly carrier: string | undefined
}

/** Pieces that no parcel takes; `facts` as the packing engine tells them. */
export interface UnpackedView {
  readonly sku: string
  readonly quantity: number
  readonly reason: string
  readonly facts: HoldReason['facts']
}

/** The seed that a wave has when nobody says otherwise; the same seed packs the same parcels. */
const usualSeed = 1

/**
 * What an order at the counter comes to before it is saved: prices, stock, and the very parcels that planning makes of
 * it (same problem, same planner, same seed). Nothing is written.
 */
export async function previewOrder(
  deps: Pick<Workshop, 'store' | 'planners' | 'system'>,
  caller: Caller,
  wanted: NewOrder,
): Promise<OrderPreview> {
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const { lines, unknown } = await pricedLines(deps, wanted.lines)
  const order = draftOrder(settings, wanted, lines)
  const products = lines.map((line) => line.product)
  const hasAddress = wanted.service === 'collect' || wanted.postcode !== undefined
  const missing = holdsOf({ lines: order.lines, hasAddress }, new Map(products.map((one) => [one.sku, one])))
  const cartons = await deps.store.loadCartons()
  const carrier = carrierFor(await deps.store.loadCarriers(), order)
  const noCarrier: readonly HoldReason[] =
    carrier || wanted.service === 'collect' || !hasAddress
      ? []
      : [{ code: 'no-carrier', facts: { country: order.country, service: order.service } }]
  const rest = {
    lines,
    unknown,
    totals: totalsIncludingTax(order.lines, wanted.shippingMinor),
    currency: settings.shop.currency,
    carrier: carrier?.name,
    holds: lines.length === 0 ? [] : [...missing, ...noCarrier],
  }
  const isPackable = lines.length > 0 && rest.holds.every((hold) => hold.code === 'missing-address')
  if (!isPackable) return { ...rest, parcels: [], unpacked: [] }
  const cartonsLeft = new Map(cartons.map((row) => [row.carton.code, row.onHand - row.reserved]))
  const problem = packingProblem({ settings, products, cartons }, [order], { carrier, cartonsLeft })
  const result = await deps.planners.pack(problem, { seed: usualSeed, isCancelled: caller.watch.isCancelled })
  const packed = result.orders[0]
  if (!packed) return { ...rest, parcels: [], unpacked: [] }
  return {
    ...rest,
    parcels: parcelsOf(deps, { cartons, products, wave: { id: order.id } }, { order, packed, carrier }),
    unpacked: packed.unpacked.map(({ sku, quantity, reason, facts }) => ({ sku, quantity, reason, facts })),
  }
}

/** Codes as products with their price and what is free of them; the same product twice is one line. */
export async function pricedLines(
  { store }: Pick<Workshop, 'store'>,
  wanted: readonly WantedLine[],
): Promise<{ readonly lines: readonly PricedLine[]; readonly unknown: readonly string[] }> {
  const found = new Map<string, { product: Product; quantity: number }>()
  const unknown: string[] = []
  for (const { code, quantity } of wanted) {
    const row = await store.findProduct(code)
    if (!row) {
      unknown.push(code)
      continue
    }
    const before = found.get(row.product.sku)?.quantity ?? 0
    found.set(row.product.sku, { product: row.product, quantity: before + quantity })
  }
  const skus = [...found.keys()]
  const levels = await store.loadStockLevels(skus)
  const waiting = new Map((await store.loadWaitingPieces(skus)).map((row) => [row.sku, row.pieces]))
  const lines = [...found.values()].map((line) => {
    const { sku } = line.product
    const onShelves = levels
      .filter((level) => level.of === 'product' && level.sku === sku)
      .reduce((sum, level) => sum + freeOf(level), 0)
    return { ...line, free: Math.max(0, onShelves - (waiting.get(sku) ?? 0)) }
  })
  return { lines, unknown }
}

/** The order as planning would see it. */
function draftOrder(settings: Settings, wanted: NewOrder, lines: readonly PricedLine[]): Order {
  const id = 'preview'
  return {
    id,
    code: '',
    connectionId: '',
    externalId: id,
    userId: '',
    placedAt: 0,
    importedAt: 0,
    currency: settings.shop.currency,
    service: wanted.service,
    lines: lines.map(({ product, quantity }) => ({
      id: product.sku,
      externalId: product.sku,
      sku: product.sku,
      gtin: product.gtin,
      name: product.name,
      quantity,
      withdrawn: 0,
      unitPriceMinor: product.priceMinor,
      taxRate: product.taxRate,
    })),
    status: 'received',
    isPartly: false,
    holds: [],
    country: wanted.country ?? settings.shop.country,
    postcodeArea: (wanted.postcode ?? '').replaceAll(/\s/g, '').slice(0, 2).toUpperCase(),
    addressToken: '',
    personal: undefined,
    contentHash: '',
  }
}
