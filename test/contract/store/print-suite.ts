import { expect, test } from 'vitest'
import type { PrintJob } from '../../../src-main/domain/print-job.ts'
import type { PrintSetup } from '../../../src-main/domain/print-printer.ts'
import { makeAudit, testId, testNow } from '../../fixtures/builders.ts'
import { everything, type MakeStore } from './shop.ts'

const makeJob = (given: Partial<PrintJob> = {}): PrintJob => ({
  id: testId('job'),
  runId: 'run',
  position: 0,
  createdAt: testNow,
  changedAt: testNow,
  actor: 'cli:test',
  kind: 'label',
  documentId: 'document',
  title: '231-07B.pdf',
  printerId: 'printer',
  printerName: 'Zebra',
  state: 'waiting',
  isAgain: false,
  isScaled: false,
  ...given,
})

export function printSuite(makeStore: MakeStore): void {
  test('a shop has no printers until one is saved; the record is replaced as a whole', async () => {
    const store = await makeStore()
    expect(await store.loadPrintSetup()).toEqual({ printers: [], uses: [] })
    const setup: PrintSetup = {
      printers: [
        {
          id: 'p',
          name: 'Zebra "東京"',
          way: { kind: 'zpl', host: '10.0.0.5', port: 9100, isSilent: true },
          media: '4x6',
          dpi: 300,
        },
        { id: 'q', name: '; rm', way: { kind: 'queue', queue: '; rm' }, media: 'A4', dpi: 203 },
      ],
      uses: [
        { kind: 'label', printerId: 'p' },
        { kind: 'slip', terminal: 'station:1', printerId: 'q' },
      ],
      program: 'C:\\Sumatra "x"\\SumatraPDF.exe',
    }
    const audit = makeAudit()
    await store.savePrintSetup({ printers: [], uses: [] }, makeAudit())
    await store.savePrintSetup(setup, audit)
    expect(await store.loadPrintSetup()).toEqual(setup)
    expect((await store.listAudit(everything)).rows).toContainEqual(audit)
  })

  test('a job comes back as it was saved, bare and full, and changes keep its place', async () => {
    const store = await makeStore()
    const bare = makeJob({ kind: 'test-page', documentId: undefined })
    const full = makeJob({ reason: 'paper-out', spoolerJob: 'Zebra-12', isAgain: true, isScaled: true, position: 1 })
    const audit = [makeAudit(), makeAudit()]
    await store.savePrintJobs([bare, full], audit)
    expect(await store.findPrintJob(bare.id)).toEqual(bare)
    expect(await store.findPrintJob(full.id)).toEqual(full)
    const printed: PrintJob = { ...full, state: 'printed', reason: undefined, changedAt: testNow + 5 }
    await store.savePrintJobs([printed], [])
    expect(await store.findPrintJob(full.id)).toEqual(printed)
    expect(await store.findPrintJob('unknown')).toBeUndefined()
    expect((await store.listAudit(everything)).rows).toEqual(expect.arrayContaining(audit))
  })

  test('jobs are listed newest run first, each run in its order, and by what is asked for', async () => {
    const store = await makeStore()
    const [first, second] = [makeJob({ position: 0 }), makeJob({ position: 1, state: 'handed-over' })]
    const later = makeJob({ runId: 'later', createdAt: testNow + 1, state: 'printed', documentId: 'other' })
    await store.savePrintJobs([second, first, later], [])
    const ids = async (query: Parameters<typeof store.listPrintJobs>[0]): Promise<readonly string[]> =>
      (await store.listPrintJobs(query)).rows.map(({ id }) => id)
    expect(await ids(everything)).toEqual([later.id, first.id, second.id])
    expect(await ids({ offset: 1, limit: 1 })).toEqual([first.id])
    expect((await store.listPrintJobs({ offset: 1, limit: 1 })).total).toBe(3)
    expect(await ids({ ...everything, states: ['handed-over', 'printed'] })).toEqual([later.id, second.id])
    expect(await ids({ ...everything, runId: 'run' })).toEqual([first.id, second.id])
    expect((await store.loadPrintJobsOf(['other', 'unknown'])).map(({ id }) => id)).toEqual([later.id])
    expect(await store.loadPrintJobsOf([])).toEqual([])
  })
}
