import type {
  PackedParcel,
  PackingCarton,
  PackingItem,
  PackingRules,
} from '../../../../../src-main/engines/packing/index.ts'
import type { Size } from '../../../../../src-main/kernel/units.ts'
import { allowableMm3, grossLimit, isCarried } from './alone.ts'
import type { Say } from './findings.ts'
import type { Solid } from './grid.ts'
import { asksMm3, mayLie, roomOf } from './lying.ts'
import { checkPlaces } from './places.ts'

/** A parcel with the lines its pieces belong to, piece by piece; pieces that nobody ordered are left out. */
export interface Opened {
  readonly parcel: PackedParcel
  readonly items: readonly PackingItem[]
  readonly placements: PackedParcel['placements']
  /** null: the piece's own box. */
  readonly carton: PackingCarton | null
}

/** Every rule that concerns one parcel by itself, and every number the parcel states. */
export function checkParcel(opened: Opened, rules: PackingRules, say: Say): void {
  const { items, placements, carton } = opened
  if (placements.length === 0) say('pieces', 'an empty parcel')
  checkCompany(opened, rules, say)
  checkNumbers(opened, rules, say)
  const solids: Solid[] = []
  for (const [turn, { atMm, sizeMm, sku }] of placements.entries()) {
    const item = items[turn]
    if (!item || (atMm === null && sizeMm === null && item.sizeMm === null)) continue
    if (atMm === null || sizeMm === null || item.sizeMm === null) say('fit', `${sku} has no place, or needs none`)
    else {
      const [x, y, z] = atMm
      solids.push({ item, from: atMm, to: [x + sizeMm[0], y + sizeMm[1], z + sizeMm[2]] })
    }
  }
  if (carton) checkPlaces(solids, { room: roomOf(carton), minSupport: rules.minSupport }, say)
  else
    for (const { item, from, to } of solids)
      if (Math.max(...from) !== 0 || Math.min(...from) !== 0 || !mayLie(item, to)) say('orientation', item.sku)
}

function checkCompany({ items, carton }: Opened, rules: PackingRules, say: Say): void {
  const handlings = items.map((item) => item.handling)
  const [first] = handlings
  if (handlings.some(({ temperature }) => temperature !== first?.temperature)) say('temperature', 'mixed')
  if (handlings.some(({ temperature }) => temperature !== 'ambient') && !carton?.insulated)
    say('temperature', 'not insulated')
  for (const [at, { class: one }] of handlings.entries())
    for (const { class: other } of handlings.slice(0, at))
      if (one !== other && rules.keepApart.some((group) => group.includes(one ?? '') && group.includes(other ?? '')))
        say('keep-apart', `${one} beside ${other}`)
  if (handlings.some(({ alone }) => alone) && items.length > 1) say('alone', `${items.length} pieces`)
  if (carton ? handlings.some(({ ownBox }) => ownBox) : items.length !== 1 || !first?.ownBox)
    say('own-box', carton?.code ?? 'no carton')
  let dangerousG = 0
  for (const handling of handlings) dangerousG += handling.dangerousG
  if (dangerousG > (rules.carrier?.maxDangerousG ?? Infinity)) say('dangerous', `${dangerousG} g`)
}

function checkNumbers({ parcel, items, carton }: Opened, rules: PackingRules, say: Say): void {
  let netG = 0
  let piecesMm3 = 0
  for (const item of items) {
    netG += item.weightG
    piecesMm3 += asksMm3(item)
  }
  const { carrier } = rules
  const own: Size | null | undefined = carton?.outerMm ?? items[0]?.sizeMm
  const outerMm3 = own ? own[0] * own[1] * own[2] : piecesMm3
  const grossG = carton ? netG + carton.tareG + carton.coolantG : netG
  const allowableG = carton ? grossLimit(carton, carrier) : (carrier?.maxGrossG ?? netG)
  const mayMm3 = carton ? allowableMm3(carton) : Math.max(outerMm3, piecesMm3)
  if (grossG > allowableG) say('weight', `${grossG} g of ${allowableG} g`)
  if (piecesMm3 + (carton?.coolantMm3 ?? 0) > mayMm3) say('volume', `${piecesMm3} mm3 of ${mayMm3} mm3`)
  if (own && !isCarried(own, carrier)) say('carrier', own.join())
  const byVolumeG = rules.dimDivisorCm3PerKg ? Math.ceil(outerMm3 / rules.dimDivisorCm3PerKg) : 0
  const stated: readonly (readonly [string, unknown, unknown])[] = [
    ['netG', parcel.netG, netG],
    ['grossG', parcel.grossG, grossG],
    ['allowableG', parcel.allowableG, allowableG],
    ['piecesCm3', parcel.piecesCm3, Math.ceil(piecesMm3 / 1000)],
    ['allowableCm3', parcel.allowableCm3, Math.ceil(mayMm3 / 1000)],
    ['outerCm3', parcel.outerCm3, Math.ceil(outerMm3 / 1000)],
    ['billableG', parcel.billableG, byVolumeG > grossG ? byVolumeG : grossG],
    ['checkedBy', parcel.checkedBy, items.some((item) => item.sizeMm === null) ? 'volume' : 'placement'],
  ]
  for (const [name, said, value] of stated) if (said !== value) say('totals', `${name} ${said}, not ${value}`)
}
