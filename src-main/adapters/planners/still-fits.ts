import { addedTo, fitCatalogueOf, roomOf, stillFits, type FitCatalogue } from '../../engines/packing/index.ts'
import type { PlannedParcel, Planners } from '../../ports/planners.ts'

/** What is asked while somebody looks on: too short for a thread, and the list too long to be sent to one. */
export function stillFitsHere(): Pick<Planners, 'stillFits' | 'addedTo'> {
  const prepared = new WeakMap<object, FitCatalogue>()
  const roomIn = ({ setup, parcel, items }: PlannedParcel) => roomOf(setup, { parcel, items })
  return {
    async stillFits(planned, products) {
      const room = roomIn(planned)
      if (!room) return []
      const catalogue = prepared.get(products) ?? fitCatalogueOf(products)
      prepared.set(products, catalogue)
      return stillFits(room, catalogue)
    },
    async addedTo(planned, product) {
      const room = roomIn(planned)
      return room && addedTo(room, product)
    },
  }
}
