import { describe, expect, test } from 'vitest'
import { createDocuments } from '../../../src-main/adapters/documents/create-documents.ts'
import { threadedDocuments } from '../../../src-main/adapters/documents/index.ts'
import { realSystem } from '../../../src-main/adapters/system/system.ts'
import { filesOrNone, issueMany } from '../../../src-main/application/issue-many.ts'
import type { Caller } from '../../../src-main/application/workshop.ts'
import type { DocumentFiles } from '../../../src-main/ports/documents.ts'
import { sampleDelivery } from '../../fixtures/documents/sample-delivery.ts'
import { sampleSelection } from '../../fixtures/documents/sample-selection.ts'

const fontsFolder = 'resources/fonts'
const here = createDocuments({ fontsFolder })

describe('papers drawn in threads', () => {
  const documents = threadedDocuments({ fontsFolder, threads: 2 })

  test('are the same to the byte as those drawn here, in the order in which they were asked for', async () => {
    const selection = sampleSelection({ orders: 2 })
    const delivery = sampleDelivery({ stops: 10 })
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
    expect(threaded.length).toBeGreaterThan(16)
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

  test('are drawn here after all when a thread cannot draw', async () => {
    const delivery = sampleDelivery({ stops: 8 })
    const broken = threadedDocuments({
      fontsFolder,
      threads: 1,
      entry: new URL('data:text/javascript,process.exit(1)'),
    })
    const drawn = await Promise.all(
      delivery.routes.flatMap(({ stops }) =>
        stops.flatMap((stop) => stop.parcels.map((parcel) => broken.label(delivery, stop, parcel))),
      ),
    )
    expect(drawn).toHaveLength(12)
    expect(drawn.every((bytes) => Buffer.from(bytes.subarray(0, 5)).toString() === '%PDF-')).toBe(true)
  })

  test('leave the caller free: a person who cancels in the middle is heard, and nothing stays behind', async () => {
    const delivery = sampleDelivery({ stops: 150 })
    const files = new Map<string, Uint8Array>()
    let isCancelled = false
    const cancelling = setTimeout(() => (isCancelled = true), 30)
    const folder: DocumentFiles = {
      write: async (id, _name, bytes) => void files.set(id, bytes),
      read: async (id) => files.get(id) ?? new Uint8Array(),
      remove: async (id) => void files.delete(id),
      list: async () => [...files.keys()].map((documentId) => ({ documentId, writtenAt: 0 })),
    }
    const papers = delivery.routes.flatMap(({ stops }) =>
      stops.flatMap((stop) =>
        stop.parcels.map((parcel) => ({
          kind: 'label' as const,
          subjectId: parcel.number,
          version: 1,
          fingerprint: 'f',
          fileName: `${parcel.number}.pdf`,
          draw: () => documents.label(delivery, stop, parcel),
        })),
      ),
    )
    const caller: Caller = { actor: 'cli:test', source: 'cli', watch: { report: () => undefined, isCancelled: () => isCancelled } } // prettier-ignore
    const vault = {
      sealBeside: () => {
        throw new Error('these papers name nobody')
      },
    }
    const issued = filesOrNone(folder, (own) =>
      issueMany({ files: own, system: realSystem, vault }, caller, { step: 'issue-labels', papers }),
    )
    await expect(issued).rejects.toMatchObject({ code: 'ERR_CANCELLED' })
    expect(files.size).toBe(0)
    clearTimeout(cancelling)
  })
})
