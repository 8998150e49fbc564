import { addToParcel, openStillFits } from '../../application/still-fits.ts'
import { orderWouldDo } from '../../application/what-would-do.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { parcelOperations } from '../../contract/operations/parcels.ts'
import type { Handlers } from '../handlers.ts'

export function parcelHandlers(workshop: Workshop): Pick<Handlers, keyof typeof parcelOperations> {
  const stillFits = openStillFits(workshop)
  return {
    'parcels.still-fits': (input) => stillFits(input),
    'orders.what-would-do': ({ order }, caller) => orderWouldDo(workshop, caller, order),
    'parcels.with-more': (input) => addToParcel(workshop, input),
  }
}
