import { asciiBytes, asciiText } from '../kernel/base64.ts'
import { utf8Bytes, utf8Text } from '../kernel/utf8.ts'
import { AppError } from '../kernel/errors.ts'
import {
  withRecipients,
  type DeliveryInformation,
  type DeliveryRecipient,
  type KeptRecipient,
} from '../domain/delivery-information.ts'
import type { IssuedDocument } from '../domain/document.ts'
import type { Order } from '../domain/order.ts'
import type { Recipient } from '../domain/recipient.ts'
import type { RecordOwner, Vault } from '../ports/vault.ts'
import type { Workshop } from './workshop.ts'

// Papers that name a person in clear lie sealed under the data key of that person's order. When the key is deleted they
// are forgotten with the order, in the store, in the folder, and wherever a copy of either has gone.

/** What sealing a paper takes. */
export interface Keeping {
  readonly vault: Pick<Vault, 'sealBeside'>
}
type Reading = Pick<Workshop, 'vault' | 'store' | 'files'>

/** What is written in the place of a paper's bytes. Throws ERR_ORDER_NOT_FOUND when the order is forgotten already. */
export function keepPaper({ vault }: Keeping, order: Order, paper: { id: string; bytes: Uint8Array }): Uint8Array {
  return asciiBytes(vault.sealBeside(ownerOf(order), aboutPaper(paper.id), paper.bytes))
}

/**
 * The bytes of an issued document that is kept as a file, opened where it lies sealed. Throws ERR_DOCUMENT_NOT_FOUND
 * once its order is forgotten, and what the vault throws.
 */
export async function readKeptPaper(deps: Reading, { id, keptFor }: IssuedDocument): Promise<Uint8Array> {
  if (keptFor === undefined) return deps.files.read(id)
  const [order] = await deps.store.findOrders([keptFor])
  if (!order?.personal) throw new AppError('ERR_DOCUMENT_NOT_FOUND', { document: id, why: 'forgotten' })
  return deps.vault.openBeside(ownerOf(order), aboutPaper(id), asciiText(await deps.files.read(id)))
}

/** The text under which delivery information is kept: whoever stands in it in clear is sealed. */
export function keepDelivery({ vault }: Keeping, delivery: DeliveryInformation, orders: readonly Order[]): string {
  const orderByCode = new Map(orders.map((order) => [order.code, order]))
  const kept = withRecipients(delivery, ({ recipient, orderCode, number }): KeptRecipient => {
    if ('sealed' in recipient) return recipient
    const order = orderByCode.get(orderCode)
    if (!order) throw new AppError('ERR_ORDER_NOT_FOUND', { order: orderCode })
    const content = utf8Bytes(JSON.stringify(recipient.plain))
    return { kept: vault.sealBeside(ownerOf(order), aboutRecipient(number), content), orderId: order.id }
  })
  return JSON.stringify(kept)
}

/** Kept delivery information as it was issued. A recipient who was forgotten since is a sealed block with nothing inside. */
export async function openKeptDelivery(
  deps: Pick<Reading, 'vault' | 'store'>,
  kept: DeliveryInformation<KeptRecipient>,
): Promise<DeliveryInformation> {
  const parcels = kept.routes.flatMap(({ stops }) => stops.flatMap((stop) => stop.parcels))
  const orderIds = parcels.flatMap(({ recipient }) => ('kept' in recipient ? [recipient.orderId] : []))
  const orders = new Map((await deps.store.findOrders(orderIds)).map((order) => [order.id, order]))
  return withRecipients(kept, ({ recipient, number }): DeliveryRecipient => {
    if ('sealed' in recipient) return recipient
    const order = orders.get(recipient.orderId)
    if (!order?.personal) return { sealed: '' }
    const content = utf8Text(deps.vault.openBeside(ownerOf(order), aboutRecipient(number), recipient.kept))
    // What opens is what keepDelivery sealed, bound to this order and this parcel.
    return { plain: JSON.parse(content ?? '') as Recipient }
  })
}

/** Delivery information as it lies in the store; undefined for a document of another kind. */
export function keptDelivery({ kind, text }: IssuedDocument): DeliveryInformation<KeptRecipient> | undefined {
  // Written by keepDelivery, and since then changed by an erasure at most.
  return kind === 'delivery' && text !== undefined
    ? (JSON.parse(text) as DeliveryInformation<KeptRecipient>)
    : undefined
}

const aboutPaper = (documentId: string): string => `paper ${documentId}`
const aboutRecipient = (parcelNumber: string): string => `recipient of ${parcelNumber}`

function ownerOf(order: Order): RecordOwner {
  if (!order.personal) throw new AppError('ERR_ORDER_NOT_FOUND', { order: order.code, missing: 'address' })
  return { id: order.id, record: order.personal }
}
