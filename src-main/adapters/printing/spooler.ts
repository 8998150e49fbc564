import { AppError } from '../../kernel/errors.ts'
import type { HandOver, JobWord, PrinterLook, PrintOrder, SystemQueues } from '../../ports/printing.ts'

/** The operating system's way to paper. Queue names come from the shop's printers and are checked against the system's. */
export interface Spooler {
  queues(program?: string): Promise<SystemQueues>
  look(queue: string): Promise<PrinterLook>
  send(queue: string, order: PrintOrder): Promise<HandOver>
  ask(queue: string, spoolerJob: string): Promise<JobWord | undefined>
  cancel(queue: string, spoolerJob: string): Promise<boolean>
}

/** Queues take PDF alone: whoever asks has seen to it, see canTake. */
export function pdfOf({ content }: PrintOrder): Uint8Array {
  if ('pdf' in content) return content.pdf
  throw new AppError('ERR_INTERNAL', { what: 'zpl-for-a-queue' })
}
