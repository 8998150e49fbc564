import type { PrintReason } from '../../../domain/print-job.ts'
import type { Printer, PrinterWay } from '../../../domain/print-printer.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { HandOver, PrinterLook, PrintOrder } from '../../../ports/printing.ts'
import { openConversation, type Conversation } from './conversation.ts'
import { countLines, faultsOf, isEmpty, readDpi, readHostStatus, statusLines, type HostStatus } from './host-status.ts'

/** How long things may take. Tests use shorter times. */
export interface ZplTimes {
  readonly connectMs: number
  /** For one answer. */
  readonly answerMs: number
  /** Between two questions. */
  readonly pauseMs: number
  /** Without the printer taking a byte. */
  readonly idleMs: number
  /** For a label to come out, while the printer complains of nothing. */
  readonly printMs: number
  /** For a person to put paper in or to close the head. */
  readonly careMs: number
}

export const usualZplTimes: ZplTimes = {
  connectMs: 4_000,
  answerMs: 2_000,
  pauseMs: 150,
  idleMs: 10_000,
  printMs: 30_000,
  careMs: 120_000,
}

/** Empty so often in a row, without having been seen at work, means that the label was out before we looked. */
const calmAnswers = 3

type ZplWay = Extract<PrinterWay, { kind: 'zpl' }>

/** A label printer that takes ZPL over TCP and tells its state by `~HS`. */
export function zplPrinter(times: ZplTimes) {
  const { connectMs, answerMs, pauseMs, idleMs } = times

  async function talk<Value>(
    way: ZplWay,
    otherwise: Value,
    work: (with_: Conversation) => Promise<Value>,
  ): Promise<Value> {
    const conversation = await openConversation({ host: way.host, port: way.port }, connectMs)
    if (!conversation) return otherwise
    try {
      return await work(conversation)
    } finally {
      await conversation.close(pauseMs)
    }
  }

  /** A printer out of paper or with its head open may keep silent: then so do we know nothing. */
  async function statusOf(conversation: Conversation): Promise<HostStatus | 'silent' | 'not-understood'> {
    const said = await conversation.ask('~HS\r\n', (heard) => countLines(heard) >= statusLines, answerMs)
    return said === undefined ? 'silent' : (readHostStatus(said) ?? 'not-understood')
  }

  /** Waits until nothing is left in the printer. */
  async function waitForPaper(conversation: Conversation, isCancelled: () => boolean): Promise<HandOver> {
    let leftMs = times.printMs
    let careMs = times.careMs
    let calm = 0
    let reason: PrintReason | undefined
    while (leftMs > 0 && careMs > 0 && !isCancelled()) {
      const status = await statusOf(conversation)
      if (!conversation.isOpen()) return { state: 'unclear', reason: 'connection-lost' }
      reason = typeof status === 'string' ? status : faultsOf(status)[0]
      if (reason === undefined && typeof status !== 'string') {
        if (!isEmpty(status)) calm = -1
        else if (calm < 0 || ++calm >= calmAnswers) return { state: 'printed' }
      }
      if (reason === undefined) leftMs -= pauseMs
      else careMs -= typeof status === 'string' ? pauseMs + answerMs : pauseMs
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
    return { state: 'handed-over', reason }
  }

  return {
    async look(printer: Printer, way: ZplWay): Promise<PrinterLook> {
      return talk<PrinterLook>(way, { isReady: false, reasons: ['not-answering'] }, async (conversation) => {
        if (way.isSilent) return { isReady: true, reasons: ['silent'] }
        const status = await statusOf(conversation)
        if (typeof status === 'string') return { isReady: false, reasons: [status] }
        const said = await conversation.ask('~HI\r\n', (heard) => countLines(heard) >= 1, answerMs)
        const dpi = said === undefined ? undefined : readDpi(said)
        const faults = faultsOf(status)
        const reasons = dpi !== undefined && dpi !== printer.dpi ? [...faults, 'wrong-resolution' as const] : faults
        return { isReady: reasons.length === 0, reasons, waiting: status.formats + status.labelsLeft }
      })
    },

    async send(order: PrintOrder, way: ZplWay, isCancelled: () => boolean): Promise<HandOver> {
      const { content } = order
      if (!('zpl' in content)) throw new AppError('ERR_INTERNAL', { what: 'pdf-for-zpl' })
      return talk<HandOver>(way, { state: 'refused', reason: 'not-answering' }, async (conversation) => {
        if (!way.isSilent) {
          const status = await statusOf(conversation)
          if (typeof status === 'string') return { state: 'refused', reason: status }
          // Half a label of somebody else's would swallow the beginning of ours.
          const fault = faultsOf(status)[0] ?? (status.isPartial ? 'busy' : undefined)
          if (fault !== undefined) return { state: 'refused', reason: fault }
        }
        const written = await conversation.write(content.zpl, idleMs)
        if (written !== 'done') return { state: 'unclear', reason: written }
        if (way.isSilent) return { state: 'handed-over' }
        return waitForPaper(conversation, isCancelled)
      })
    },
  }
}
