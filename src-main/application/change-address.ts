import { AppError } from '../kernel/errors.ts'
import { canonicalJson, toJson } from '../kernel/json.ts'
import { fulfilmentTable } from '../domain/fulfilment.ts'
import type { Order } from '../domain/order.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { Recipient } from '../domain/recipient.ts'
import type { UserDetails } from '../domain/user.ts'
import { hasFloorBegun } from '../domain/wave.ts'
import type { OrderFile, UndoChange } from '../ports/store/order-store.ts'
import { auditEntry } from './audit.ts'
import { getOrder } from './change-order.ts'
import { issueLabels } from './issue-labels.ts'
import { keepAddress, offerOf, type UndoOffer } from './keep-for-undo.ts'
import { openPersonal } from './open-personal.ts'
import { planWave } from './run-wave.ts'
import { searchTokens } from './search-tokens.ts'
import { postcodeAreaOf } from './storefront-question.ts'
import type { Caller, Workshop } from './workshop.ts'

/** `kept`: it stood on nothing yet. `relabelled`: old labels are void. `replanned`: another area, so another plan. */
export type AddressChange = 'kept' | 'relabelled' | 'replanned'

/**
 * Sends an order elsewhere because the customer asks for it. Before planning it is just written down; afterwards its
 * labels are void and new ones issued, and an address in another area is planned again as long as nobody has begun to
 * pick. Can be taken back. Throws ERR_STATUS_NOT_ALLOWED once a parcel has left, ERR_CHANGE_TOO_LATE for another area
 * after picking began, ERR_ORDER_PURGED, and what issueLabels and planWave throw.
 */
export async function changeAddress(
  deps: Workshop,
  caller: Caller,
  input: { readonly order: string; readonly recipient: Recipient },
): Promise<{ readonly outcome: AddressChange; readonly undo: UndoOffer | undefined }> {
  const file = await getOrder(deps.store, input.order)
  requireHere(file)
  const moved = await movedTo(deps, file.order, input.recipient)
  const kept = keepAddress(deps, file.order, moved)
  const outcome = await moveOrder(deps, caller, { file, moved, undo: { kept }, action: 'change-address' })
  return { outcome, undo: offerOf(kept) }
}

interface Moving {
  readonly file: OrderFile
  /** The order with where it goes now. */
  readonly moved: Order
  readonly undo: UndoChange
  readonly action: string
}

/** Saves where an order goes, and makes its labels and its plan fit. Throws what changeAddress throws. */
export async function moveOrder(deps: Workshop, caller: Caller, moving: Moving): Promise<AddressChange> {
  const { file, moved } = moving
  const { order } = file
  const living = requireHere(file)
  const waveId = living[0]?.waveId
  const bundle = waveId === undefined ? undefined : await deps.store.loadWave(waveId)
  const isElsewhere = moved.country !== order.country || moved.postcodeArea !== order.postcodeArea
  if (bundle && isElsewhere && hasFloorBegun(bundle.wave.stage))
    throw new AppError('ERR_CHANGE_TOO_LATE', { order: order.code, status: order.status, area: moved.postcodeArea })
  await save(deps, caller, moving)
  if (!bundle) return 'kept'
  if (isElsewhere) {
    await planWave(deps, caller, bundle.wave.id)
    return 'replanned'
  }
  const own = new Set(living.map(({ id }) => id))
  if (!bundle.documents.some(({ kind, subjectId }) => kind === 'label' && own.has(subjectId))) return 'kept'
  await issueLabels(deps, caller, bundle.wave.id)
  return 'relabelled'
}

/** The living parcels of an order of which none has left. Throws ERR_STATUS_NOT_ALLOWED. */
function requireHere({ order, parcels }: OrderFile): readonly Parcel[] {
  const living = parcels.filter(({ status }) => status !== 'cancelled')
  const gone = living.find(({ status }) => fulfilmentTable[status].rank >= fulfilmentTable['handed-over'].rank)
  if (gone || order.status === 'cancelled')
    throw new AppError('ERR_STATUS_NOT_ALLOWED', {
      order: order.code,
      from: gone?.status ?? 'cancelled',
      to: 'address',
    })
  return living
}

async function movedTo(deps: Workshop, order: Order, recipient: Recipient): Promise<Order> {
  const before = openPersonal(deps.vault, order)
  if (!before && order.service !== 'collect') throw new AppError('ERR_ORDER_PURGED', { order: order.code })
  const at = await deps.geocoder.locate(recipient)
  const to = { ...recipient, instructions: recipient.instructions ?? before?.recipient.instructions }
  return {
    ...order,
    country: to.country,
    postcodeArea: postcodeAreaOf(to),
    addressToken: deps.vault.token('address', canonicalJson(toJson({ userId: order.userId, recipient: to }))),
    personal: deps.vault.seal(order.id, toJson({ ...before, recipient: to, at }), order.personal),
  }
}

async function save(deps: Workshop, caller: Caller, { moved, undo, action }: Moving): Promise<void> {
  await deps.store.upsertImportedOrders({
    connectionId: moved.connectionId,
    orders: [moved],
    users: [],
    events: [],
    reports: [],
    searchTokens: [{ orderId: moved.id, tokens: await tokensOf(deps, moved) }],
    undo,
    audit: auditEntry(deps.system, caller, { action, entity: 'order', entityId: moved.code }),
  })
}

/** An order is found by who gets it and by who has ordered it. */
async function tokensOf(deps: Workshop, order: Order): Promise<readonly string[]> {
  const personal = openPersonal(deps.vault, order)
  if (!personal) return []
  const { recipient, email } = personal
  const user = await deps.store.findUser(order.userId)
  // What the vault opens is what take-order sealed for this user.
  const known = user?.personal && (deps.vault.open(order.userId, user.personal) as unknown as UserDetails)
  const { name, contact } = known ?? { name: recipient.name, contact: { email, phone: recipient.phone } }
  return searchTokens(deps.vault, { deliveryAddress: recipient, user: { name, contact } })
}
