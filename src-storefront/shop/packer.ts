import { plainHandling, plainRules, planPacking, type PackingCarton } from '../../src-main/engines/packing/index.ts'
import type { WireCarton, WirePackagedProduct, WirePackagingRules } from '../../src-protocol/index.ts'

export interface BasketItem extends WirePackagedProduct {
  readonly quantity: number
}

type Facts = { readonly [key: string]: string | number }

export interface PackedParcel {
  readonly carton: string | null
  readonly grossG: number
  readonly allowableG: number
  readonly piecesCm3: number
  readonly allowableCm3: number
  readonly contents: readonly { readonly sku: string; readonly quantity: number }[]
  readonly why: { readonly code: string; readonly facts: Facts }
}

export interface PackedBasket {
  readonly parcels: readonly PackedParcel[]
  readonly unpacked: readonly {
    readonly sku: string
    readonly quantity: number
    readonly reason: string
    readonly facts: Facts
  }[]
  readonly isProvenFewest: boolean
}

/** The one place where the storefront meets the packing engine: published rules in, parcels by SKU out. */
export function packBasket(published: WirePackagingRules, items: readonly BasketItem[]): PackedBasket {
  const result = planPacking({
    cartons: published.cartons.map(cartonOf),
    rules: { ...plainRules, ...published.rules },
    orders: [
      { id: 'basket', items: items.map((item) => ({ ...item, handling: { ...plainHandling, ...item.handling } })) },
    ],
  })
  const order = result.orders[0]
  return {
    parcels: (order?.parcels ?? []).map((parcel) => ({ ...parcel, contents: countBySku(parcel.placements) })),
    unpacked: order?.unpacked ?? [],
    isProvenFewest: order?.proof.fewestParcels ?? false,
  }
}

/** How many cartons are left is the shop's affair when it packs; a promise made now cannot reserve them. */
function cartonOf({ available: _available, ...carton }: WireCarton): PackingCarton {
  return {
    ...carton,
    outerMm: carton.outerMm ?? carton.innerMm,
    tareG: carton.tareG ?? 0,
    costMinor: carton.costMinor ?? 0,
    insulated: carton.insulated ?? false,
    paddingMm: carton.paddingMm ?? 0,
    coolantMm3: carton.coolantMm3 ?? 0,
    coolantG: carton.coolantG ?? 0,
  }
}

function countBySku(pieces: readonly { readonly sku: string }[]): PackedParcel['contents'] {
  const countBySku = new Map<string, number>()
  for (const { sku } of pieces) countBySku.set(sku, (countBySku.get(sku) ?? 0) + 1)
  return [...countBySku].map(([sku, quantity]) => ({ sku, quantity }))
}
