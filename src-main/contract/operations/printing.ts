import { z } from 'zod'
import type { PrintJob, PrintReason, PrintState } from '../../domain/print-job.ts'
import type { MediaName } from '../../domain/print-media.ts'
import type { PrintKind, Printer, PrintSetup } from '../../domain/print-printer.ts'
import { command, commandLineOnly, errand, everywhere, managers, query } from '../operation.ts'
import type { PageView } from '../views.ts'

export const printKinds = [
  'pick-sheet',
  'slip',
  'label',
  'carrier-label',
  'counter-slip',
  'run-sheet',
  'invoice',
] as const satisfies readonly PrintKind[]
export const mediaNames = ['4x6', '100x150', 'A6', 'A5', 'A4', 'letter'] as const satisfies readonly MediaName[]
const printStates = [
  'waiting',
  'sending',
  'handed-over',
  'printed',
  'refused',
  'unclear',
  'cancelled',
] as const satisfies readonly PrintState[]

const id = z.string().min(1).max(100)
/** As it is shown and spoken of; one line. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}]+$/u, 'expected one line')

const way = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('queue'),
    queue: z
      .string()
      .min(1)
      .max(220)
      // A name that begins with a dash would be an option to the programs that print.
      .regex(/^[^-\p{Cc}][^\p{Cc}]*$/u, 'expected the name of a queue of the system'),
  }),
  z.object({
    kind: z.literal('zpl'),
    host: z
      .string()
      .max(253)
      .regex(
        /^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+)$/,
        'expected a name or an IP address',
      ),
    port: z.int().min(1).max(65_535).default(9100),
    isSilent: z.boolean().default(false),
  }),
])

const printer = z.object({
  id: id.optional(),
  name,
  way,
  media: z.enum(mediaNames),
  dpi: z.union([z.literal(203), z.literal(300)]).default(203),
})

const wish = z.union([
  z.object({ documents: z.array(id).min(1).max(500) }),
  z.object({ wave: id, kind: z.enum(['pick-sheet', 'slip', 'label', 'counter-slip']) }),
  z.object({ parcel: id }),
  z.object({ manifest: id }),
])

const print = wish.and(
  z.object({
    /** Also what is on paper already, or on its way to it. */
    again: z.boolean().default(false),
    /** Sheets of another size are scaled to the printer's paper; labels never are. */
    scaled: z.boolean().default(false),
    /** Instead of the chosen one; id or name. */
    printer: id.optional(),
  }),
)

export type PrintSetupView = PrintSetup
export type PrintJobView = PrintJob

export interface PrinterLookView {
  readonly printerId: string
  readonly isReady: boolean
  readonly reasons: readonly PrintReason[]
  readonly waiting?: number | undefined
}

export interface SystemQueuesView {
  readonly spooler: 'cups' | 'windows'
  readonly problem?: 'no-spooler' | 'spooler-off' | undefined
  readonly queues: readonly { readonly name: string; readonly isDefault: boolean }[]
}

export interface PrintRunView {
  readonly runId: string
  readonly jobs: readonly PrintJobView[]
  readonly skipped: number
}

export interface PrintPlanView {
  readonly papers: readonly {
    readonly documentId: string
    readonly title: string
    readonly kind: PrintKind
    readonly printer: string
    readonly isAgain: boolean
  }[]
  readonly skipped: number
  readonly misfits: readonly {
    readonly document: string
    readonly size: string
    readonly printer: string
    readonly media: string
    readonly canScale: boolean
  }[]
}

/** Printers, and documents on their way to paper. */
export const printingOperations = {
  'printers.list': query<PrintSetupView>()(managers, z.object({})),
  /** The queues that the operating system knows. */
  'printers.queues': query<SystemQueuesView>()(managers, z.object({})),
  /** What a printer says of itself now; without a name, all of them. */
  'printers.look': query<readonly PrinterLookView[]>()(managers, z.object({ printer: id.optional() })),
  'printers.save': command<Printer>()(managers, z.object({ printer })),
  'printers.remove': command<null>()(managers, z.object({ printer: id })),
  /** For the shop or for one terminal (as in the audit log); without a printer the choice is taken back. */
  'printers.use': command<null>()(
    managers,
    z.object({ kind: z.enum(printKinds), terminal: id.optional(), printer: id.optional() }),
  ),
  'printers.test': errand<PrintJobView>()(managers, z.object({ printer: id })),
  /** Windows: where SumatraPDF lies. At the command line only, so that no page can name a program to be run. */
  'printers.program': command<null>()(commandLineOnly, z.object({ path: z.string().min(1).max(1000).optional() })),

  /** Kinds of documents that have a printer at this terminal. */
  'print.kinds': query<readonly PrintKind[]>()(everywhere, z.object({})),
  /** What would go where, and what does not fit, before anything is sent. */
  'print.plan': query<PrintPlanView>()(everywhere, print),
  'print.documents': errand<PrintRunView>()(everywhere, print),
  /** Newest first. */
  'print.jobs': query<PageView<PrintJobView>>()(
    everywhere,
    z.object({
      states: z.array(z.enum(printStates)).max(10).optional(),
      run: id.optional(),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(100),
    }),
  ),
  /** Asks the system what became of what it was handed; answers what is new. */
  'print.follow': errand<readonly PrintJobView[]>()(everywhere, z.object({})),
  /** Sends what stayed waiting because a printer needed somebody; a station what it asked for itself. */
  'print.waiting': errand<readonly PrintJobView[]>()(everywhere, z.object({})),
  /** A station: only what it asked for itself. */
  'print.cancel': errand<PrintJobView>()(everywhere, z.object({ job: id })),
}
