import { AppError } from '../kernel/errors.ts'
import { isOpen, type PrintJob } from '../domain/print-job.ts'
import type { PrintSetup } from '../domain/print-printer.ts'
import { auditEntry, newId } from './audit.ts'
import type { PrintDeps } from './print-plan.ts'
import { sendJobs, settle, type Sending } from './print-send.ts'
import { getPrinter } from './print-setup.ts'
import { papersOf } from './print-wish.ts'
import { inTurn } from './traffic.ts'
import type { Caller } from './workshop.ts'

/** So many at a time: a wave of labels is asked for in a few rounds. */
const mostAsked = 500

/** Asks the spooler what became of the jobs it was handed; answers those about which something new is known. */
export async function followJobs(deps: PrintDeps, caller: Caller): Promise<readonly PrintJob[]> {
  const setup = await deps.store.loadPrintSetup()
  const { rows } = await deps.store.listPrintJobs({ states: ['handed-over'], offset: 0, limit: mostAsked })
  const news: PrintJob[] = []
  for (const job of rows) {
    const printer = setup.printers.find(({ id }) => id === job.printerId)
    if (!printer || job.spoolerJob === undefined) continue
    const word = await deps.printing.ask(printer, job.spoolerJob)
    const reason = word && 'reason' in word ? word.reason : undefined
    if (word && (word.state !== job.state || reason !== job.reason)) news.push(await settle(deps, caller, job, word))
  }
  return news
}

/**
 * What was on its way when the program ended: nobody can say what the printer took. Run once, before the first
 * printing of this process.
 */
export async function settleInterrupted(deps: PrintDeps, caller: Caller): Promise<void> {
  const { rows } = await deps.store.listPrintJobs({ states: ['sending'], offset: 0, limit: mostAsked })
  for (const job of rows) await settle(deps, caller, job, { state: 'unclear', reason: 'interrupted' })
}

/** A station has its hands on its own papers alone: an invoice that waits is the manager's. */
const mayTouch = (caller: Caller, job: PrintJob): boolean => caller.source !== 'station' || job.actor === caller.actor

/** Sends what stayed waiting, oldest first, once the printer is well again. */
export async function sendWaiting(deps: PrintDeps, caller: Caller): Promise<readonly PrintJob[]> {
  const setup = await deps.store.loadPrintSetup()
  const { rows } = await deps.store.listPrintJobs({ states: ['waiting'], offset: 0, limit: mostAsked })
  const mine = rows.filter((job) => mayTouch(caller, job))
  const inOrder = mine.toSorted((a, b) => a.createdAt - b.createdAt || a.position - b.position)
  const sendings: Sending[] = []
  const given: PrintJob[] = []
  for (const job of inOrder) {
    const sending = await sendingOf(deps, caller, { job, setup })
    if (sending) sendings.push(sending)
    else given.push(await settle(deps, caller, job, { state: 'refused', reason: 'document-gone' }))
  }
  return [...given, ...(await sendJobs(deps, caller, sendings))]
}

/** Undefined when the printer was removed, or the document withdrawn or forgotten, since it was asked for. */
async function sendingOf(
  deps: PrintDeps,
  caller: Caller,
  { job, setup }: { readonly job: PrintJob; readonly setup: PrintSetup },
): Promise<Sending | undefined> {
  const printer = setup.printers.find(({ id }) => id === job.printerId)
  if (!printer) return undefined
  if (job.documentId === undefined)
    return { job, printer, paper: await deps.printing.testPage(printer.media, printer.dpi, printer.way.kind) }
  try {
    const [paper] = await papersOf(deps, caller, { documents: [job.documentId] })
    return paper && { job, printer, paper }
  } catch (error) {
    if (error instanceof AppError && (error.code === 'ERR_DOCUMENT_NOT_FOUND' || error.code === 'ERR_PRINT_WITHDRAWN'))
      return undefined
    throw error
  }
}

/**
 * Calls a job back: one that waits here, or one that the spooler can still stop. Throws ERR_PRINT_JOB_NOT_FOUND, and
 * ERR_PRINT_JOB_SETTLED { state } where it is too late.
 */
export async function cancelJob(deps: PrintDeps, caller: Caller, id: string): Promise<PrintJob> {
  const job = await deps.store.findPrintJob(id)
  if (!job) throw new AppError('ERR_PRINT_JOB_NOT_FOUND', { job: id })
  if (!mayTouch(caller, job)) throw new AppError('ERR_NOT_ALLOWED', { job: job.title, door: caller.source })
  if (!isOpen(job) || job.state === 'sending') throw new AppError('ERR_PRINT_JOB_SETTLED', { job: job.title, state: job.state }) // prettier-ignore
  if (job.state === 'handed-over') {
    const setup = await deps.store.loadPrintSetup()
    const printer = setup.printers.find((one) => one.id === job.printerId)
    const isStopped = printer && job.spoolerJob !== undefined && (await deps.printing.cancel(printer, job.spoolerJob))
    if (!isStopped) throw new AppError('ERR_PRINT_JOB_SETTLED', { job: job.title, state: job.state })
  }
  return settle(deps, caller, job, { state: 'cancelled' })
}

/** A page by which a person sees that the printer is the right one and the size is right. */
export async function printTestPage(deps: PrintDeps, caller: Caller, printerId: string): Promise<PrintJob> {
  const printer = getPrinter(await deps.store.loadPrintSetup(), printerId)
  const now = deps.system.clock.now()
  const job: PrintJob = {
    id: newId(deps.system),
    runId: newId(deps.system),
    position: 0,
    createdAt: now,
    changedAt: now,
    actor: caller.actor,
    kind: 'test-page',
    title: 'test.pdf',
    printerId: printer.id,
    printerName: printer.name,
    state: 'waiting',
    isAgain: false,
    isScaled: false,
  }
  const deed = { action: 'print-test-page', entity: 'printer', entityId: printer.id }
  await inTurn(caller, () => deps.store.savePrintJobs([job], [auditEntry(deps.system, caller, deed)]))
  const paper = await deps.printing.testPage(printer.media, printer.dpi, printer.way.kind)
  const [sent = job] = await sendJobs(deps, caller, [{ job, printer, paper }])
  return sent
}
