import type { StorefrontOrderStatus } from '../../src-main/ports/storefront.ts'

/** Who orders: made up, and different enough that a mixed-up address is seen. */
export interface Person {
  readonly userId: string
  readonly name: string
  readonly street: string
  readonly postcode: string
}

export interface WorldLine {
  /** The storefront's id of the line. */
  readonly id: string
  readonly sku: string
  /** Pieces the customer still gets: what was refunded is taken off. */
  readonly quantity: number
}

/** An order as the host would show it to an honest reader right now. */
export interface WorldOrder {
  readonly id: string
  /** `gone` = in the bin or deleted: no list names it. */
  readonly status: StorefrontOrderStatus | 'gone'
  readonly lines: readonly WorldLine[]
  readonly person: Person
}

/** A report that has changed something at the host. */
export interface Effect {
  readonly key: string
  readonly kind: string
  readonly parcelId: string | undefined
}

/** Whether the host tells of a change in its feed, or keeps it to itself as real ones do now and then. */
export interface Telling {
  readonly isSilent: boolean
}

/**
 * A storefront with people in it: customers, an administrator, and now and then somebody with a database tool. Every
 * method is the deed of such a person and answers false where the shop would not let them.
 */
export interface World {
  readonly platform: string
  readonly url: string
  readonly token: string
  /** Answers one request as the host does on a good day. */
  answer(request: Request): Promise<Response>
  place(wants: Readonly<Record<string, number>>, person: Person): string | undefined
  /** Sets the quantity of one line; refunding is setting it lower. */
  editLine(id: string, change: { readonly line: number; readonly quantity: number }, telling: Telling): boolean
  editAddress(id: string, person: Person, telling: Telling): boolean
  setStatus(id: string, status: StorefrontOrderStatus, telling: Telling): boolean
  trash(id: string): boolean
  restore(id: string, telling: Telling): boolean
  renameProduct(sku: string, name: string): void
  deleteProduct(sku: string): void
  restoreProduct(sku: string): void
  isOnSale(sku: string): boolean
  orders(): readonly WorldOrder[]
  sellable(sku: string): number
  /** What reports have done to an order, in the order in which it happened. */
  effects(orderId: string): readonly Effect[]
  /** What the customer sees of an order's parcels: status by our parcel id; ended ones may be missing. */
  parcels(orderId: string): ReadonlyMap<string, string>
  close(): void
}

export const skus = ['TEA', 'MUG', 'PAINT'] as const

export const people: readonly Person[] = [
  { userId: 'ada', name: 'Ada Ahorn', street: 'Ahornweg 1', postcode: '10115' },
  { userId: 'ben', name: 'Ben Birke', street: 'Birkenweg 2', postcode: '12043' },
  { userId: 'cleo', name: 'Cleo Cornelius', street: 'Kirschweg 3', postcode: '80331' },
  { userId: 'dora', name: 'Dora Dorn', street: 'Dornweg 4', postcode: '10117' },
]
