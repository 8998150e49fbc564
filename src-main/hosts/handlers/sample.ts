import { removeSample } from '../../application/remove-sample.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { sampleOperations } from '../../contract/operations/sample.ts'
import { usualStations } from '../../domain/station-network.ts'
import { noNetwork } from '../../ports/station-network.ts'
import type { Handlers, RoomOptions } from '../handlers.ts'

type SampleHandlers = Pick<Handlers, keyof typeof sampleOperations>

export const sampleHandlers = (
  workshop: Workshop,
  { clearShopFiles = () => undefined, network = noNetwork }: Pick<RoomOptions, 'clearShopFiles' | 'network'>,
): SampleHandlers => ({
  async 'shop.remove-sample'(input) {
    await removeSample(workshop, { isConfirmed: input.confirmed, clearFiles: clearShopFiles })
    // Nobody shall knock at the door of a shop that is gone.
    await network.apply(usualStations)
    return null
  },
})
