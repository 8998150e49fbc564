import type { CollectionBundle } from '../ports/store/dispatch-store.ts'
import { collectionDay } from './collection-day.ts'
import { isWithheld } from './withheld.ts'
import type { Workshop } from './workshop.ts'

/** A packed parcel that waits for its courier. */
export interface WaitingParcel {
  readonly number: string
  readonly orderId: string
  readonly orderCode: string
  readonly letter: string
  readonly grossG: number
  readonly sequence: string | undefined
  /** Why it would stay behind if the manifest were closed now. */
  readonly stays: 'asked' | 'no-label' | undefined
  /** The day of the collection that it was packed for, where that is over. */
  readonly missed: string | undefined
}

/** What a courier's next collection takes along, and what it does not. */
export interface Collection {
  readonly courier: string
  readonly name: string
  /** Local day and time of the next collection. */
  readonly day: string
  readonly at: string
  readonly parcels: readonly WaitingParcel[]
}

/** By courier, in the order of the courier list. Parcels that missed their collection come first. */
export async function listCollections({
  store,
  system,
}: Pick<Workshop, 'store' | 'system'>): Promise<readonly Collection[]> {
  const collections: Collection[] = []
  for (const { code } of await store.loadCarriers())
    collections.push(collectionOf(await store.loadCollection(code), system.clock.now()))
  return collections
}

/** What the next collection takes along of what is packed. */
export function collectionOf(bundle: CollectionBundle, now: number): Collection {
  const { carrier } = bundle
  const day = collectionDay(carrier, now, bundle.settings.shop.zone)
  const asked = new Set(bundle.orders.filter(isWithheld).map(({ id }) => id))
  const labelled = new Set(bundle.documents.filter(({ kind }) => kind === 'label').map((one) => one.subjectId))
  const dayByParcel = new Map(
    bundle.consignments.flatMap((one) => one.parcelIds.map((id) => [id, one.collectionDay] as const)),
  )
  const parcels = bundle.parcels.map((parcel): WaitingParcel => {
    const planned = dayByParcel.get(parcel.id)
    return {
      number: parcel.number ?? '',
      orderId: parcel.orderId,
      orderCode: parcel.orderCode,
      letter: parcel.letter,
      grossG: parcel.totals.grossG,
      sequence: parcel.sequence,
      stays: asked.has(parcel.orderId) ? 'asked' : labelled.has(parcel.id) ? undefined : 'no-label',
      missed: planned !== undefined && planned < day ? planned : undefined,
    }
  })
  const byMissed = (one: WaitingParcel): number => (one.missed === undefined ? 1 : 0)
  return {
    courier: carrier.code,
    name: carrier.name,
    day,
    at: carrier.collection,
    parcels: parcels.toSorted((a, b) => byMissed(a) - byMissed(b)),
  }
}
