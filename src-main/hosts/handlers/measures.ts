import { openWorklist } from '../../application/catalogue-worklist.ts'
import { estimateMeasures } from '../../application/estimate-measures.ts'
import { confirmMeasures, measureProducts } from '../../application/measure-product.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { measureOperations } from '../../contract/operations/measures.ts'
import type { Handlers } from '../handlers.ts'

type MeasureHandlers = Pick<Handlers, keyof typeof measureOperations>

export const measureHandlers = (workshop: Workshop): MeasureHandlers => ({
  'catalogue.worklist': openWorklist(workshop),
  'catalogue.measure': ({ changes }, caller) => measureProducts(workshop, caller, changes),
  'catalogue.confirm-measures': (input, caller) => confirmMeasures(workshop, caller, input),
  'catalogue.estimate': (input, caller) => estimateMeasures(workshop, caller, input),
})
