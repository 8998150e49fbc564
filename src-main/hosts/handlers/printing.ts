import { cancelJob, followJobs, printTestPage, sendWaiting, settleInterrupted } from '../../application/print-follow.ts'
import { printPapers } from '../../application/print-papers.ts'
import { askPlan, printableKinds } from '../../application/print-plan.ts'
import {
  choosePrinter,
  getPrinter,
  removePrinter,
  savePrinter,
  setPrintProgram,
} from '../../application/print-setup.ts'
import type { Caller, Workshop } from '../../application/workshop.ts'
import type { printingOperations } from '../../contract/operations/printing.ts'
import type { Handlers } from '../handlers.ts'

type PrintingHandlers = Pick<Handlers, keyof typeof printingOperations>
type PrinterHandlers = Pick<Handlers, Extract<keyof typeof printingOperations, `printers.${string}`>>
type JobHandlers = Pick<Handlers, Extract<keyof typeof printingOperations, `print.${string}`>>
/** Before anything is printed: what the last process left on its way. */
type Begin = (caller: Caller) => Promise<void>

export function printingHandlers(workshop: Workshop): PrintingHandlers {
  let begun: Promise<void> | undefined
  const begin: Begin = (caller) =>
    (begun ??= settleInterrupted(workshop, caller).catch((error: unknown) => {
      begun = undefined
      throw error
    }))
  return { ...printerHandlers(workshop, begin), ...jobHandlers(workshop, begin) }
}

function printerHandlers(workshop: Workshop, begin: Begin): PrinterHandlers {
  const { store, printing } = workshop
  return {
    'printers.list': () => store.loadPrintSetup(),
    'printers.queues': async () => printing.queues((await store.loadPrintSetup()).program),
    async 'printers.look'(input) {
      const setup = await store.loadPrintSetup()
      const printers = input.printer === undefined ? setup.printers : [getPrinter(setup, input.printer)]
      return Promise.all(
        printers.map(async (printer) => ({ printerId: printer.id, ...(await printing.look(printer)) })),
      )
    },
    'printers.save': (input, caller) => savePrinter(workshop, caller, input.printer),
    async 'printers.remove'(input, caller) {
      const { id } = getPrinter(await store.loadPrintSetup(), input.printer)
      await removePrinter(workshop, caller, id)
      return null
    },
    async 'printers.use'({ kind, terminal, printer }, caller) {
      const setup = await store.loadPrintSetup()
      const printerId = printer === undefined ? undefined : getPrinter(setup, printer).id
      await choosePrinter(workshop, caller, { kind, terminal, printerId })
      return null
    },
    async 'printers.test'(input, caller) {
      await begin(caller)
      return printTestPage(workshop, caller, input.printer)
    },
    async 'printers.program'(input, caller) {
      await setPrintProgram(workshop, caller, input.path)
      return null
    },
  }
}

function jobHandlers(workshop: Workshop, begin: Begin): JobHandlers {
  const { store } = workshop
  return {
    'print.kinds': (_input, caller) => printableKinds(workshop, caller),
    async 'print.plan'(input, caller) {
      const { papers, skipped, misfits } = await askPlan(workshop, caller, input)
      return {
        papers: papers.map(({ documentId, title, kind, printer, isAgain }) => ({
          documentId,
          title,
          kind,
          printer: printer.name,
          isAgain,
        })),
        skipped,
        misfits,
      }
    },
    async 'print.documents'(input, caller) {
      await begin(caller)
      return printPapers(workshop, caller, input)
    },
    'print.jobs': ({ run, ...query }) => store.listPrintJobs({ ...query, runId: run }),
    async 'print.follow'(_input, caller) {
      await begin(caller)
      return followJobs(workshop, caller)
    },
    async 'print.waiting'(_input, caller) {
      await begin(caller)
      return sendWaiting(workshop, caller)
    },
    async 'print.cancel'(input, caller) {
      await begin(caller)
      return cancelJob(workshop, caller, input.job)
    },
  }
}
