import type {
  PackedOrder,
  PackingItem,
  PackingOrder,
  PackingProblem,
  PackingResult,
  Placement,
} from '../../../../../src-main/engines/packing/index.ts'
import type { Finding, Say } from './findings.ts'
import { mayLie } from './lying.ts'
import { checkParcel, type Opened } from './parcels.ts'
import { wrongWith } from './refusals.ts'

export type { Finding } from './findings.ts'

/**
 * A second opinion on a plan, written from the table of hard rules and not from the engine's own `verify`: places by
 * cutting the ground into cells and the height into slabs, support and loads in whole numbers and exact fractions, the
 * sequence by letting the pieces fall. Empty = sound. It shares the types with the engine and nothing else.
 */
export function secondCheck(problem: PackingProblem, result: PackingResult): readonly Finding[] {
  const findings: Finding[] = []
  const sayAt =
    (where: string): Say =>
    (rule, seen) =>
      findings.push({ rule, where, seen })
  const left = new Map(problem.cartons.map(({ code, available }) => [code, available ?? Infinity]))
  if (result.orders.length !== problem.orders.length) sayAt('')('orders', `${result.orders.length} answers`)
  for (const [at, packed] of result.orders.entries()) {
    const order = problem.orders[at]
    if (order?.id !== packed.id) {
      sayAt(packed.id)('orders', `answers ${order?.id}`)
      continue
    }
    for (const { carton } of packed.parcels) if (carton !== null) left.set(carton, (left.get(carton) ?? 0) - 1)
    for (const [code, count] of left) if (count < 0) sayAt(packed.id)('available', code)
    checkOrder({ problem, order, packed, left }, sayAt)
  }
  checkSums(result, sayAt(''))
  return findings
}

interface Given {
  readonly problem: PackingProblem
  readonly order: PackingOrder
  readonly packed: PackedOrder
  readonly left: ReadonlyMap<string, number>
}

function checkOrder({ problem, order, packed, left }: Given, sayAt: (where: string) => Say): void {
  const say = sayAt(packed.id)
  const { rules, cartons } = problem
  const opened = openAll(order, packed, { problem, say })
  for (const [at, each] of opened.entries()) {
    const sayHere = sayAt(`${packed.id}/${at}`)
    if (each.parcel.carton !== null && !cartons.some(({ code }) => code === each.parcel.carton))
      sayHere('carton', each.parcel.carton)
    else checkParcel(each, rules, sayHere)
  }
  const parcels = packed.parcels.length
  if (parcels > (rules.carrier?.maxParcels ?? Infinity)) say('carrier', `${parcels} parcels`)
  for (const entry of packed.unpacked) {
    const wrongs = order.items
      .filter(({ sku }) => sku === entry.sku)
      .map((item) => wrongWith(entry, item, { problem, left, parcels }))
    if (wrongs.length > 0 && wrongs.every((wrong) => wrong !== undefined))
      say('refusal', `${entry.sku} ${entry.reason} ${JSON.stringify(entry.facts)}: ${wrongs.join()}`)
  }
  checkSets(opened, say)
  checkClaims(packed, rules.mode, say)
}

/** Counts the pieces of every article and finds the line of each placement. */
function openAll(
  order: PackingOrder,
  packed: PackedOrder,
  { problem, say }: { problem: PackingProblem; say: Say },
): readonly Opened[] {
  const open: PackingItem[] = order.items.flatMap((item) => Array.from({ length: item.quantity }, () => item))
  const opened = packed.parcels.map((parcel): Opened => {
    const items: PackingItem[] = []
    const placements: Placement[] = []
    for (const placement of parcel.placements) {
      const { sku, sizeMm } = placement
      const isOf = (item: PackingItem): boolean => item.sku === sku
      const lying = open.findIndex((item) => isOf(item) && (sizeMm === null ? !item.sizeMm : mayLie(item, sizeMm)))
      const at = lying >= 0 ? lying : open.findIndex(isOf)
      const [taken] = at < 0 ? [] : open.splice(at, 1)
      if (taken) {
        items.push(taken)
        placements.push(placement)
      } else say('pieces', `${sku} was not ordered so often`)
    }
    return { parcel, items, placements, carton: problem.cartons.find(({ code }) => code === parcel.carton) ?? null }
  })
  const rest = new Map<string, number>()
  for (const { sku } of open) rest.set(sku, (rest.get(sku) ?? 0) + 1)
  for (const { sku, quantity } of packed.unpacked) rest.set(sku, (rest.get(sku) ?? 0) - quantity)
  for (const [sku, count] of rest) if (count !== 0) say('pieces', `${count} of ${sku} are neither packed nor refused`)
  return opened
}

/** A set in several parcels is said on each of them, and is not said where it is whole. */
function checkSets(opened: readonly Opened[], say: Say): void {
  const holders = new Map<string, Set<Opened>>()
  for (const each of opened)
    for (const { handling } of each.items)
      if (handling.keepTogether !== undefined)
        holders.set(handling.keepTogether, (holders.get(handling.keepTogether) ?? new Set()).add(each))
  const split = new Set([...holders.values()].filter((parcels) => parcels.size > 1).flatMap((parcels) => [...parcels]))
  for (const each of opened)
    if ((each.parcel.why.code === 'set-split') !== split.has(each)) say('keep-together', each.parcel.why.code)
}

function checkClaims({ parcels, proof, unpacked }: PackedOrder, mode: string, say: Say): void {
  const { parcelsLowerBound, fewestParcels, best } = proof
  if (parcelsLowerBound > parcels.length) say('proof', `at least ${parcelsLowerBound}, has ${parcels.length}`)
  if (fewestParcels && parcelsLowerBound < parcels.length) say('proof', `fewest, but perhaps ${parcelsLowerBound}`)
  if (best && !fewestParcels && mode === 'fewest') say('proof', 'best without being fewest')
  if (parcels.length > 0 && parcelsLowerBound < 1) say('proof', 'pieces without a parcel')
  if (unpacked.some(({ quantity }) => quantity < 1)) say('pieces', 'nothing is refused')
}

function checkSums({ orders, totals }: PackingResult, say: Say): void {
  let [parcels, outerCm3, billableG, unpacked] = [0, 0, 0, 0]
  for (const order of orders) {
    for (const entry of order.unpacked) unpacked += entry.quantity
    for (const parcel of order.parcels) {
      parcels++
      outerCm3 += parcel.outerCm3
      billableG += parcel.billableG
    }
  }
  const { ms: _ms, ...said } = totals
  const wants = { parcels, outerCm3, billableG, unpacked }
  for (const name of ['parcels', 'outerCm3', 'billableG', 'unpacked'] as const)
    if (said[name] !== wants[name]) say('totals', `${name} ${said[name]}, not ${wants[name]}`)
}
