import type { PackingCarton, PackingRules } from '../problem.ts'
import type { PackedParcel } from '../result.ts'
import { mayLieAs, pieceMm3, type Piece } from './pieces.ts'
import { checkPlaces } from './places.ts'
import type { Report } from './violation.ts'

interface Given {
  readonly rules: PackingRules
  readonly carton: PackingCarton | null
  readonly report: Report
}

/** Checks one parcel against every rule that concerns it alone. */
export function checkParcel(parcel: PackedParcel, pieces: readonly Piece[], given: Given): void {
  const { carton, rules, report } = given
  if (pieces.length === 0) report('pieces', { problem: 'parcel is empty' })
  checkCompany(pieces, given)
  checkTotals(parcel, pieces, given)
  if (carton) checkPlaces(pieces, { carton, minSupport: rules.minSupport, report })
  else checkOwnBox(pieces, report)
  const isUnsized = pieces.some(({ item }) => item.sizeMm === null)
  if (parcel.checkedBy !== (isUnsized ? 'volume' : 'placement')) report('totals', { checkedBy: parcel.checkedBy })
}

/** Which pieces may share a parcel, and a carton of this kind. */
function checkCompany(pieces: readonly Piece[], { carton, rules, report }: Given): void {
  const temperatures = new Set(pieces.map(({ item }) => item.handling.temperature))
  if (temperatures.size > 1) report('temperature', { temperatures: [...temperatures].join() })
  const isCold = temperatures.has('chilled') || temperatures.has('frozen')
  if (isCold && carton?.insulated !== true) report('temperature', { carton: carton?.code ?? null, insulated: false })
  const classes = new Set(pieces.flatMap(({ item }) => item.handling.class ?? []))
  for (const group of rules.keepApart) {
    const together = [...new Set(group)].filter((name) => classes.has(name))
    if (together.length > 1) report('keep-apart', { classes: together.join() })
  }
  if (pieces.length > 1 && pieces.some(({ item }) => item.handling.alone)) report('alone', { pieces: pieces.length })
  if (carton && pieces.some(({ item }) => item.handling.ownBox)) report('own-box', { carton: carton.code })
  const dangerousG = pieces.reduce((sum, { item }) => sum + item.handling.dangerousG, 0)
  const limit = rules.carrier?.maxDangerousG ?? Infinity
  if (dangerousG > limit) report('dangerous', { dangerousG, limit })
}

function checkOwnBox(pieces: readonly Piece[], report: Report): void {
  const first = pieces[0]
  if (pieces.length !== 1 || first?.item.handling.ownBox !== true) report('own-box', { pieces: pieces.length })
  for (const { item, placement } of pieces) {
    const { atMm, sizeMm } = placement
    if ((sizeMm === null) !== (item.sizeMm === null)) report('fit', { sku: item.sku, problem: 'has no place' })
    if (sizeMm !== null && (!mayLieAs(item, sizeMm) || atMm?.some((from) => from !== 0)))
      report('orientation', { sku: item.sku })
  }
}

function outerOf(pieces: readonly Piece[], carton: PackingCarton | null): readonly number[] | undefined {
  return carton?.outerMm ?? pieces[0]?.item.sizeMm ?? undefined
}

/** Weights, volumes and the carrier's limits; and that the parcel states them rightly. */
function checkTotals(parcel: PackedParcel, pieces: readonly Piece[], { carton, rules, report }: Given): void {
  const { carrier, dimDivisorCm3PerKg } = rules
  const net = pieces.reduce((sum, { item }) => sum + item.weightG, 0)
  const gross = net + (carton ? carton.tareG + carton.coolantG : 0)
  const allowable = Math.min(carton?.maxGrossG ?? carrier?.maxGrossG ?? net, carrier?.maxGrossG ?? Infinity)
  if (gross > allowable) report('weight', { gross, allowable })
  const volume = pieces.reduce((sum, { item }) => sum + pieceMm3(item), 0)
  const outer = outerOf(pieces, carton)
  const outerMm3 = outer ? outer.reduce((product, side) => product * side, 1) : volume
  const inner = carton ? carton.innerMm[0] * carton.innerMm[1] * carton.innerMm[2] : Math.max(outerMm3, volume)
  const allowableMm3 = carton?.maxVolumeCm3 === undefined ? inner : carton.maxVolumeCm3 * 1000
  if (volume + (carton?.coolantMm3 ?? 0) > allowableMm3) report('volume', { volume, allowable: allowableMm3 })
  if (outer && carrier) {
    const longest = Math.max(...outer)
    const girth = 2 * outer.reduce((sum, side) => sum + side, 0) - 2 * longest
    if (longest > (carrier.maxLengthMm ?? Infinity)) report('carrier', { length: longest })
    if (girth > (carrier.maxGirthMm ?? Infinity)) report('carrier', { girth })
  }
  const byVolume = dimDivisorCm3PerKg === undefined ? 0 : Math.ceil(outerMm3 / dimDivisorCm3PerKg)
  const right = {
    netG: net,
    grossG: gross,
    allowableG: allowable,
    piecesCm3: Math.ceil(volume / 1000),
    allowableCm3: Math.ceil(allowableMm3 / 1000),
    outerCm3: Math.ceil(outerMm3 / 1000),
    billableG: Math.max(gross, byVolume),
  }
  for (const [name, value] of Object.entries(right)) {
    const said = parcel[name as keyof typeof right] // `right` names fields of a parcel only
    if (said !== value) report('totals', { name, said, value })
  }
}
