import { keepPaper } from '../../../src-main/application/kept-paper.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  cancelJob,
  followJobs,
  printTestPage,
  sendWaiting,
  settleInterrupted,
} from '../../../src-main/application/print-follow.ts'
import { printPapers, type PrintRun } from '../../../src-main/application/print-papers.ts'
import { askPlan, type PrintOptions } from '../../../src-main/application/print-plan.ts'
import { choosePrinter, removePrinter, savePrinter } from '../../../src-main/application/print-setup.ts'
import type { PrintWish } from '../../../src-main/application/print-wish.ts'
import type { Caller } from '../../../src-main/application/workshop.ts'
import type { PrintJob } from '../../../src-main/domain/print-job.ts'
import { mediaSizes } from '../../../src-main/domain/print-media.ts'
import type { Printer } from '../../../src-main/domain/print-printer.ts'
import type { WaveBundle } from '../../../src-main/ports/store/wave-store.ts'
import { personalWords, storefrontOrder } from './fake-storefront.ts'
import { fakePrinting, type FakePrinting } from './fake-printing.ts'
import { makeAudit } from '../../fixtures/builders.ts'
import { makeDocument, makeStep } from '../../fixtures/wave-builders.ts'
import { issued, load, takeOrders } from './line-of-work.ts'
import { openTestShop, removeTestShops, type ShopOptions, type TestShop } from './test-shop.ts'

afterEach(removeTestShops)

let shop: TestShop
let printing: FakePrinting
let deps: TestShop['workshop']
let bundle: WaveBundle
let labels: Printer
let office: Printer

async function open(options: ShopOptions = {}): Promise<void> {
  shop = await openTestShop(options)
  printing = fakePrinting()
  deps = { ...shop.workshop, printing }
  await takeOrders(shop, [
    storefrontOrder({ MUG: 2 }),
    storefrontOrder({ TEA: 1 }),
    storefrontOrder({ TEA: 1, MUG: 1 }),
  ])
  bundle = await load(shop, await issued(shop))
  const queue = { kind: 'queue', queue: 'Queue' } as const
  labels = await savePrinter(deps, shop.caller, { name: 'Zebra', way: queue, media: '4x6', dpi: 203 })
  office = await savePrinter(deps, shop.caller, {
    name: 'Office',
    way: { ...queue, queue: 'Office' },
    media: 'A4',
    dpi: 203,
  })
  await choosePrinter(deps, shop.caller, { kind: 'label', printerId: labels.id })
}
beforeEach(() => open())

const usual: PrintOptions = { again: false, scaled: false }
const print = (wish: PrintWish, options: Partial<PrintOptions> = {}, caller: Caller = shop.caller): Promise<PrintRun> =>
  // prettier-ignore
  printPapers(deps, caller, { ...wish, ...usual, ...options })
const wave = (): PrintWish => ({ wave: bundle.wave.code, kind: 'label' })
const states = (jobs: readonly PrintJob[]): readonly string[] => jobs.map(({ state }) => state)
const audited = async (): Promise<readonly string[]> =>
  (await shop.store.listAudit({ offset: 0, limit: 500 })).rows.map(({ action }) => action)

