import { AppError } from '../kernel/errors.ts'
import { canonicalJson, toJson } from '../kernel/json.ts'
import { fulfilmentTable } from '../domain/fulfilment.ts'
import type { Order } from '../domain/order.ts'
import type { Recipient } from '../domain/recipient.ts'
import { hasFloorBegun } from '../domain/wave.ts'
import { auditEntry } from './audit.ts'
import { getOrder } from './change-order.ts'
import { issueLabels } from './issue-labels.ts'
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
 * pick. Throws ERR_STATUS_NOT_ALLOWED once a parcel has left, ERR_CHANGE_TOO_LATE for another area after picking began,
 * ERR_ORDER_PURGED, and what issueLabels and planWave throw.
 */
export async function changeAddress(
  deps: Workshop,
  caller: Caller,
  input: { readonly order: string; readonly recipient: Recipient },
): Promise<AddressChange> {
  const { order, parcels } = await getOrder(deps.store, input.order)
  const living = parcels.filter(({ status }) => status !== 'cancelled')
  const gone = living.find(({ status }) => fulfilmentTable[status].rank >= fulfilmentTable['handed-over'].rank)
  if (gone || order.status === 'cancelled')
    throw new AppError('ERR_STATUS_NOT_ALLOWED', {
      order: order.code,
      from: gone?.status ?? 'cancelled',
      to: 'address',
    })
  const moved = await movedTo(deps, order, input.recipient)
  const waveId = living[0]?.waveId
  const bundle = waveId === undefined ? undefined : await deps.store.loadWave(waveId)
  const isElsewhere = moved.country !== order.country || moved.postcodeArea !== order.postcodeArea
  if (bundle && isElsewhere && hasFloorBegun(bundle.wave.stage))
    throw new AppError('ERR_CHANGE_TOO_LATE', { order: order.code, status: order.status, area: moved.postcodeArea })
  await save(deps, caller, moved, input.recipient)
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

// eslint-disable-next-line max-params -- which order, and where it goes
async function save(deps: Workshop, caller: Caller, order: Order, recipient: Recipient): Promise<void> {
  const email = openPersonal(deps.vault, order)?.email
  const contact = { email, phone: recipient.phone }
  await deps.store.upsertImportedOrders({
    connectionId: order.connectionId,
    orders: [order],
    users: [],
    events: [],
    reports: [],
    searchTokens: [
      {
        orderId: order.id,
        tokens: searchTokens(deps.vault, { deliveryAddress: recipient, user: { name: recipient.name, contact } }),
      },
    ],
    audit: auditEntry(deps.system, caller, { action: 'change-address', entity: 'order', entityId: order.code }),
  })
}
