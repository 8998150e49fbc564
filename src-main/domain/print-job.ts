import type { EpochMs } from '../kernel/time.ts'
import type { PrintKind } from './print-printer.ts'

/**
 * How far a document is on its way to paper:
 * waiting      nothing has left us; `reason` says what the printer needs first
 * sending      it is leaving us
 * handed-over  the system's spooler, or the printer, has it; nobody has said that it came out
 * printed      the system or the printer has said that it came out
 * refused      it was not printed, and `reason` says why
 * unclear      we cannot know: somebody has to look at the printer
 * cancelled    called back before it came out
 */
export const printStates = ['waiting', 'sending', 'handed-over', 'printed', 'refused', 'unclear', 'cancelled'] as const
export type PrintState = (typeof printStates)[number]

/** Why a printer cannot print, or a job did not. One sentence each, with the way out, in the translations. */
export const printReasons = [
  'no-spooler',
  'spooler-off',
  'spooler-refused',
  'no-such-queue',
  'queue-rejects',
  'queue-stopped',
  'held',
  'not-answering',
  'silent',
  'not-understood',
  'paper-out',
  'head-open',
  'ribbon-out',
  'paused',
  'buffer-full',
  'busy',
  'too-hot',
  'too-cold',
  'settings-lost',
  'toner-out',
  'needs-attention',
  'connection-lost',
  'too-slow',
  'aborted',
  'cancelled-there',
  'forgotten',
  'interrupted',
  'document-gone',
  'cannot-be-made',
  'wrong-resolution',
  'wrong-size',
] as const
export type PrintReason = (typeof printReasons)[number]

/** One document sent to one printer once. Codes only: nothing personal. */
export interface PrintJob {
  readonly id: string
  /** Jobs that were asked for together. */
  readonly runId: string
  /** From 0, the order within the run. */
  readonly position: number
  readonly createdAt: EpochMs
  readonly changedAt: EpochMs
  readonly actor: string
  readonly kind: PrintKind | 'test-page'
  /** Absent for a test page. */
  readonly documentId?: string | undefined
  /** File name of the document, `231-07B.pdf`. */
  readonly title: string
  readonly printerId: string
  readonly printerName: string
  readonly state: PrintState
  readonly reason?: PrintReason | undefined
  /** What the spooler calls it, `Zebra-12`. */
  readonly spoolerJob?: string | undefined
  /** Printed before: this is one more. */
  readonly isAgain: boolean
  /** A person said that a sheet may be scaled to paper of another size. */
  readonly isScaled: boolean
}

const open: ReadonlySet<PrintState> = new Set<PrintState>(['waiting', 'sending', 'handed-over'])

/** Something may still come of it. */
export const isOpen = ({ state }: Pick<PrintJob, 'state'>): boolean => open.has(state)

/** Paper has, or may have, come out: one more would be a copy. */
export const mayBeOnPaper = ({ state }: Pick<PrintJob, 'state'>): boolean =>
  state === 'sending' || state === 'handed-over' || state === 'printed' || state === 'unclear'

const passing: ReadonlySet<PrintReason> = new Set<PrintReason>([
  'spooler-off',
  'queue-rejects',
  'not-answering',
  'silent',
  'paper-out',
  'head-open',
  'ribbon-out',
  'paused',
  'buffer-full',
  'busy',
  'too-hot',
  'too-cold',
])

/** A printer that took nothing for this reason takes it once somebody has seen to it: nothing need be decided anew. */
export const isPassing = (reason: PrintReason): boolean => passing.has(reason)
