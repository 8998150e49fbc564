import { compareCartons } from '../../application/compare-cartons.ts'
import { listPlannable } from '../../application/list-plannable.ts'
import { wavePreviews } from '../../application/preview-wave.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { planWaveOperations } from '../../contract/operations/plan-wave.ts'
import type { Handlers } from '../handlers.ts'

export function planWaveHandlers(workshop: Workshop): Pick<Handlers, keyof typeof planWaveOperations> {
  // Lives as long as the room: plans are remembered from tick to tick.
  const previews = wavePreviews(workshop)
  return {
    'waves.plannable': () => listPlannable(workshop),
    'waves.preview': (input, caller) => previews.preview(caller, input),
    'cartons.compare': (input, caller) => compareCartons(workshop, caller, input),
  }
}
