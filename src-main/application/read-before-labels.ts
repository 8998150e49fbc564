import { AppError } from '../kernel/errors.ts'
import { canonicalJson, toJson } from '../kernel/json.ts'
import type { Order } from '../domain/order.ts'
import { fulfilmentTable } from '../domain/fulfilment.ts'
import type { Settings } from '../domain/settings.ts'
import type { Connection } from '../ports/store/order-store.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import type { StorefrontOrder } from '../ports/storefront.ts'
import { auditEntry } from './audit.ts'
import { importOrders } from './import-orders.ts'
import { isOnline } from './is-online.ts'
import { searchTokens } from './search-tokens.ts'
import { questionOf, withoutQuestion } from './storefront-question.ts'
import { notesOf } from './sync-round.ts'
import { recipientOf } from './take-order.ts'
import { inTurn, talkAlone } from './traffic.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'vault' | 'system' | 'geocoder' | 'storefrontFor'>

/** A wave is not kept waiting longer than this for all its storefronts together. */
const patienceMs = 6_000

/** Order id -> since when its address has not been asked for again; orders that were asked just now are not in it. */
export type AddressesAsOf = ReadonlyMap<string, number>

/**
 * Reads the orders of a wave again that are about to get their labels: their address may have changed. What has changed
 * in place alone is taken over at once, as no label says otherwise yet; everything else becomes a question as ever. A
 * storefront that does not answer in time is passed over, and its orders keep the address they have.
 */
export async function readBeforeLabels(deps: Deps, caller: Caller, waveId: string): Promise<AddressesAsOf> {
  const bundle = await deps.store.loadWave(waveId)
  const orders = unlabelled(bundle)
  const connections = await deps.store.loadConnections()
  const asked = await Promise.all(
    connections.filter(isOnline).map(async (connection) => {
      const own = orders.filter((order) => order.connectionId === connection.id)
      const isAnswered =
        own.length === 0 || (await ask(deps, caller, { connection, settings: bundle.settings, orders: own }))
      return isAnswered ? [] : own.map((order) => [order.id, knownSince(connection, order)] as const)
    }),
  )
  return new Map(asked.flat())
}

/** Its storefront was heard in full at the last good round; before the first, when the order came in. */
const knownSince = (connection: Connection, order: Order): number =>
  Math.max(connection.lastSyncAt ?? 0, order.importedAt)

/** Orders with a parcel that is still here and has no label in force. */
function unlabelled(bundle: WaveBundle): readonly Order[] {
  const labelled = new Set(bundle.documents.filter(({ kind }) => kind === 'label').map(({ subjectId }) => subjectId))
  const waiting = new Set(
    bundle.parcels
      .filter(
        ({ id, status }) => !labelled.has(id) && fulfilmentTable[status].rank < fulfilmentTable['handed-over'].rank,
      )
      .map(({ orderId }) => orderId),
  )
  return bundle.orders.filter((order) => waiting.has(order.id) && order.service !== 'collect')
}

interface Asking {
  readonly connection: Connection
  readonly settings: Settings
  readonly orders: readonly Order[]
}

/** True when the storefront has answered for all of them in time. */
async function ask(deps: Deps, caller: Caller, { connection, settings, orders }: Asking): Promise<boolean> {
  if ((notesOf(connection).failure?.retryAt ?? 0) > deps.system.clock.now()) return false
  const read = async (): Promise<true> => {
    const now = await deps.storefrontFor(connection).getOrders(orders.map((order) => order.externalId))
    await inTurn(caller, async () => {
      await importOrders(deps, caller, { connection, settings, entries: now.found, refused: now.refused, gone: now.missing }) // prettier-ignore
      await moveAddresses(deps, caller, { connection, found: now.found })
    })
    return true
  }
  try {
    const talk = (): Promise<true> => talkAlone(caller, connection.id, read)
    return (await (caller.traffic ? caller.traffic.atMost(patienceMs, talk) : talk())) === true
  } catch (cause) {
    if (cause instanceof AppError && cause.code.startsWith('ERR_STOREFRONT_')) return false
    throw cause
  }
}

/** Takes over new addresses where nothing but the address has changed, and it lies where the same courier goes. */
async function moveAddresses(
  deps: Deps,
  caller: Caller,
  told: { readonly connection: Connection; readonly found: readonly StorefrontOrder[] },
): Promise<void> {
  const ids = told.found.map(({ id }) => id)
  const known = await deps.store.findImported(told.connection.id, ids)
  for (const order of known) {
    const entry = told.found.find(({ id }) => id === order.externalId)
    if (!entry || !isAddressAlone(order)) continue
    const moved = await withAddressOf(deps, order, entry)
    if (moved) await saveTold(deps, caller, { order: moved, entry, action: 'move-address' })
  }
}

function isAddressAlone(order: Order): boolean {
  const facts = questionOf(order)?.facts
  if (facts?.['changed'] !== 'changed-at-storefront') return false
  return Object.keys(facts).every((name) => name === 'changed' || name === 'address' || name === 'note')
}

/** The order with the recipient the storefront tells now, and no question about it any more. */
export async function withAddressOf(
  deps: Pick<Deps, 'vault' | 'geocoder'>,
  order: Order,
  entry: StorefrontOrder,
): Promise<Order | undefined> {
  const recipient = recipientOf(entry)
  if (!recipient || !order.personal) return undefined
  const told = entry.deliveryAddress?.coordinates
  const at = told ? { ...told, accuracyM: 0, source: 'order' as const } : await deps.geocoder.locate(recipient)
  const personal = { recipient, email: entry.user.contact.email, note: entry.instructions, at }
  return {
    ...order,
    holds: withoutQuestion(order.holds),
    addressToken: deps.vault.token('address', canonicalJson(toJson({ userId: entry.user.userId, recipient }))),
    personal: deps.vault.seal(order.id, toJson(personal), order.personal),
  }
}

/** Saves what the storefront told of an order in work, found from now on by what it is called now. */
export const saveTold = (
  deps: Pick<Deps, 'store' | 'system' | 'vault'>,
  caller: Caller,
  saved: { readonly order: Order; readonly entry: StorefrontOrder; readonly action: string },
): Promise<void> =>
  deps.store.upsertImportedOrders({
    connectionId: saved.order.connectionId,
    orders: [saved.order],
    users: [],
    events: [],
    reports: [],
    searchTokens: [{ orderId: saved.order.id, tokens: searchTokens(deps.vault, saved.entry) }],
    audit: auditEntry(deps.system, caller, { action: saved.action, entity: 'order', entityId: saved.order.code }),
  })
