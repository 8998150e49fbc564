import { AppError } from '../kernel/errors.ts'
import type { Order } from '../domain/order.ts'
import { hasFloorBegun } from '../domain/wave.ts'
import type { Connection, OrderFile } from '../ports/store/order-store.ts'
import type { StorefrontOrder } from '../ports/storefront.ts'
import { cancelOrder, getOrder, releaseOrder } from './change-order.ts'
import { importOrders } from './import-orders.ts'
import { issueLabels } from './issue-labels.ts'
import { saveTold, withAddressOf } from './read-before-labels.ts'
import { getConnection } from './read-feed.ts'
import { planWave } from './run-wave.ts'
import { auditEntry } from './audit.ts'
import { question, questionOf, withoutQuestion } from './storefront-question.ts'
import { takeOrder, untouched } from './take-order.ts'
import { inTurn, talkAlone } from './traffic.ts'
import type { Caller, Workshop } from './workshop.ts'

/** `settled`: the storefront has changed its mind meanwhile, and there is nothing left to ask. */
export type TakenOver = 'settled' | 'cancelled' | 'revived' | 'moved' | 'replanned'

/**
 * Takes over what a storefront has changed of an order in work, as it is there at this moment: a cancelled order is
 * cancelled, a new address is put on a new label, other lines, services and windows are planned again while nobody has
 * begun to pick. Throws ERR_CHANGE_TOO_LATE where that is not possible any more, and what the storefront port throws
 * when nobody answers there.
 */
export async function takeOverChange(
  deps: Workshop,
  caller: Caller,
  input: { readonly order: string },
): Promise<TakenOver> {
  const { order } = await getOrder(deps.store, input.order)
  if (!questionOf(order)) return 'settled'
  const connection = await getConnection(deps, order.connectionId)
  return talkAlone(caller, connection.id, async () => {
    const now = await deps.storefrontFor(connection).getOrders([order.externalId])
    return inTurn(caller, () => takeOver(deps, caller, { orderId: order.id, connection, entry: now.found[0] }))
  })
}

interface Asked {
  readonly orderId: string
  readonly connection: Connection
  /** Absent = the storefront knows it no more. */
  readonly entry: StorefrontOrder | undefined
}

async function takeOver(deps: Workshop, caller: Caller, { orderId, connection, entry }: Asked): Promise<TakenOver> {
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const before = (await getOrder(deps.store, orderId)).order
  const gone = entry ? [] : [before.externalId]
  const page = { connection, settings, entries: entry ? [entry] : [], refused: [], gone }
  await importOrders(deps, caller, page)
  const file = await getOrder(deps.store, orderId)
  const { order } = file
  const facts = questionOf(order)?.facts
  switch (facts?.['changed']) {
    case undefined:
      return 'settled'
    case 'cancelled-at-storefront':
    case 'gone-at-storefront':
      await cancelOrder(deps, caller, { order: order.id, reason: String(facts?.['changed']) })
      return 'cancelled'
    case 'open-at-storefront':
      await deps.store.saveOrderChange(ownWord(deps, caller, { ...order, holds: [], said: { status: 'cancelled', changedAt: 0 } })) // prettier-ignore
      await importOrders(deps, caller, page)
      return 'revived'
    case 'changed-at-storefront':
      if (entry) return change(deps, caller, { file, entry, connection })
      break
  }
  throw new AppError('ERR_CHANGE_TOO_LATE', { order: order.code, status: order.status })
}

interface Changing {
  readonly file: OrderFile
  readonly entry: StorefrontOrder
  readonly connection: Connection
}

/** Facts that change what stands on the label alone. */
const onLabelOnly: ReadonlySet<string> = new Set(['changed', 'address', 'note'])
/** Facts that people on the floor need not know of. */
const onPaperOnly: ReadonlySet<string> = new Set([...onLabelOnly, 'windowFrom', 'windowTo'])

async function change(deps: Workshop, caller: Caller, { file, entry, connection }: Changing): Promise<TakenOver> {
  const { order, parcels } = file
  const names = Object.keys(questionOf(order)?.facts ?? {})
  const waveId = parcels.find(({ status }) => status !== 'cancelled')?.waveId
  const bundle = waveId === undefined ? undefined : await deps.store.loadWave(waveId)
  if (!bundle) throw new AppError('ERR_CHANGE_TOO_LATE', { order: order.code, status: order.status })
  const isBegun = hasFloorBegun(bundle.wave.stage)
  if (names.every((name) => (isBegun ? onPaperOnly : onLabelOnly).has(name))) {
    const moved = await withAddressOf(deps, order, entry)
    if (!moved) throw new AppError('ERR_CHANGE_TOO_LATE', { order: order.code, status: order.status })
    await saveTold(deps, caller, { order: { ...moved, window: entry.window }, entry, action: 'take-over-change' })
    const own = new Set(parcels.map(({ id }) => id))
    const isLabelled = bundle.documents.some(({ kind, subjectId }) => kind === 'label' && own.has(subjectId))
    if (isLabelled) await issueLabels(deps, caller, bundle.wave.id)
    return 'moved'
  }
  if (isBegun) throw new AppError('ERR_CHANGE_TOO_LATE', { order: order.code, status: order.status })
  const products = await deps.store.loadProducts([...new Set(entry.lines.map(({ sku }) => sku))])
  const taken = await takeOrder(deps, {
    entry,
    before: { ...order, status: 'received' },
    contentHash: order.contentHash,
    page: { connection, settings: bundle.settings },
    productBySku: new Map(products.map((product) => [product.sku, product])),
  })
  const { status, isPartly } = order
  await saveTold(deps, caller, { order: { ...taken.order, status, isPartly }, entry, action: 'take-over-change' })
  await planWave(deps, caller, bundle.wave.id)
  return 'replanned'
}

/**
 * Keeps an order as it is here, whatever its storefront says: the question goes, and comes again only when the
 * storefront changes something else. Throws ERR_ORDER_NOT_FOUND.
 */
export async function keepAsItIs(
  deps: Pick<Workshop, 'store' | 'system'>,
  caller: Caller,
  idOrCode: string,
): Promise<void> {
  const { order } = await getOrder(deps.store, idOrCode)
  const asked = questionOf(order)
  if (!asked) return
  if (untouched.has(order.status)) return releaseOrder(deps, caller, order.id, { isDecided: true })
  // Cancelled here and open there for good: remembered, so that nobody is asked each day.
  const kept = order.status === 'cancelled' ? [{ code: 'by-hand' as const, facts: { kept: question('open-at-storefront').facts['changed'] ?? '' } }] : [] // prettier-ignore
  await deps.store.saveOrderChange(ownWord(deps, caller, { ...order, holds: [...withoutQuestion(order.holds), ...kept] })) // prettier-ignore
}

const ownWord = (deps: Pick<Workshop, 'system'>, caller: Caller, order: Order) => ({
  orders: [order],
  parcels: [],
  events: [],
  reports: [],
  movements: [],
  audit: auditEntry(deps.system, caller, { action: 'answer-question', entity: 'order', entityId: order.code }),
})