describe('a wave of labels', () => {
  test("is one action, in the floor's order, with progress, under codes alone", async () => {
    const run = await print(wave())
    const byFloor = bundle.tours
      .flatMap((tour) => tour.stops)
      .map(({ parcelId }) => parcelId)
      .filter((id, at, all) => all.indexOf(id) === at)
    const numbers = byFloor.map((id) => `${bundle.parcels.find((parcel) => parcel.id === id)?.number}.pdf`)
    expect(printing.sent.map(({ title }) => title)).toEqual(numbers)
    expect(states(run.jobs)).toEqual(numbers.map(() => 'handed-over'))
    expect(shop.progress.at(-1)).toEqual({ step: 'print', done: numbers.length, total: numbers.length })
    expect(await audited()).toContain('print')
  })

  test('is never called printed before the system has said so', async () => {
    const { jobs } = await print(wave())
    expect(await followJobs(deps, shop.caller)).toEqual([])
    printing.words.set(jobs[0]?.spoolerJob ?? '', { state: 'printed' })
    printing.words.set(jobs[1]?.spoolerJob ?? '', { state: 'refused', reason: 'aborted' })
    expect(states(await followJobs(deps, shop.caller))).toEqual(['printed', 'refused'])
    const { rows } = await shop.store.listPrintJobs({ offset: 0, limit: 10 })
    expect(states(rows)).toEqual(['printed', 'refused', 'handed-over'])
  })

  test('stops where the printer does; the rest waits and is sent once somebody has seen to it', async () => {
    printing.answers.push({ state: 'printed' }, { state: 'handed-over', reason: 'paper-out' })
    const { jobs } = await print(wave())
    expect(jobs.map(({ state, reason }) => [state, reason])).toEqual([
      ['printed', undefined],
      ['handed-over', 'paper-out'],
      ['waiting', 'paper-out'],
    ])
    expect(printing.sent).toHaveLength(2)
    expect(states(await sendWaiting(deps, shop.caller))).toEqual(['handed-over'])
    expect(printing.sent.at(-1)?.title).toBe(jobs[2]?.title)
  })

  test('asked to stop, what has not begun is called back and said', async () => {
    let looks = 0
    const caller: Caller = { ...shop.caller, watch: { report: () => undefined, isCancelled: () => ++looks > 4 } }
    const { jobs } = await print(wave(), {}, caller)
    expect(states(jobs)).toEqual(['handed-over', 'cancelled', 'cancelled'])
  })

  test('prints nobody a second copy unless it is asked for, and then it is written down', async () => {
    await print(wave())
    expect(await print(wave())).toMatchObject({ jobs: [], skipped: 3 })
    const again = await print(wave(), { again: true })
    expect(again.jobs.map(({ isAgain }) => isAgain)).toEqual([true, true, true])
    expect((await audited()).filter((action) => action === 'print-again')).toHaveLength(3)
  })

  test('what was refused is not on paper: it is printed without asking for one more', async () => {
    printing.answers.push({ state: 'refused', reason: 'no-such-queue' })
    await print({ parcel: bundle.parcels[0]?.id ?? '' })
    expect((await print({ parcel: bundle.parcels[0]?.id ?? '' })).jobs[0]).toMatchObject({
      state: 'handed-over',
      isAgain: false,
    })
  })
})

describe('a printer that needs somebody', () => {
  test('took nothing: the label waits, goes once it can, and is not sent twice', async () => {
    const parcel = { parcel: bundle.parcels[0]?.id ?? '' }
    printing.answers.push({ state: 'refused', reason: 'paper-out' }, { state: 'refused', reason: 'head-open' })
    expect((await print(parcel)).jobs[0]).toMatchObject({ state: 'waiting', reason: 'paper-out' })
    expect((await print(parcel)).jobs[0]).toMatchObject({ state: 'waiting', reason: 'head-open' })
    const { rows } = await shop.store.listPrintJobs({ offset: 0, limit: 10 })
    expect(states(rows).toSorted()).toEqual(['cancelled', 'waiting'])
    expect(states(await sendWaiting(deps, shop.caller))).toEqual(['handed-over'])
    expect(await sendWaiting(deps, shop.caller)).toEqual([])
  })
})

describe('sizes', () => {
  test('a label of another size is refused before anything is sent, also when somebody insists', async () => {
    printing.size = mediaSizes.A6
    const refusal = { code: 'ERR_PRINT_SIZE', details: { size: 'A6 (105 x 148 mm)', media: '4x6', canScale: false } }
    await expect(print(wave())).rejects.toMatchObject(refusal)
    await expect(print(wave(), { scaled: true })).rejects.toMatchObject(refusal)
    expect(printing.sent).toEqual([])
    expect((await shop.store.listPrintJobs({ offset: 0, limit: 10 })).total).toBe(0)
  })

  test('a sheet of another size is scaled once somebody has said so', async () => {
    await choosePrinter(deps, shop.caller, { kind: 'slip', printerId: office.id })
    printing.size = mediaSizes.letter
    const slips: PrintWish = { wave: bundle.wave.code, kind: 'slip' }
    expect((await askPlan(deps, shop.caller, { ...slips, ...usual })).misfits[0]).toMatchObject({ canScale: true })
    await expect(print(slips)).rejects.toMatchObject({ code: 'ERR_PRINT_SIZE', details: { canScale: true } })
    expect(printing.sent).toEqual([])
    await print(slips, { scaled: true })
    expect(printing.sent.every(({ isScaled }) => isScaled)).toBe(true)
  })
})

