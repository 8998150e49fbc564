import { mediaSizes, type PaperSize } from '../../../src-main/domain/print-media.ts'
import type { HandOver, JobWord, PrinterLook, Printing, PrintOrder } from '../../../src-main/ports/printing.ts'

export interface FakePrinting extends Printing {
  readonly sent: PrintOrder[]
  readonly cancelled: string[]
  /** Answers to the next hand-overs; after them everything is handed over as `Queue-1`, `Queue-2` ... */
  readonly answers: HandOver[]
  /** What becomes of jobs, by the spooler's name for them. */
  readonly words: Map<string, JobWord>
  /** What the pages of every PDF measure. */
  size: PaperSize
  lookNow: PrinterLook
}

/** Printers that take everything, and say of it what a test wants. */
export function fakePrinting(): FakePrinting {
  const fake: FakePrinting = {
    sent: [],
    cancelled: [],
    answers: [],
    words: new Map(),
    size: mediaSizes['4x6'],
    lookNow: { isReady: true, reasons: [] },
    queues: async () => ({ spooler: 'cups', queues: [{ name: 'Queue', isDefault: true }] }),
    look: async () => fake.lookNow,
    async send(order) {
      fake.sent.push(order)
      return fake.answers.shift() ?? { state: 'handed-over', spoolerJob: `Queue-${fake.sent.length}` }
    },
    ask: async (_printer, spoolerJob) => fake.words.get(spoolerJob),
    async cancel(_printer, spoolerJob) {
      fake.cancelled.push(spoolerJob)
      return !fake.words.has(spoolerJob)
    },
    pageSizes: async () => [fake.size],
    testPage: async () => ({ pdf: new TextEncoder().encode('test page') }),
  }
  return fake
}
