import { changeAddress } from '../../application/change-address.ts'
import { nextSteps } from '../../application/consequences.ts'
import { findReturn } from '../../application/find-return.ts'
import { sendAgain, sendRest, splitOrder } from '../../application/follow-up.ts'
import { mergeOrders } from '../../application/merge-orders.ts'
import { reportParcel } from '../../application/report-parcel.ts'
import { getWave } from '../../application/run-wave.ts'
import { substitute } from '../../application/substitute.ts'
import { takeBack } from '../../application/take-back.ts'
import { takeReturn, undoReturn } from '../../application/take-return.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { returnOperations } from '../../contract/operations/returns.ts'
import type { Handlers } from '../handlers.ts'

type ReturnHandlers = Pick<Handlers, keyof typeof returnOperations>

export const returnHandlers = (workshop: Workshop): ReturnHandlers => ({
  'returns.find': (input) => findReturn(workshop, input.code),
  'returns.take': (input, caller) => takeReturn(workshop, caller, input),
  async 'returns.undo'(input, caller) {
    await undoReturn(workshop, caller, input)
    return null
  },
  'parcels.report': (input, caller) => reportParcel(workshop, caller, input),
  'parcels.send-again': (input, caller) => sendAgain(workshop, caller, input.code),
  'orders.next-steps': (input) => nextSteps(workshop, input.order),
  'orders.split': (input, caller) => splitOrder(workshop, caller, input),
  'orders.send-rest': (input, caller) => sendRest(workshop, caller, input),
  'orders.merge': (input, caller) => mergeOrders(workshop, caller, input),
  'orders.change-address': (input, caller) => changeAddress(workshop, caller, input),
  'orders.undo': (input, caller) => takeBack(workshop, caller, input),
  'waves.substitute': async ({ wave, ...pick }, caller) =>
    substitute(workshop, caller, { waveId: (await getWave(workshop.store, wave)).id, ...pick }),
})
