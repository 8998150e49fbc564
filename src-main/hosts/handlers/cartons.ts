import { adviseCartons } from '../../application/advise-cartons.ts'
import { exportCartons, removeCarton, saveCarton } from '../../application/keep-cartons.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { cartonOperations } from '../../contract/operations/cartons.ts'
import type { Handlers } from '../handlers.ts'

export function cartonHandlers(workshop: Workshop): Pick<Handlers, keyof typeof cartonOperations> {
  return {
    'cartons.save': (input, caller) => saveCarton(workshop, caller, input),
    'cartons.remove': ({ code }, caller) => removeCarton(workshop, caller, code),
    'cartons.export': ({ delimiter }) => exportCartons(workshop, { delimiter, decimal: '.', plainCodes: true }),
    'cartons.advise': (input, caller) => adviseCartons(workshop, caller, input),
  }
}