describe('printers', () => {
  test('without one for a kind, that is said', async () => {
    const sheets: PrintWish = { wave: bundle.wave.code, kind: 'pick-sheet' }
    await expect(print(sheets)).rejects.toMatchObject({
      code: 'ERR_PRINTER_NOT_CHOSEN',
      details: { kind: 'pick-sheet' },
    })
    printing.size = mediaSizes.A4
    expect((await print(sheets, { printer: 'office' })).jobs[0]).toMatchObject({ printerName: 'Office' })
  })

  test("a terminal's own printer is used there and nowhere else", async () => {
    const mine = await savePrinter(deps, shop.caller, { ...labels, id: undefined, name: 'Table 2' })
    await choosePrinter(deps, shop.caller, { kind: 'label', terminal: 'station:2', printerId: mine.id })
    const parcel = { parcel: bundle.parcels[0]?.id ?? '' }
    const station: Caller = { ...shop.caller, actor: 'station:2', source: 'station' }
    expect((await print(parcel, {}, station)).jobs[0]?.printerName).toBe('Table 2')
    expect((await print(parcel, { again: true })).jobs[0]?.printerName).toBe('Zebra')
  })

  test('a ZPL printer takes labels alone, and gets them as ZPL', async () => {
    const way = { kind: 'zpl', host: '10.0.0.9', port: 9100, isSilent: false } as const
    const zebra = await savePrinter(deps, shop.caller, { ...labels, way })
    await expect(choosePrinter(deps, shop.caller, { kind: 'slip', printerId: zebra.id })).rejects.toMatchObject({
      code: 'ERR_PRINTER_UNFIT',
    })
    printing.answers.push({ state: 'printed' })
    expect((await print({ parcel: bundle.parcels[0]?.id ?? '' })).jobs[0]?.state).toBe('printed')
    expect(printing.sent[0]?.content).toEqual({ zpl: '^XA^XZ\n' })
    expect(shop.papers.at(-1)).toMatchObject({
      kind: 'labelZpl',
      told: [{}, {}, { number: bundle.parcels[0]?.number }, { dpi: 203 }],
    })
  })

  test('two of one name, and one that is not there, are refused', async () => {
    await expect(savePrinter(deps, shop.caller, { ...office, id: undefined, name: 'zebra' })).rejects.toMatchObject({
      code: 'ERR_INPUT_INVALID',
    })
    await expect(removePrinter(deps, shop.caller, 'nobody')).rejects.toMatchObject({ code: 'ERR_PRINTER_NOT_FOUND' })
    await removePrinter(deps, shop.caller, labels.id)
    await expect(print(wave())).rejects.toMatchObject({ code: 'ERR_PRINTER_NOT_CHOSEN' })
  })

  test('a test page is a job like any other', async () => {
    expect(await printTestPage(deps, shop.caller, labels.id)).toMatchObject({ kind: 'test-page', state: 'handed-over' })
  })
})

describe('what may be printed', () => {
  test('a label that was replaced is not', async () => {
    const label = bundle.documents.find(({ kind }) => kind === 'label')
    await shop.store.saveIssuedDocuments({
      waveId: bundle.wave.id,
      stage: bundle.wave.stage,
      step: makeStep({ step: 'issue-labels' }),
      documents: [],
      withdrawn: [label?.id ?? ''],
      withdrawnAt: shop.clock.now(),
      audit: { id: 'a', at: 0, actor: 'cli:test', action: 'x', entity: 'wave', entityId: 'w' },
    })
    await expect(print({ documents: [label?.id ?? ''] })).rejects.toMatchObject({ code: 'ERR_PRINT_WITHDRAWN' })
    expect((await print(wave())).jobs).toHaveLength(2)
  })

  test('a sealed block or a manifest is no paper', async () => {
    const block = bundle.documents.find(({ kind }) => kind === 'sealed-block')
    await expect(print({ documents: [block?.id ?? ''] })).rejects.toMatchObject({ code: 'ERR_PRINT_KIND' })
    await expect(print({ documents: ['unknown'] })).rejects.toMatchObject({ code: 'ERR_DOCUMENT_NOT_FOUND' })
  })

  test('a label that names its recipient in clear is a look, and is audited as one', async () => {
    await open({ settings: { privacy: { sealing: 'off', labelDays: 60, purgeDaysAfterDelivery: 14 } } })
    await print(wave())
    expect((await audited()).filter((action) => action === 'print-personal')).toHaveLength(3)
  })
})

