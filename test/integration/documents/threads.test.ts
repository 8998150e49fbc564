import { describe, expect, test } from 'vitest'
import { createDocuments, threadedDocuments } from '../../../src-main/adapters/documents/index.ts'
import { sampleDelivery } from '../../fixtures/documents/sample-delivery.ts'
import { sampleSelection } from '../../fixtures/documents/sample-selection.ts'

const fontsFolder = 'resources/fonts'
const here = createDocuments({ fontsFolder })

describe('papers drawn in threads', () => {
  const documents = threadedDocuments({ fontsFolder, threads: 2 })

  test('are the same to the byte as those drawn here, in the order in which they were asked for', async () => {
    const selection = sampleSelection({ orders: 6 })
    const delivery = sampleDelivery({ stops: 12 })
    const [tour] = selection.tours
    const drawAll = (by: typeof here): Promise<readonly Uint8Array[]> =>
      Promise.all([
        ...selection.tours.map((one) => by.pickSheet(selection, one)),
        ...delivery.routes.flatMap(({ stops }) =>
          stops.flatMap((stop) => stop.parcels.map((parcel) => by.label(delivery, stop, parcel))),
        ),
        ...selection.orders.map((order) => by.packingSlip(selection, order)),
        by.counterSlip({ shopName: 'Laden am Markt', locale: 'de', issuedAt: 0, number: 'L00000000178', orderCode: '231-07', letter: 'A', n: 1, of: 2, grossG: 850, handling: ['fragile'] }), // prettier-ignore
      ])
    const [threaded, plain] = [await drawAll(documents), await drawAll(here)]
    expect(tour).toBeDefined()
    expect(threaded.length).toBeGreaterThan(24)
    expect(threaded.map((bytes, i) => Buffer.compare(bytes, plain[i] ?? new Uint8Array()))).toEqual(
      threaded.map(() => 0),
    )
  })

  test('that are refused there are refused here, with the same words', async () => {
    const delivery = sampleDelivery({ stops: 20, recipient: { sealed: '' } })
    const refusals = await Promise.all(
      delivery.routes.flatMap(({ stops }) =>
        stops.map((stop) => documents.label(delivery, stop, stop.parcels[0]!).catch((error: unknown) => error)),
      ),
    )
    expect(refusals).toHaveLength(20)
    for (const [i, refusal] of refusals.entries()) {
      const parcelNumber = delivery.routes[0]!.stops[i]!.parcels[0]!.number
      expect(refusal).toMatchObject({ code: 'ERR_SEALED_BLOCK_INVALID', details: { parcelNumber } })
    }
  })
})
