import { AppError } from '../kernel/errors.ts'
import { toJson } from '../kernel/json.ts'
import { counterConnectionId } from '../domain/counter.ts'
import { totalsIncludingTax } from '../domain/invoice-amounts.ts'
import { piecesOf, type FollowReason, type Order, type OrderLine } from '../domain/order.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { Settings } from '../domain/settings.ts'
import { auditEntry, newId } from './audit.ts'
import { getOrder } from './change-order.ts'
import { findScanned } from './find-scanned.ts'
import { openPersonal } from './open-personal.ts'
import { nextOrderCode } from './order-code.ts'
import { counterConnection } from './place-counter-order.ts'
import { searchTokens } from './search-tokens.ts'
import { nameOf } from './take-return.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'vault'>

export interface FollowUp {
  readonly orderId: string
  readonly code: string
  readonly pieces: number
  /** False when it had been made before. */
  readonly isNew: boolean
}

/**
 * Sends what was in a lost, refused or returned parcel once more: a new order that costs nothing and carries on the
 * first one, so that the storefront and the customer see its packages beside the others. Once for each parcel. Throws
 * ERR_ORDER_NOT_FOUND, ERR_STATUS_NOT_ALLOWED for a parcel that is neither, ERR_ORDER_PURGED when nobody knows any more
 * where it goes.
 */
export async function sendAgain(deps: Deps, caller: Caller, code: string): Promise<FollowUp> {
  const { file, parcel } = await findScanned(deps.store, code)
  if (!parcel) throw new AppError('ERR_PARCEL_NOT_NAMED', { order: file.order.code, parcels: file.parcels.length })
  if (parcel.status !== 'failed' && parcel.status !== 'returned')
    throw new AppError('ERR_STATUS_NOT_ALLOWED', { parcel: nameOf(parcel), from: parcel.status, to: 'replacement' })
  const lines = parcel.contents.map(({ orderLineId, sku, quantity }) => ({
    ...lineFor(file.order, orderLineId),
    sku,
    quantity,
    unitPriceMinor: 0,
  }))
  return place(deps, caller, { of: file.order, key: `replacement:${parcel.id}`, why: 'replacement', lines, parcel })
}

export interface Part {
  readonly orderLineId: string
  readonly quantity: number
}

/**
 * Parts pieces from an order that nobody works on yet; they travel as an order of their own, at the same prices. Throws
 * ERR_STATUS_NOT_ALLOWED once it is planned, ERR_SPLIT_WHOLE when nothing or everything is parted.
 */
export async function splitOrder(
  deps: Deps,
  caller: Caller,
  input: { readonly order: string; readonly parts: readonly Part[] },
): Promise<FollowUp> {
  const { order } = await getOrder(deps.store, input.order)
  if (order.status !== 'received' && order.status !== 'on-hold')
    throw new AppError('ERR_STATUS_NOT_ALLOWED', { order: order.code, from: order.status, to: 'split' })
  const wanted = sumByLine(input.parts)
  for (const line of order.lines) requireAtMost(line, wanted.get(line.id) ?? 0, piecesOf(line))
  const left = order.lines.reduce((sum, line) => sum + piecesOf(line) - (wanted.get(line.id) ?? 0), 0)
  const parted = linesOf(order, wanted)
  if (parted.length === 0 || left === 0) throw new AppError('ERR_SPLIT_WHOLE', { order: order.code })
  const rest: Order = {
    ...order,
    lines: order.lines.map((line) => ({ ...line, withdrawn: line.withdrawn + (wanted.get(line.id) ?? 0) })),
  }
  return place(deps, caller, { of: order, key: `split:${newId(deps.system)}`, why: 'split', lines: parted, rest })
}

/**
 * Sends pieces later that were missing when the order was picked: they were withdrawn then, and become an order of
 * their own, at the same prices. Without `parts` everything that is still owed. Throws ERR_SPLIT_WHOLE when nothing is.
 */
export async function sendRest(
  deps: Deps,
  caller: Caller,
  input: { readonly order: string; readonly parts?: readonly Part[] | undefined },
): Promise<FollowUp> {
  const { order } = await getOrder(deps.store, input.order)
  const owed = await owedPieces(deps, order)
  const wanted = input.parts ? sumByLine(input.parts) : owed
  for (const line of order.lines) requireAtMost(line, wanted.get(line.id) ?? 0, owed.get(line.id) ?? 0)
  const lines = linesOf(order, wanted)
  if (lines.length === 0) throw new AppError('ERR_SPLIT_WHOLE', { order: order.code })
  return place(deps, caller, { of: order, key: `rest:${newId(deps.system)}`, why: 'rest', lines })
}

