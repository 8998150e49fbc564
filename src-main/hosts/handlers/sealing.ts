import { changeSealing, reissueWave, sealingState } from '../../application/change-sealing.ts'
import { openAtPacking } from '../../application/open-at-packing.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { sealingOperations } from '../../contract/operations/sealing.ts'
import type { Handlers } from '../handlers.ts'
import type { PinGate } from './pin-gate.ts'

type SealingHandlers = Pick<Handlers, keyof typeof sealingOperations>

export function sealingHandlers(workshop: Workshop, gate: PinGate): SealingHandlers {
  return {
    'sealing.get': () => sealingState(workshop),
    'sealing.change': (input, caller) => changeSealing(workshop, caller, input),
    'sealing.reissue': (input, caller) => reissueWave(workshop, caller, input.wave),
    'pack.open-recipient': (input, caller) =>
      gate.prove({ caller, name: input.name }, () => openAtPacking(workshop, caller, input)),
  }
}
