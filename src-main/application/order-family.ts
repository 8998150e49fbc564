import { parcelLetter } from '../kernel/ids.ts'
import type { Order } from '../domain/order.ts'
import type { ReportedPackage } from '../domain/outbox.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { OrderWithParcels } from '../ports/store/order-store.ts'
import type { Store } from '../ports/store/store.ts'

// An order and those that carry it on are one order to the storefront and to the customer.

/** The order under whose name a storefront hears of this one: itself, or the one it carries on. */
export async function addresseeOf(store: Pick<Store, 'findOrder'>, order: Order): Promise<Order | undefined> {
  return order.follows ? (await store.findOrder(order.follows.orderId))?.order : order
}

interface Present {
  /** Orders as they are about to be saved, and all parcels of theirs. */
  readonly orders: readonly Order[]
  readonly parcels: readonly Parcel[]
}

/** The list of packages a customer sees: the living parcels of the order by letter, then those that carry it on. */
export async function packagesTold(
  store: Pick<Store, 'findOrder' | 'findFollowers'>,
  order: Order,
  present: Present,
): Promise<readonly ReportedPackage[]> {
  const now = (member: OrderWithParcels): OrderWithParcels => {
    const own = present.orders.find(({ id }) => id === member.order.id)
    return own ? { order: own, parcels: present.parcels.filter(({ orderId }) => orderId === own.id) } : member
  }
  const isPresent = present.orders.some(({ id }) => id === order.id)
  const parcels = isPresent ? [] : ((await store.findOrder(order.id))?.parcels ?? [])
  const family = [now({ order, parcels }), ...(await store.findFollowers(order.id)).map(now)]
  let before = 0
  return family.flatMap((member) => {
    const packages = packagesOf(member, before)
    before += member.parcels.length
    return packages
  })
}

/** Letters go on where those of the orders before it end: to the customer it is one order. */
function packagesOf({ order, parcels }: OrderWithParcels, before: number): readonly ReportedPackage[] {
  const externalLineById = new Map(order.lines.map((line) => [line.id, line.externalId]))
  return parcels.flatMap((parcel, index) =>
    parcel.status === 'cancelled'
      ? []
      : {
          parcelId: parcel.id,
          letter: before === 0 ? parcel.letter : parcelLetter(before + index),
          carton: parcel.carton ?? null,
          grossG: parcel.totals.grossG,
          contents: parcel.contents.map((content) => ({
            externalLineId: externalLineById.get(content.orderLineId) ?? content.orderLineId,
            sku: content.sku,
            quantity: content.quantity,
          })),
          why: parcel.why,
        },
  )
}
