import type { Order } from '../../src-main/domain/order.ts'
import type { OrderFile } from '../../src-main/ports/store/order-store.ts'
import type { Store } from '../../src-main/ports/store/store.ts'
import type { Vault } from '../../src-main/ports/vault.ts'
import { skus, type World, type WorldOrder } from './world.ts'

interface Known {
  readonly world: World
  readonly store: Store
  readonly vault: Vault
  /** Orders that somebody here decided to keep as they were. */
  readonly kept?: ReadonlySet<string> | undefined
  /** SKUs that the storefront has ever told us of; what was off sale before we came has no tombstone everywhere. */
  readonly everListed?: ReadonlySet<string> | undefined
}

const untouched: readonly string[] = ['received', 'on-hold']
const inHouse: readonly string[] = ['planned', 'picking', 'packed']
/** A question about what the storefront changed is put to the manager. */
const isAsked = (order: Order): boolean => order.holds.some(({ facts }) => facts['changed'] !== undefined)

/**
 * What is wrong when the host and we have both come to rest, found without the program's own help: every order once,
 * none lost, none stale, every report with one effect and in order, the same stock on both sides.
 */
export async function complaints(known: Known): Promise<readonly string[]> {
  const { world, store } = known
  const found: string[] = []
  const page = await store.listOrders({ offset: 0, limit: 1000 })
  const files = await Promise.all(page.rows.map(({ order }) => store.findOrder(order.id)))
  const byExternalId = new Map<string, OrderFile[]>()
  for (const file of files)
    if (file) byExternalId.set(file.order.externalId, [...(byExternalId.get(file.order.externalId) ?? []), file])
  const placed = world.orders()
  for (const there of placed) {
    const here = byExternalId.get(there.id) ?? []
    if (here.length > 1) found.push(`${there.id} is here ${here.length} times`)
    const file = here[0]
    const said = file ? wrongWith(known, there, file) : wrongWithout(there)
    found.push(...said.map((what) => `${there.id} (${there.status} there, ${file?.order.status ?? 'absent'} here): ${what}`)) // prettier-ignore
  }
  for (const id of byExternalId.keys())
    if (!placed.some((there) => there.id === id)) found.push(`${id} is here and never was there`)
  const { waiting } = await store.outboxState()
  if (waiting > 0) found.push(`${waiting} reports still wait`)
  return [...found, ...(await wrongStock(known))]
}

const wrongWithout = (there: WorldOrder): readonly string[] =>
  there.status === 'open' || there.status === 'on-hold' ? ['lost'] : []

function wrongWith(known: Known, there: WorldOrder, file: OrderFile): readonly string[] {
  const isKept = known.kept?.has(file.order.id) === true
  return [...(isKept ? [] : [...wrongStatus(there, file), ...wrongContent(known, there, file)]), ...wrongReports(known, there, file)] // prettier-ignore
}

/** Held for what the storefront says, and released by a person all the same: that is a decision. */
const wasReleased = ({ order, events }: OrderFile, said: string): boolean =>
  order.said?.status === said && events.some(({ status }) => status === 'on-hold')

/** What happened to an order, for whoever looks for the cause. */
const historyOf = ({ order, events, reports }: OrderFile): string =>
  [
    `said ${order.said?.status}`,
    ...events.map((event) => `${event.status} ${event.reason ?? ''}`),
    ...reports.map(({ state, payload }) => (payload.kind === 'report' ? `${payload.report.kind}:${payload.report.parcelId ? 'parcel:' : ''}${state}` : '')), // prettier-ignore
  ].join(', ')

function wrongStatus(there: WorldOrder, file: OrderFile): readonly string[] {
  const { order, reports } = file
  const isUntouched = untouched.includes(order.status)
  switch (there.status) {
    case 'open':
      if (order.status === 'cancelled' && !isAsked(order)) {
        const isRefused = reports.some((message) => message.state === 'refused')
        return isRefused ? [] : [`cancelled here and open there, and nobody is told (${historyOf(file)})`]
      }
      return isUntouched && order.holds.some(({ facts }) => facts['by'] === 'storefront') ? ['held for a reason that is gone'] : [] // prettier-ignore
    case 'on-hold':
      return order.status === 'received' && !wasReleased(file, 'on-hold') ? ['on hold there and not here'] : []
    case 'cancelled':
    case 'gone':
      if (isUntouched && !isAsked(order)) return ['ended there and still to be worked here']
      return inHouse.includes(order.status) && !isAsked(order) ? ['ended there and nobody is told'] : []
    case 'completed':
      return order.status === 'received' && !wasReleased(file, 'completed')
        ? ['completed there and still to be worked here']
        : []
  }
}

