import { AppError } from '../kernel/errors.ts'
import { mayBeOnPaper, type PrintJob } from '../domain/print-job.ts'
import { misfitOf, sizeText } from '../domain/print-media.ts'
import {
  canTake,
  keepsSize,
  printerFor,
  printKinds,
  type Printer,
  type PrintKind,
  type PrintSetup,
} from '../domain/print-printer.ts'
import { getPrinter } from './print-setup.ts'
import { papersOf, type Paper, type PrintWish } from './print-wish.ts'
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

/** What the floor prints: what it packs with. Invoices and run sheets are the manager's. */
const forStations: ReadonlySet<PrintKind> = new Set<PrintKind>([
  'pick-sheet',
  'slip',
  'label',
  'carrier-label',
  'counter-slip',
])

/** The same without printing: a question before. Sizes of what is a look to read are left for the printing itself. */
export const askPlan = (deps: PrintDeps, caller: Caller, wish: PrintWish & PrintOptions): Promise<PrintPlan> =>
  planPrint(deps, caller, { ...wish, isQuestion: true })

/** Throws ERR_PRINTER_NOT_CHOSEN { kind }, ERR_PRINTER_UNFIT, ERR_NOT_ALLOWED at a station, and what papersOf throws. */
export async function planPrint(
  deps: PrintDeps,
  caller: Caller,
  wish: PrintWish & PrintOptions & { readonly isQuestion: boolean },
): Promise<PrintPlan> {
  const setup = await deps.store.loadPrintSetup()
  const papers = await wantedHere(deps, caller, { wish, setup })
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
    misfits: await misfitsOf(
      deps,
      caller,
      placed.filter(({ isLook }) => !isLook || !wish.isQuestion),
    ),
    waiting: earlier.filter((job) => job.state === 'waiting' && going.has(job.documentId ?? '')),
  }
}

/**
 * Carriers' labels come with ours where there is a printer for them and the terminal may have them; asked for by
 * themselves, what is missing is said.
 */
async function wantedHere(
  deps: PrintDeps,
  caller: Caller,
  { wish, setup }: { wish: PrintWish & PrintOptions & { readonly isQuestion: boolean }; setup: PrintSetup },
): Promise<readonly Paper[]> {
  const wanted: Paper[] = []
  for (const paper of await papersOf(deps, caller, wish)) {
    const isExtra = paper.kind === 'carrier-label' && !('documents' in wish)
    if (!isExtra) wanted.push(paper)
    else if (wish.printer === undefined && printerFor(setup, paper.kind, terminalOf(caller)))
      if (wish.isQuestion || caller.source !== 'station' || (await mayRead(paper))) wanted.push(paper)
  }
  return wanted
}

async function mayRead({ pdf }: Paper): Promise<boolean> {
  try {
    await pdf()
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'ERR_NOT_ALLOWED') return false
    throw error
  }
}

/** A station by itself; this machine's windows, whoever sits there, are one terminal. */
const terminalOf = ({ source, actor, terminal = actor }: Caller): string => (source === 'station' ? terminal : source)

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

/** What was forgotten has no size; that it is gone is said on its own job, and holds up no other. */
async function unlessGone(pdf: Paper['pdf']): Promise<Uint8Array | undefined> {
  try {
    return await pdf()
  } catch (error) {
    if (error instanceof AppError && error.code === 'ERR_DOCUMENT_NOT_FOUND') return undefined
    throw error
  }
}

async function misfitsOf(deps: PrintDeps, caller: Caller, placed: PrintPlan['papers']): Promise<readonly Misfit[]> {
  const misfits: Misfit[] = []
  for (const { pdf, title, printer, kind } of placed) {
    if (caller.watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
    const bytes = await unlessGone(pdf)
    const page = bytes && misfitOf(await deps.printing.pageSizes(bytes), printer.media)
    if (page)
      misfits.push({
        document: title,
        size: sizeText(page),
        printer: printer.name,
        media: printer.media,
        canScale: !keepsSize(kind),
      })
  }
  return misfits
}
