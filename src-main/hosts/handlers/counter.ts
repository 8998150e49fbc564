import { findCustomers } from '../../application/find-customers.ts'
import { handOverAtCounter, waitingAtCounter } from '../../application/hand-over-at-counter.ts'
import { placeAtCounter } from '../../application/place-at-counter.ts'
import { previewOrder } from '../../application/preview-order.ts'
import { returnUncollected } from '../../application/return-uncollected.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { counterOperations } from '../../contract/operations/counter.ts'
import type { Handlers } from '../handlers.ts'

type CounterHandlers = Pick<Handlers, keyof typeof counterOperations>

export const counterHandlers = (workshop: Workshop): CounterHandlers => ({
  'customers.find': (input, caller) => findCustomers(workshop, caller, input.typed),
  'orders.preview': (input, caller) => previewOrder(workshop, caller, input),
  'orders.place': (input, caller) => placeAtCounter(workshop, caller, input),
  'counter.waiting': () => waitingAtCounter(workshop),
  'counter.hand-over': (input, caller) => handOverAtCounter(workshop, caller, input.code),
  'counter.return': (input, caller) => returnUncollected(workshop, caller, input.order),
})
