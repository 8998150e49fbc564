import type { Order } from '../domain/order.ts'
import type { Settings } from '../domain/settings.ts'
import type { Connection } from '../ports/store/order-store.ts'
import type { OpenOrder, RefusedEntry, Storefront } from '../ports/storefront.ts'
import { auditEntry } from './audit.ts'
import { addCounts, importOrders, nothingRead } from './import-orders.ts'
import { ownWordOf } from './own-word.ts'
import { question, questionOf } from './storefront-question.ts'
import { inTurn } from './traffic.ts'
import { untouched } from './take-order.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'vault' | 'system' | 'geocoder'>

export interface Reconciled {
  /** Open orders that the storefront named. */
  readonly compared: number
  /** Read again because they differed, were missing here, or are open here only. */
  readonly differing: number
  /** Were open there and missing here: the feed had lost them. */
  readonly foundMissing: number
  /** Known here and put right. */
  readonly repaired: number
  /** Known no more at the storefront. */
  readonly gone: number
  readonly refused: readonly RefusedEntry[]
  /** Every open order was read whole. */
  readonly isFull: boolean
}

/** Orders asked for by name in one go. */
const batchSize = 50
/** More than so many orders gone at once, and more than half of what is here: rather a broken host than so many wishes. */
const massLossFrom = 5

/**
 * Compares every open order of a storefront with ours, by id, status and date, and reads again what differs, what is
 * missing here, and what is open here only: what the feed never told is found here. `isFull` reads every open order
 * whole, which finds edits that move no date.
 */
export async function reconcileOrders(
  deps: Deps,
  caller: Caller,
  side: {
    readonly connection: Connection
    readonly settings: Settings
    readonly storefront: Pick<Storefront, 'listOpenIds' | 'getOrders'>
    readonly isFull: boolean
  },
): Promise<Reconciled> {
  const { connection, settings, storefront, isFull } = side
  const open = new Map((await storefront.listOpenIds()).map((order) => [order.id, order]))
  const inHouse = await deps.store.findOrdersInHouse(connection.id)
  const known = await knownOf(deps, connection.id, [...open.keys()])
  for (const order of inHouse) known.set(order.externalId, order)
  const differing = [...known.keys(), ...open.keys()].filter((id) => differs(known.get(id), open.get(id)))
  const toRead = [...new Set(isFull ? [...differing, ...open.keys()] : differing)]

  const lost: string[] = []
  let intake = nothingRead
  for (let from = 0; from < toRead.length; from += batchSize) {
    const now = await storefront.getOrders(toRead.slice(from, from + batchSize))
    lost.push(...now.missing)
    intake = addCounts(intake, await inTurn(caller, () => importOrders(deps, caller, { connection, settings, entries: now.found, refused: now.refused }))) // prettier-ignore
    caller.watch.report({ step: 'reconcile-orders', done: from, total: toRead.length })
  }
  const isMassLoss = lost.length > massLossFrom && lost.length * 2 > inHouse.length
  if (lost.length > 0)
    intake = addCounts(intake, await inTurn(caller, () => importOrders(deps, caller, { connection, settings, entries: [], refused: [], gone: lost, isMassLoss }))) // prettier-ignore
  await inTurn(caller, async () => {
    const ours = await deps.store.findImported(connection.id, [...open.keys()])
    await askAboutCancelled(
      deps,
      caller,
      ours.filter(({ status }) => status === 'cancelled'),
    )
  })
  return {
    compared: open.size,
    differing: new Set(differing).size,
    foundMissing: intake.new,
    repaired: intake.changed,
    gone: lost.length,
    refused: intake.refused,
    isFull,
  }
}

/** Ours by the storefront's ids. */
async function knownOf(deps: Deps, connectionId: string, ids: readonly string[]): Promise<Map<string, Order>> {
  const known = await deps.store.findImported(connectionId, ids)
  return new Map(known.map((order) => [order.externalId, order]))
}

function differs(here: Order | undefined, there: OpenOrder | undefined): boolean {
  if (!here) return true
  // Set aside from a wave with a question open: the storefront's word is to be taken now.
  if (untouched.has(here.status) && questionOf(here) !== undefined) return true
  if (!there) return here.said?.status !== 'cancelled' && here.said?.status !== 'gone'
  return here.said?.status !== there.status || here.said.changedAt !== there.changedAt
}

/** Cancelled here, the storefront has been told so, and still it is open there: somebody must say which is right. */
async function askAboutCancelled(deps: Deps, caller: Caller, cancelled: readonly Order[]): Promise<void> {
  for (const order of cancelled) {
    if (order.holds.length > 0 || !(await ownWordOf(deps.store, order)).is('cancelled')) continue
    await deps.store.saveOrderChange({
      orders: [{ ...order, holds: [question('open-at-storefront')] }],
      parcels: [],
      events: [],
      reports: [],
      movements: [],
      audit: auditEntry(deps.system, caller, { action: 'reconcile', entity: 'order', entityId: order.code }),
    })
  }
}
