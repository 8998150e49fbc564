import type { MediaName, PaperSize } from '../domain/print-media.ts'
import type { PrintReason } from '../domain/print-job.ts'
import type { Dpi, Printer } from '../domain/print-printer.ts'

export type PrintContent = { readonly pdf: Uint8Array } | { readonly zpl: string }

/** A queue of the operating system. */
export interface SystemQueue {
  readonly name: string
  readonly isDefault: boolean
}

export interface SystemQueues {
  readonly spooler: 'cups' | 'windows'
  /** Why nothing can be printed through the system at all. */
  readonly problem?: 'no-spooler' | 'spooler-off' | undefined
  readonly queues: readonly SystemQueue[]
}

/** What a printer says of itself now. `isReady` with reasons: it prints, and something wants to be known. */
export interface PrinterLook {
  readonly isReady: boolean
  readonly reasons: readonly PrintReason[]
  /** Documents that wait in it or before it; undefined where it does not tell. */
  readonly waiting?: number | undefined
}

export interface PrintOrder {
  readonly printer: Printer
  /** Seen by every program that lists jobs: a document's code, nothing else. */
  readonly title: string
  readonly content: PrintContent
  /** The sheet is scaled to the printer's paper; otherwise it is printed in its own size. */
  readonly isScaled: boolean
  /** Windows: see PrintSetup. */
  readonly program?: string | undefined
}

/** What became of handing a document over. */
export type HandOver =
  | { readonly state: 'printed' }
  /** `reason`: what the printer complains of while it holds the document. */
  | {
      readonly state: 'handed-over'
      readonly spoolerJob?: string | undefined
      readonly reason?: PrintReason | undefined
    }
  /** Nothing was taken. */
  | { readonly state: 'refused'; readonly reason: PrintReason }
  /** Some of it was taken, and then nothing more is known. */
  | { readonly state: 'unclear'; readonly reason: PrintReason }

/** What the spooler says of a job later. */
export type JobWord =
  | { readonly state: 'printed' }
  | { readonly state: 'handed-over'; readonly reason?: PrintReason | undefined }
  | { readonly state: 'refused' | 'cancelled' | 'unclear'; readonly reason: PrintReason }

/**
 * The way to paper. One document at a time for each device, whoever asks. No name, title or option ever passes a shell.
 * None of these throws for what printers and spoolers do; the answer says it.
 */
export interface Printing {
  /** Queues by name, as the system lists them. */
  queues(program?: string): Promise<SystemQueues>
  look(printer: Printer): Promise<PrinterLook>
  /** Hands one document over. Takes seconds; `isCancelled` ends the waiting for the printer's word, not the printing. */
  send(order: PrintOrder, isCancelled: () => boolean): Promise<HandOver>
  /** What became of a job of the spooler. Undefined where nobody can be asked: then nothing new is known. */
  ask(printer: Printer, spoolerJob: string): Promise<JobWord | undefined>
  /** Calls a job of the spooler back; false when it was too late or cannot be done. */
  cancel(printer: Printer, spoolerJob: string): Promise<boolean>
  /** Sizes of all pages as they are seen, in tenths of a millimetre. Throws ERR_INPUT_INVALID for what is no PDF. */
  pageSizes(pdf: Uint8Array): Promise<readonly PaperSize[]>
  /** A page with a frame and a ruler, by which a person sees size and offset. */
  testPage(media: MediaName, dpi: Dpi, way: Printer['way']['kind']): Promise<PrintContent>
}