describe("a carrier's own label", () => {
  const carrierLabel = async (): Promise<string> => {
    const parcel = bundle.parcels[0]
    const order = bundle.orders.find(({ id }) => id === parcel?.orderId)
    if (!parcel || !order) throw new Error('no parcel')
    const bytes = new TextEncoder().encode('%PDF')
    shop.files.set('carrier-document', keepPaper(shop.workshop, order, { id: 'carrier-document', bytes }))
    const label = makeDocument({
      id: 'carrier-document',
      kind: 'carrier-label',
      subjectId: parcel.id,
      fileName: `${parcel.number}-1.pdf`,
      keptFor: order.id,
    })
    await shop.store.saveCarrierAnswer({
      parcels: [],
      labels: [label],
      replaced: [],
      replacedAt: 0,
      reports: [],
      audit: makeAudit(),
    })
    return parcel.id
  }

  test('comes behind ours once a printer is chosen for it, opened, and the look is written down', async () => {
    const parcel = await carrierLabel()
    expect((await print({ parcel })).jobs.map(({ kind }) => kind)).toEqual(['label'])
    await choosePrinter(deps, shop.caller, { kind: 'carrier-label', printerId: labels.id })
    const { papers } = await askPlan(deps, shop.caller, { parcel, ...usual, again: true })
    expect(papers.map(({ kind }) => kind)).toEqual(['label', 'carrier-label'])
    expect(await audited()).not.toContain('print-personal')
    expect((await print({ parcel })).jobs.map(({ kind }) => kind)).toEqual(['carrier-label'])
    expect(printing.sent.at(-1)?.content).toEqual({ pdf: new TextEncoder().encode('%PDF') })
    expect(await audited()).toContain('print-personal')
  })

  test('is not printed at a station for which the manager has not allowed it', async () => {
    await carrierLabel()
    await choosePrinter(deps, shop.caller, { kind: 'carrier-label', printerId: labels.id })
    const station: Caller = { ...shop.caller, actor: 'station:1', source: 'station' }
    await expect(print({ documents: ['carrier-document'] }, {}, station)).rejects.toMatchObject({
      code: 'ERR_NOT_ALLOWED',
    })
  })
})

describe('jobs', () => {
  test('one that was on its way when the program ended is not claimed either way', async () => {
    const { jobs } = await print({ parcel: bundle.parcels[0]?.id ?? '' })
    const [job] = jobs
    if (!job) throw new Error('no job')
    await shop.store.savePrintJobs([{ ...job, state: 'sending' }], [])
    await settleInterrupted(deps, shop.caller)
    expect(await shop.store.findPrintJob(job.id)).toMatchObject({ state: 'unclear', reason: 'interrupted' })
  })

  test('one is called back at the spooler while it can be, and not after', async () => {
    const { jobs } = await print(wave())
    expect(await cancelJob(deps, shop.caller, jobs[0]?.id ?? '')).toMatchObject({ state: 'cancelled' })
    expect(printing.cancelled).toEqual([jobs[0]?.spoolerJob])
    await expect(cancelJob(deps, shop.caller, jobs[0]?.id ?? '')).rejects.toMatchObject({
      code: 'ERR_PRINT_JOB_SETTLED',
    })
    printing.words.set(jobs[1]?.spoolerJob ?? '', { state: 'printed' })
    await expect(cancelJob(deps, shop.caller, jobs[1]?.id ?? '')).rejects.toMatchObject({
      code: 'ERR_PRINT_JOB_SETTLED',
    })
    await expect(cancelJob(deps, shop.caller, 'unknown')).rejects.toMatchObject({ code: 'ERR_PRINT_JOB_NOT_FOUND' })
  })

  test('a station sends and calls back only what it asked for itself', async () => {
    printing.answers.push({ state: 'refused', reason: 'paper-out' })
    const [job] = (await print({ parcel: bundle.parcels[0]?.id ?? '' })).jobs
    const station: Caller = { ...shop.caller, actor: 'station:1', source: 'station' }
    expect(await sendWaiting(deps, station)).toEqual([])
    await expect(cancelJob(deps, station, job?.id ?? '')).rejects.toMatchObject({ code: 'ERR_NOT_ALLOWED' })
    expect(states(await sendWaiting(deps, shop.caller))).toEqual(['handed-over'])
  })

  test('nothing personal stands in titles, jobs or the audit log', async () => {
    await print(wave())
    const { rows } = await shop.store.listPrintJobs({ offset: 0, limit: 10 })
    const audit = await shop.store.listAudit({ offset: 0, limit: 500 })
    const said = JSON.stringify([rows, audit.rows, printing.sent.map(({ title }) => title)])
    for (const word of personalWords) expect(said).not.toContain(word)
  })
})
