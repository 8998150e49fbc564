import { AppError } from '../kernel/errors.ts'
import { isPassing, type PrintJob, type PrintReason } from '../domain/print-job.ts'
import { deviceOf, type Printer } from '../domain/print-printer.ts'
import type { HandOver, PrintContent } from '../ports/printing.ts'
import { zplOf } from './print-zpl.ts'
import type { PrintDeps } from './print-plan.ts'
import type { Paper } from './print-wish.ts'
import { inTurn } from './traffic.ts'
import type { Caller } from './workshop.ts'

/** A job with what it takes to send it. A test page has no paper behind it. */
export interface Sending {
  readonly job: PrintJob
  readonly printer: Printer
  readonly paper: Pick<Paper, 'documentId' | 'subjectId' | 'pdf'> | PrintContent
}

/**
 * Sends jobs one after the other. A printer that refuses, or that holds a document and complains, gets no more of them:
 * the rest of its jobs stay waiting with its reason, to be sent once somebody has seen to it. Asked to stop, what has
 * not begun is called back.
 */
export async function sendJobs(
  deps: PrintDeps,
  caller: Caller,
  sendings: readonly Sending[],
): Promise<readonly PrintJob[]> {
  const { program } = await deps.store.loadPrintSetup()
  const done: PrintJob[] = []
  const troubleByDevice = new Map<string, PrintReason>()
  for (const sending of sendings) {
    const device = deviceOf(sending.printer)
    const trouble = troubleByDevice.get(device)
    if (caller.watch.isCancelled()) done.push(await settle(deps, caller, sending.job, { state: 'cancelled' }))
    else if (trouble !== undefined)
      done.push(await settle(deps, caller, sending.job, { state: 'waiting', reason: trouble }))
    else {
      const job = await sendOne(deps, caller, { ...sending, program })
      if (job.reason !== undefined && !isOfDocument(job.reason)) troubleByDevice.set(device, job.reason)
      done.push(job)
    }
    caller.watch.report({ step: 'print', done: done.length, total: sendings.length })
  }
  return done
}

async function sendOne(
  deps: PrintDeps,
  caller: Caller,
  { job, printer, paper, program }: Sending & { readonly program: string | undefined },
): Promise<PrintJob> {
  const content = await contentOf(deps, printer, paper)
  if (typeof content === 'string') return settle(deps, caller, job, { state: 'refused', reason: content })
  // Written down first: should we end here, nobody takes it for a document that was never sent.
  const sending = await settle(deps, caller, job, { state: 'sending' })
  const order = { printer, title: job.title, content, isScaled: job.isScaled, program }
  const outcome = await deps.printing.send(order, caller.watch.isCancelled)
  const waits = outcome.state === 'refused' && isPassing(outcome.reason)
  return settle(deps, caller, sending, waits ? { ...outcome, state: 'waiting' } : outcome)
}

/** Of the document, not of the printer: the next one may well come out. */
type Unprintable = Extract<PrintReason, 'document-gone' | 'cannot-be-made'>

const isOfDocument = (reason: PrintReason): boolean => reason === 'document-gone' || reason === 'cannot-be-made'

/** A purge takes addresses, also from what was not printed yet; and not every label can be made for every printer. */
async function contentOf(
  deps: PrintDeps,
  printer: Printer,
  paper: Sending['paper'],
): Promise<PrintContent | Unprintable> {
  if (!('documentId' in paper)) return paper
  try {
    if (printer.way.kind === 'zpl') return { zpl: await zplOf(deps, paper.subjectId, printer.dpi) }
    return { pdf: await paper.pdf() }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'ERR_INTERNAL') throw error
    return error.code === 'ERR_DOCUMENT_NOT_FOUND' ? 'document-gone' : 'cannot-be-made'
  }
}

type Outcome = Pick<PrintJob, 'state' | 'reason'> | HandOver

/** Writes down what became of a job. */
// eslint-disable-next-line max-params -- whose job, which, and what became of it
export async function settle(
  deps: Pick<PrintDeps, 'store' | 'system'>,
  caller: Caller,
  job: PrintJob,
  outcome: Outcome,
): Promise<PrintJob> {
  const { reason: _before, ...rest } = job
  const changed: PrintJob = { ...rest, ...outcome, changedAt: deps.system.clock.now() }
  await inTurn(caller, () => deps.store.savePrintJobs([changed], []))
  return changed
}
