import { AppError } from '../kernel/errors.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { OrderFile } from '../ports/store/order-store.ts'
import { getOrder } from './change-order.ts'
import type { Workshop } from './workshop.ts'

/** What a code in somebody's hand names: an order, or one of its parcels. */
export interface Scanned {
  readonly file: OrderFile
  readonly parcel: Parcel | undefined
}

/**
 * A scanned number first (ours, an SSCC with or without its GS1 identifier, the courier's tracking number), then the
 * code of an order, then that of a parcel: an order's code with a letter behind. Throws ERR_ORDER_NOT_FOUND.
 */
export async function findScanned(
  store: Pick<Workshop['store'], 'findParcel' | 'findTracked' | 'findOrder'>,
  typed: string,
): Promise<Scanned> {
  const plain = typed.trim()
  const code = plain.toUpperCase()
  // A scanner may say the GS1 application identifier before an SSCC, and a symbology before that.
  const number = /^(?:\]C1)?(?:\(00\)|00)(\d{18})$/.exec(code)?.[1] ?? code
  const parcel = (await store.findParcel(number)) ?? (await store.findParcel(plain)) ?? (await store.findTracked(plain))
  if (parcel) return { file: await getOrder(store, parcel.orderId), parcel }
  const whole = (await store.findOrder(plain)) ?? (await store.findOrder(code))
  if (whole) return { file: whole, parcel: undefined }
  const [, orderCode, letter] = /^(.*\d)([A-Z]{1,2})$/.exec(code) ?? []
  const file = orderCode === undefined ? undefined : await store.findOrder(orderCode)
  const lettered = file?.parcels.find((one) => one.letter === letter)
  if (!file || !lettered) throw new AppError('ERR_ORDER_NOT_FOUND', { order: plain.slice(0, 40) })
  return { file, parcel: lettered }
}