/** Pieces by line that will not come with this order and are in none that carries it on. */
export async function owedPieces({ store }: Pick<Deps, 'store'>, order: Order): Promise<ReadonlyMap<string, number>> {
  const followers = await store.findFollowers(order.id)
  const parted = followers
    .filter(({ order: one }) => one.follows?.why !== 'replacement' && one.status !== 'cancelled')
    .flatMap(({ order: one }) => one.lines)
  return new Map(
    order.lines.map((line) => {
      const elsewhere = parted
        .filter(({ externalId, sku }) => externalId === line.externalId && sku === line.sku)
        .reduce((sum, one) => sum + one.quantity, 0)
      return [line.id, Math.max(0, line.withdrawn - elsewhere)]
    }),
  )
}

const sumByLine = (parts: readonly Part[]): ReadonlyMap<string, number> => {
  const sum = new Map<string, number>()
  for (const { orderLineId, quantity } of parts) sum.set(orderLineId, (sum.get(orderLineId) ?? 0) + quantity)
  return sum
}

function requireAtMost(line: OrderLine, quantity: number, most: number): void {
  if (quantity > most) throw new AppError('ERR_PICK_TOO_MANY', { quantity, open: most, sku: line.sku })
}

const linesOf = (order: Order, wanted: ReadonlyMap<string, number>): readonly OrderLine[] =>
  order.lines.flatMap((line) => {
    const quantity = wanted.get(line.id) ?? 0
    return quantity > 0 ? [{ ...line, quantity }] : []
  })

function lineFor(order: Order, orderLineId: string): OrderLine {
  const line = order.lines.find(({ id }) => id === orderLineId)
  if (!line) throw new AppError('ERR_INTERNAL', { what: 'line-of-no-order', order: order.code })
  return line
}

interface Placing {
  readonly of: Order
  /** Made once for each follow-up: the same again is the same order. */
  readonly key: string
  readonly why: FollowReason
  readonly lines: readonly OrderLine[]
  /** The order without what is parted from it; saved with it. */
  readonly rest?: Order | undefined
  readonly parcel?: Parcel | undefined
}

async function place(deps: Deps, caller: Caller, placing: Placing): Promise<FollowUp> {
  const { store } = deps
  const settings = await store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const pieces = placing.lines.reduce((sum, line) => sum + line.quantity, 0)
  const [before] = await store.findImported(counterConnectionId, [placing.key])
  if (before) return { orderId: before.id, code: before.code, pieces, isNew: false }
  await counterConnection(deps, caller)
  const order = await followerOf(deps, settings, placing)
  await store.upsertImportedOrders({
    connectionId: counterConnectionId,
    orders: [...(placing.rest ? [placing.rest] : []), order],
    users: [],
    // Nobody is told before there is a package to tell of.
    reports: [],
    events: [
      { id: newId(deps.system), orderId: order.id, status: order.status, at: order.placedAt, source: caller.source, actor: caller.actor, reason: placing.why }, // prettier-ignore
    ],
    searchTokens: [{ orderId: order.id, tokens: tokensOf(deps, placing.of) }],
    audit: auditEntry(deps.system, caller, {
      action: `follow-up-${placing.why}`,
      entity: 'order',
      entityId: order.code,
      facts: { of: placing.parcel ? nameOf(placing.parcel) : placing.of.code, pieces },
    }),
  })
  return { orderId: order.id, code: order.code, pieces, isNew: true }
}

async function followerOf(deps: Deps, settings: Settings, { of, key, why, lines }: Placing): Promise<Order> {
  const personal = openPersonal(deps.vault, of)
  if (!personal && of.service !== 'collect') throw new AppError('ERR_ORDER_PURGED', { order: of.code })
  const id = newId(deps.system)
  const at = deps.system.clock.now()
  const own = lines.map((line) => ({ ...line, id: newId(deps.system), withdrawn: 0 }))
  return {
    ...of,
    id,
    code: await nextOrderCode(deps.store, { at, zone: settings.shop.zone }),
    connectionId: counterConnectionId,
    externalId: key,
    placedAt: at,
    importedAt: at,
    window: undefined,
    lines: own,
    totals: totalsIncludingTax(own, 0),
    payment: why === 'replacement' ? 'paid' : of.payment,
    status: 'received',
    isPartly: false,
    holds: [],
    personal: personal && deps.vault.seal(id, toJson(personal)),
    contentHash: '',
    said: undefined,
    follows: { orderId: of.follows?.orderId ?? of.id, why },
  }
}

function tokensOf(deps: Deps, of: Order): readonly string[] {
  const personal = openPersonal(deps.vault, of)
  if (!personal) return []
  const { recipient, email } = personal
  const contact = { email, phone: recipient.phone }
  return searchTokens(deps.vault, { deliveryAddress: recipient, user: { name: recipient.name, contact } })
}