const linesText = (lines: readonly { id: string; sku: string; quantity: number }[]): string =>
  lines.map(({ id, sku, quantity }) => `${id}:${sku}:${quantity}`).toSorted().join(' ') // prettier-ignore

function wrongContent({ vault }: Known, there: WorldOrder, { order }: OrderFile): readonly string[] {
  if (there.status !== 'open' && there.status !== 'on-hold') return []
  const isUntouched = untouched.includes(order.status)
  if (!isUntouched && !inHouse.includes(order.status)) return []
  const wrong: string[] = []
  const wanted = linesText(there.lines)
  const all = linesText(order.lines.map((line) => ({ id: line.externalId, sku: line.sku, quantity: line.quantity })))
  const left = linesText(order.lines.map((line) => ({ id: line.externalId, sku: line.sku, quantity: line.quantity - line.withdrawn })).filter(({ quantity }) => quantity > 0)) // prettier-ignore
  if (all !== wanted && left !== wanted && !isAsked(order)) wrong.push(`lines are [${all}] here and [${wanted}] there`)
  const personal =
    order.personal &&
    (vault.open(order.id, order.personal) as {
      recipient: { name: string; lines: readonly string[]; postcode: string }
    }) // sealed by take-order // prettier-ignore
  const at = personal && [personal.recipient.name, ...personal.recipient.lines, personal.recipient.postcode].join(', ')
  const shall = [there.person.name, there.person.street, there.person.postcode].join(', ')
  if (at !== shall && !isAsked(order)) wrong.push(`address is [${at}] here and [${shall}] there`)
  return wrong
}

function wrongReports({ world }: Known, there: WorldOrder, { order, parcels, reports }: OrderFile): readonly string[] {
  const wrong: string[] = []
  const effects = world.effects(there.id)
  const told = reports.flatMap((message) =>
    message.payload.kind === 'report' ? [{ message, report: message.payload.report }] : [],
  )
  for (const { message, report } of told) {
    if (message.state !== 'sent') continue
    const times = effects.filter(({ key }) => key === report.id || key === `${report.sequence}`).length
    if (times !== 1) wrong.push(`report ${report.sequence} ${report.kind} has had ${times} effects`)
  }
  const order_ = effects.map(({ key }) => told.find(({ report }) => report.id === key || `${report.sequence}` === key)?.report.sequence ?? 0) // prettier-ignore
  if (order_.some((sequence, index) => index > 0 && sequence < (order_[index - 1] ?? 0)))
    wrong.push(`reports took effect in the order ${order_.join(', ')}`)
  if (there.status === 'gone' || reports.some(({ state }) => state === 'refused') || order.status === 'cancelled') return wrong // prettier-ignore
  const seen = world.parcels(there.id)
  for (const parcel of parcels)
    if (parcel.status !== 'cancelled' && seen.get(parcel.id) !== parcel.status)
      wrong.push(`parcel ${parcel.letter} is ${parcel.status} here and ${seen.get(parcel.id)} there`)
  return wrong
}

async function wrongStock({ world, store }: Known): Promise<readonly string[]> {
  const levels = await store.loadStockLevels()
  const page = await store.listOrders({ offset: 0, limit: 1000 })
  return skus.flatMap((sku) => {
    if (!world.isOnSale(sku)) return []
    let free = 0
    for (const level of levels)
      if (level.sku === sku && level.of === 'product') free += Math.max(0, level.onHand - level.reserved)
    for (const { order } of page.rows)
      if (untouched.includes(order.status) && !order.holds.some(({ code }) => code === 'unpackable'))
        for (const line of order.lines) if (line.sku === sku) free -= line.quantity - line.withdrawn
    const here = Math.max(0, free)
    const there = world.sellable(sku)
    return here === there ? [] : [`${sku}: ${here} can be sold here and ${there} are offered there`]
  })
}

/** Products that are on sale on one side only: some platforms say what they delete once a day, and no sooner. */
export async function wrongProducts({ world, store, everListed }: Known): Promise<readonly string[]> {
  const products = await store.loadProducts([...skus])
  return products
    .filter(({ sku, active }) => active !== world.isOnSale(sku) && everListed?.has(sku) !== false)
    .map(({ sku, active }) => `${sku} is ${active ? 'on' : 'off'} sale here and ${active ? 'off' : 'on'} sale there`)
}
