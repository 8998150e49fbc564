import { fulfilmentTable } from '../domain/fulfilment.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { Store } from '../ports/store/store.ts'

export type FoundParcel =
  | { readonly parcel: Parcel }
  | { readonly problem: 'no-number' | 'several-parcels' | 'unknown-parcel' | 'other-courier' | 'ended' }

/** Finds our parcels in what a carrier gave back; each is looked up once. */
export interface ParcelFinder {
  /** By the number that a table or a person names. */
  byNumber(number: string): Promise<FoundParcel>
  /** By whatever on a page may be a number: ours first, else the carrier's own. */
  byWords(words: readonly string[], byTracking: ReadonlyMap<string, Parcel>): Promise<FoundParcel>
}

/** Our own numbers: a letter and eleven digits, or an SSCC, which carriers print with its application identifier. */
const ownNumber = /^(?:[A-Z]\d{11}|(?:00)?\d{18})$/
/** A page that is all numbers is no label. */
const mostLookedUp = 50

export function parcelFinder(store: Pick<Store, 'findParcel'>, carrierCode: string): ParcelFinder {
  const known = new Map<string, Parcel | undefined>()
  const find = async (number: string): Promise<Parcel | undefined> => {
    const plain = number.replace(/\s+/g, '').toUpperCase()
    if (!known.has(plain)) known.set(plain, await findByNumber(store, plain))
    return known.get(plain)
  }
  const judged = (parcel: Parcel | undefined): FoundParcel => {
    if (!parcel) return { problem: 'unknown-parcel' }
    if (parcel.carrierCode !== carrierCode) return { problem: 'other-courier' }
    return fulfilmentTable[parcel.status].isEnded ? { problem: 'ended' } : { parcel }
  }
  return {
    byNumber: async (number) => judged(await find(number)),
    async byWords(words, byTracking) {
      const found = new Map<string, Parcel>()
      const candidates = [...new Set(words.filter((word) => ownNumber.test(word)))].slice(0, mostLookedUp)
      for (const word of candidates) {
        const parcel = await find(word)
        if (parcel) found.set(parcel.id, parcel)
      }
      if (found.size === 0)
        for (const word of words) {
          const parcel = byTracking.get(word)
          if (parcel) found.set(parcel.id, parcel)
        }
      const [only, ...others] = found.values()
      if (others.length > 0) return { problem: 'several-parcels' }
      return only ? judged(only) : { problem: 'no-number' }
    },
  }
}

/** Ids are no numbers: nobody outside knows them. */
async function findByNumber(store: Pick<Store, 'findParcel'>, number: string): Promise<Parcel | undefined> {
  for (const candidate of [number, ...(/^00\d{18}$/.test(number) ? [number.slice(2)] : [])]) {
    const parcel = await store.findParcel(candidate)
    if (parcel?.number === candidate) return parcel
  }
  return undefined
}
