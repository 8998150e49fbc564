import { AppError } from '../kernel/errors.ts'
import { mayBeOnPaper, type PrintJob } from '../domain/print-job.ts'
import { misfitOf, sizeText } from '../domain/print-media.ts'
import {
  canTake,
  printKinds,
  isLabelKind,
  printerFor,
  type Printer,
  type PrintKind,
  type PrintSetup,
} from '../domain/print-printer.ts'
import type { AuditEntry } from '../domain/people.ts'
import { auditEntry, newId } from './audit.ts'
import { getPrinter } from './print-setup.ts'
import { sendJobs, type Sending } from './print-send.ts'
import { papersOf, type Paper, type PrintWish } from './print-wish.ts'
import { inTurn } from './traffic.ts'
import type { Caller, Workshop } from './workshop.ts'

export type PrintDeps = Pick<Workshop, 'store' | 'files' | 'vault' | 'documents' | 'system' | 'printing'>

export interface PrintOptions {
  /** Also what is on paper already; without it that is left out. */
  readonly again: boolean
  /** Sheets of another size than the printer's paper are scaled to it. Labels never are. */
  readonly scaled: boolean
  /** Instead of the one that is chosen for the kind. */
  readonly printer?: string | undefined
}

export interface PrintRun {
  readonly runId: string
  readonly jobs: readonly PrintJob[]
  /** Documents that were left out because they are on paper, or on their way to it. */
  readonly skipped: number
}

/** What would go where, said before anything is sent. */
export interface PrintPlan {
  readonly papers: readonly (Paper & { readonly printer: Printer; readonly isAgain: boolean })[]
  readonly skipped: number
  /** Sheets of another size than the paper in their printer. */
  readonly misfits: readonly Misfit[]
  /** Earlier jobs of these documents of which nothing was sent yet. */
  readonly waiting: readonly PrintJob[]
}

export interface Misfit {
  readonly document: string
  readonly size: string
  readonly printer: string
  readonly media: string
  /** A sheet may be scaled when somebody says so; a label is never printed in another size. */
  readonly canScale: boolean
}

/**
 * Prints: looks at every size first, writes the jobs down, then sends one after the other. Throws before anything is
 * sent: ERR_PRINTER_NOT_CHOSEN { kind }, ERR_PRINTER_UNFIT, ERR_PRINT_SIZE { document, size, printer, media, canScale },
 * and what papersOf throws. What printers and spoolers do is never thrown: it stands on the jobs.
 */
export async function printPapers(deps: PrintDeps, caller: Caller, wish: PrintWish & PrintOptions): Promise<PrintRun> {
  const plan = await planPrint(deps, caller, wish)
  const misfit = plan.misfits.find(({ canScale }) => !canScale || !wish.scaled)
  if (misfit) throw new AppError('ERR_PRINT_SIZE', { ...misfit, documents: plan.misfits.length })
  const scaled = new Set(plan.misfits.map(({ document }) => document))
  const runId = newId(deps.system)
  const sendings = plan.papers.map((paper, position): Sending => {
    const job = newJob(deps, caller, { paper, position, runId, isScaled: scaled.has(paper.title) })
    return { job, printer: paper.printer, paper }
  })
  // What still waited of the same documents gives way, or it would come out a second time.
  const changedAt = deps.system.clock.now()
  const overtaken = plan.waiting.map((job): PrintJob => ({ ...job, state: 'cancelled', changedAt }))
  const jobs = [...overtaken, ...sendings.map(({ job }) => job)]
  await inTurn(caller, () => deps.store.savePrintJobs(jobs, auditOf(deps, caller, plan, wish)))
  return { runId, jobs: await sendJobs(deps, caller, sendings), skipped: plan.skipped }
}

/** What the floor prints: what it packs with. Invoices and run sheets are the manager's. */
const forStations: ReadonlySet<PrintKind> = new Set<PrintKind>(['pick-sheet', 'slip', 'label', 'counter-slip'])

/** The same without printing: for a question before, and for nothing else. */
export async function planPrint(deps: PrintDeps, caller: Caller, wish: PrintWish & PrintOptions): Promise<PrintPlan> {
  const setup = await deps.store.loadPrintSetup()
  const papers = await papersOf(deps, caller, wish)
  const earlier = await deps.store.loadPrintJobsOf(papers.map(({ documentId }) => documentId))
  const onPaper = new Set(earlier.filter(mayBeOnPaper).map(({ documentId }) => documentId))
  const wanted = papers.filter(({ documentId }) => wish.again || !onPaper.has(documentId))
  const refused = caller.source === 'station' ? wanted.find(({ kind }) => !forStations.has(kind)) : undefined
  if (refused) throw new AppError('ERR_NOT_ALLOWED', { kind: refused.kind, door: caller.source })
  const placed = wanted.map((paper) => ({
    ...paper,
    printer: printerOf(setup, caller, { paper, named: wish.printer }),
    isAgain: onPaper.has(paper.documentId),
  }))
  const going = new Set(wanted.map(({ documentId }) => documentId))
  return {
    papers: placed,
    skipped: papers.length - wanted.length,
    misfits: await misfitsOf(deps, caller, placed),
    waiting: earlier.filter((job) => job.state === 'waiting' && going.has(job.documentId ?? '')),
  }
}

/** A station by itself; this machine's windows, whoever sits there, are one terminal. */
const terminalOf = ({ source, actor }: Caller): string => (source === 'station' ? actor : source)

/** Kinds that have a printer at the caller's terminal. */
export async function printableKinds(deps: Pick<PrintDeps, 'store'>, caller: Caller): Promise<readonly PrintKind[]> {
  const setup = await deps.store.loadPrintSetup()
  return printKinds.filter(
    (kind) => printerFor(setup, kind, terminalOf(caller)) && (caller.source !== 'station' || forStations.has(kind)),
  )
}

function printerOf(
  setup: PrintSetup,
  caller: Caller,
  { paper, named }: { readonly paper: Paper; readonly named: string | undefined },
): Printer {
  if (named === undefined) {
    const chosen = printerFor(setup, paper.kind, terminalOf(caller))
    if (!chosen) throw new AppError('ERR_PRINTER_NOT_CHOSEN', { kind: paper.kind })
    return chosen
  }
  const printer = getPrinter(setup, named)
  if (!canTake(printer, paper.kind))
    throw new AppError('ERR_PRINTER_UNFIT', { printer: printer.name, kind: paper.kind })
  return printer
}

async function misfitsOf(deps: PrintDeps, caller: Caller, placed: PrintPlan['papers']): Promise<readonly Misfit[]> {
  const misfits: Misfit[] = []
  for (const { pdf, title, printer, kind } of placed) {
    if (caller.watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
    const page = misfitOf(await deps.printing.pageSizes(await pdf()), printer.media)
    if (page)
      misfits.push({
        document: title,
        size: sizeText(page),
        printer: printer.name,
        media: printer.media,
        canScale: !isLabelKind(kind),
      })
  }
  return misfits
}

function newJob(
  deps: PrintDeps,
  caller: Caller,
  given: { paper: PrintPlan['papers'][number]; position: number; runId: string; isScaled: boolean },
): PrintJob {
  const { paper, position, runId, isScaled } = given
  const now = deps.system.clock.now()
  return {
    id: newId(deps.system),
    runId,
    position,
    createdAt: now,
    changedAt: now,
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
