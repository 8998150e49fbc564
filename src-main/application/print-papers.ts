import { AppError } from '../kernel/errors.ts'
import type { PrintJob } from '../domain/print-job.ts'
import type { AuditEntry } from '../domain/people.ts'
import { auditEntry, newId } from './audit.ts'
import { planPrint, type PrintDeps, type PrintOptions, type PrintPlan } from './print-plan.ts'
import { sendJobs, type Sending } from './print-send.ts'
import type { PrintWish } from './print-wish.ts'
import { inTurn } from './traffic.ts'
import type { Caller } from './workshop.ts'

export interface PrintRun {
  readonly runId: string
  readonly jobs: readonly PrintJob[]
  /** Documents that were left out because they are on paper, or on their way to it. */
  readonly skipped: number
}

/**
 * Prints: looks at every size first, writes the jobs down, then sends one after the other. Throws before anything is
 * sent: ERR_PRINTER_NOT_CHOSEN { kind }, ERR_PRINTER_UNFIT, ERR_PRINT_SIZE { document, size, printer, media, canScale },
 * and what papersOf throws. What printers and spoolers do is never thrown: it stands on the jobs.
 */
export async function printPapers(deps: PrintDeps, caller: Caller, wish: PrintWish & PrintOptions): Promise<PrintRun> {
  const plan = await planPrint(deps, caller, { ...wish, isQuestion: false })
  const misfit = plan.misfits.find(({ canScale }) => !canScale || !wish.scaled)
  if (misfit) throw new AppError('ERR_PRINT_SIZE', { ...misfit, documents: plan.misfits.length })
  const scaled = new Set(plan.misfits.map(({ document }) => document))
  const runId = newId(deps.system)
  // One moment for the whole run: its place in lists must not depend on when which job was written.
  const at = deps.system.clock.now()
  const sendings = plan.papers.map((paper, position): Sending => {
    const job = newJob(deps, caller, { paper, position, runId, at, isScaled: scaled.has(paper.title) })
    return { job, printer: paper.printer, paper }
  })
  // What still waited of the same documents gives way, or it would come out a second time.
  const overtaken = plan.waiting.map((job): PrintJob => ({ ...job, state: 'cancelled', changedAt: at }))
  const jobs = [...overtaken, ...sendings.map(({ job }) => job)]
  await inTurn(caller, () => deps.store.savePrintJobs(jobs, auditOf(deps, caller, plan, wish)))
  return { runId, jobs: await sendJobs(deps, caller, sendings), skipped: plan.skipped }
}

function newJob(
  deps: PrintDeps,
  caller: Caller,
  given: { paper: PrintPlan['papers'][number]; position: number; runId: string; at: number; isScaled: boolean },
): PrintJob {
  const { paper, position, runId, at, isScaled } = given
  return {
    id: newId(deps.system),
    runId,
    position,
    createdAt: at,
    changedAt: at,
    actor: caller.actor,
    kind: paper.kind,
    documentId: paper.documentId,
    title: paper.title,
    printerId: paper.printer.id,
    printerName: paper.printer.name,
    state: 'waiting',
    isAgain: paper.isAgain,
    isScaled,
  }
}

/** One entry for the run; one for each document that is printed again or names somebody in clear. */
// eslint-disable-next-line max-params -- whose run, and what of it
function auditOf(deps: PrintDeps, caller: Caller, plan: PrintPlan, wish: PrintWish): readonly AuditEntry[] {
  const [subject = ''] = 'documents' in wish ? wish.documents : Object.values(wish)
  const what = 'documents' in wish ? 'document' : 'wave' in wish ? 'wave' : 'parcel' in wish ? 'parcel' : 'manifest'
  const entityId = 'wave' in wish ? wish.wave : 'parcel' in wish ? wish.parcel : 'manifest' in wish ? wish.manifest : subject // prettier-ignore
  if (plan.papers.length === 0) return []
  const single = plan.papers.filter(({ isAgain, isPersonal }) => isAgain || isPersonal)
  return [
    auditEntry(deps.system, caller, {
      action: 'print',
      entity: what,
      entityId,
      facts: { documents: plan.papers.length },
    }),
    ...single.map(({ documentId, isAgain, kind }) =>
      auditEntry(deps.system, caller, {
        action: isAgain ? 'print-again' : 'print-personal',
        entity: kind,
        entityId: documentId,
      }),
    ),
  ]
}
