import { addToParcel, openStillFits } from '../../application/still-fits.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { parcelOperations } from '../../contract/operations/parcels.ts'
import type { Handlers } from '../handlers.ts'

export function parcelHandlers(workshop: Workshop): Pick<Handlers, keyof typeof parcelOperations> {
  const stillFits = openStillFits(workshop)
  return {
    'parcels.still-fits': (input) => stillFits(input),
    'parcels.with-more': (input) => addToParcel(workshop, input),
  }
}
