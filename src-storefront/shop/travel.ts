import { parcelLetter } from '../../src-main/kernel/ids.ts'
import type { WireHandling, WirePackagedProduct } from '../../src-protocol/index.ts'
import type { Travel, TravelPackage } from '../customer/travel-schema.ts'
import { packageReason, travelSummary, unplacedReason } from '../pages/travel-words.ts'
import type { RulesInForce } from '../store/packaging-rules.ts'
import type { StoredProduct } from '../store/products.ts'
import { packBasket, type BasketItem, type Effort, type PackedBasket, type PackedParcel } from './packer.ts'

export interface BasketLine {
  readonly product: StoredProduct
  readonly quantity: number
}

const unknownTravel: Travel = {
  status: 'planned',
  isKnown: false,
  packages: [],
  unplaced: [],
  grossG: 0,
  isProvenFewest: false,
  summary: travelSummary(0, 0),
}

/**
 * More pieces than any household orders. Beyond this the shop works it out: one request must not keep every other
 * customer waiting (100 lines of 100 pieces took the engine three minutes; 200 pieces take it some 60 ms).
 */
const mostPieces = 200

/**
 * How a basket would travel: the packing engine's plan under the rules the shop has published; unknown for a basket of
 * more than 200 pieces. The same content gives the same plan, in whatever order it was put into the basket.
 */
export function planTravel(
  rules: RulesInForce | undefined,
  lines: readonly BasketLine[],
  effort: Effort = 'full',
): Travel {
  if (rules === undefined || lines.length === 0) return unknownTravel
  if (lines.reduce((sum, { quantity }) => sum + quantity, 0) > mostPieces) return unknownTravel
  const { items, unmeasured } = itemsOf(rules, lines)
  const basket: PackedBasket =
    items.length === 0 ? { parcels: [], unpacked: [], isProvenFewest: false } : packBasket(rules.rules, items, effort)
  const nameOf = new Map(lines.map(({ product }) => [product.sku, product.name]))
  const handlingOf = new Map(items.map((item) => [item.sku, item.handling ?? {}]))
  const packages = basket.parcels.map((parcel, index) =>
    packageOf(parcel, {
      index,
      parcels: basket.parcels,
      nameOf,
      handlingOf,
      keepApart: rules.rules.rules.keepApart ?? [],
    }),
  )
  const unplaced = [...basket.unpacked, ...unmeasured].map(({ sku, quantity, reason, facts }) => ({
    sku,
    name: nameOf.get(sku) ?? sku,
    quantity,
    reason: { code: reason, facts, text: unplacedReason(reason) },
  }))
  return {
    status: 'planned',
    isKnown: true,
    packages,
    unplaced,
    grossG: packages.reduce((sum, { grossG }) => sum + grossG, 0),
    isProvenFewest: basket.isProvenFewest,
    summary: travelSummary(packages.length, unplaced.length),
  }
}

interface Unplaced {
  readonly sku: string
  readonly quantity: number
  readonly reason: string
  readonly facts: { readonly [key: string]: string | number }
}

/** Measures as published, else as the catalogue has them; a product without weight or volume cannot be planned. */
function itemsOf(rules: RulesInForce, lines: readonly BasketLine[]): { items: BasketItem[]; unmeasured: Unplaced[] } {
  const items: BasketItem[] = []
  const unmeasured: Unplaced[] = []
  for (const { product, quantity } of lines) {
    const measured = rules.productBySku.get(product.sku) ?? measuredByCatalogue(product)
    if (measured) items.push({ ...measured, quantity })
    else unmeasured.push({ sku: product.sku, quantity, reason: 'no-measures', facts: {} })
  }
  items.sort((a, b) => (a.sku < b.sku ? -1 : 1))
  return { items, unmeasured }
}

function measuredByCatalogue(product: StoredProduct): WirePackagedProduct | undefined {
  const { sku, sizeMm, weightG, volumeCm3, handling } = product
  if (weightG === undefined || (sizeMm === undefined && volumeCm3 === undefined)) return undefined
  return { sku, sizeMm: sizeMm ? [...sizeMm] : null, weightG, ...(volumeCm3 !== undefined && { volumeCm3 }), handling }
}

interface Setting {
  readonly index: number
  readonly parcels: readonly PackedParcel[]
  readonly nameOf: ReadonlyMap<string, string>
  readonly handlingOf: ReadonlyMap<string, WireHandling>
  readonly keepApart: readonly (readonly string[])[]
}

function packageOf(parcel: PackedParcel, setting: Setting): TravelPackage {
  const { index, parcels, nameOf } = setting
  const { code, ...rule } = reasonOf(parcel, setting)
  const facts = { carton: parcel.carton ?? '', grossG: parcel.grossG, allowableG: parcel.allowableG, ...rule }
  return {
    number: index + 1,
    of: parcels.length,
    letter: parcelLetter(index),
    carton: parcel.carton,
    contents: parcel.contents.map(({ sku, quantity }) => ({ sku, name: nameOf.get(sku) ?? sku, quantity })),
    pieces: parcel.contents.reduce((sum, { quantity }) => sum + quantity, 0),
    grossG: parcel.grossG,
    allowableG: parcel.allowableG,
    piecesCm3: parcel.piecesCm3,
    allowableCm3: parcel.allowableCm3,
    travelsAlone: code === 'alone' || code === 'own-box',
    why: { code, facts, text: packageReason(code, rule) },
    whyCarton: parcel.why,
  }
}

export type PackageReasonCode = 'own-box' | 'alone' | 'together' | 'temperature' | 'keep-apart' | 'no-room'

/** The rule that keeps a parcel apart, as far as it has names: two classes, or a temperature. */
export interface ApartRule {
  readonly own?: string
  readonly other?: string
}

/** Why the pieces of a parcel do not share one with the rest of the order, or that all do. */
function reasonOf(parcel: PackedParcel, setting: Setting): ApartRule & { readonly code: PackageReasonCode } {
  if (parcel.carton === null) return { code: 'own-box' }
  const handlings = handlingsIn(parcel, setting)
  if (handlings.some(({ alone }) => alone === true)) return { code: 'alone' }
  const others = setting.parcels
    .filter((other) => other !== parcel && other.carton !== null)
    .map((other) => handlingsIn(other, setting))
    .filter((list) => !list.some(({ alone }) => alone === true))
  if (others.length === 0) return { code: 'together' }
  const temperatureOf = (list: readonly WireHandling[]): string => list[0]?.temperature ?? 'ambient'
  const own = temperatureOf(handlings)
  const sameTemperature = others.filter((list) => temperatureOf(list) === own)
  if (sameTemperature.length === 0) return { code: 'temperature', own }
  const clashes = sameTemperature.map((list) => clashOf(handlings, list, setting.keepApart))
  const clash = clashes[0]
  return clash !== undefined && clashes.every((one) => one !== undefined)
    ? { code: 'keep-apart', ...clash }
    : { code: 'no-room' }
}

const handlingsIn = (parcel: PackedParcel, { handlingOf }: Setting): readonly WireHandling[] =>
  parcel.contents.map(({ sku }) => handlingOf.get(sku) ?? {})

/** The first two classes of which one group says that they never share a parcel. */
function clashOf(
  a: readonly WireHandling[],
  b: readonly WireHandling[],
  groups: Setting['keepApart'],
): { readonly own: string; readonly other: string } | undefined {
  for (const { class: own } of a) {
    for (const { class: other } of b) {
      if (own === undefined || other === undefined || own === other) continue
      if (groups.some((group) => group.includes(own) && group.includes(other))) return { own, other }
    }
  }
  return undefined
}
