import process from 'node:process'
import { deviceOf, type Printer } from '../../domain/print-printer.ts'
import type { Printing } from '../../ports/printing.ts'
import { cupsSpooler } from './cups/cups-spooler.ts'
import { pageSizesOf, testPagePdf } from './pdf/pages.ts'
import type { Spooler } from './spooler.ts'
import { windowsSpooler } from './windows/windows-spooler.ts'
import { testLabel } from './zpl/test-label.ts'
import { usualZplTimes, zplPrinter, type ZplTimes } from './zpl/zpl-printer.ts'

export interface PrintingOptions {
  readonly platform?: NodeJS.Platform | undefined
  readonly env?: NodeJS.ProcessEnv | undefined
  /** What a program of the system may take. */
  readonly timeoutMs?: number | undefined
  readonly times?: Partial<ZplTimes> | undefined
  readonly powershell?: string | undefined
}

/** The system's spooler and raw ZPL. Keeps a line for each device, so make one and keep it. */
export function createPrinting(options: PrintingOptions = {}): Printing {
  const { platform = process.platform, env = process.env, timeoutMs = 60_000, powershell } = options
  const spooler: Spooler =
    platform === 'win32' ? windowsSpooler({ env, timeoutMs, powershell }) : cupsSpooler({ env, timeoutMs })
  const zpl = zplPrinter({ ...usualZplTimes, ...options.times })
  const line = newLines()
  return {
    queues: (program) => spooler.queues(program),
    async look(printer) {
      const { way } = printer
      if (way.kind === 'queue') return spooler.look(way.queue)
      // A label printer holds one talk at a time: while ours is under way its own answer stands on the job.
      return line.isTaken(printer)
        ? { isReady: true, reasons: ['busy'] }
        : line.take(printer, () => zpl.look(printer, way))
    },
    send: (order, isCancelled) =>
      line.take(order.printer, () => {
        const { way } = order.printer
        return way.kind === 'queue' ? spooler.send(way.queue, order) : zpl.send(order, way, isCancelled)
      }),
    ask: async ({ way }, spoolerJob) => (way.kind === 'queue' ? spooler.ask(way.queue, spoolerJob) : undefined),
    cancel: async ({ way }, spoolerJob) => way.kind === 'queue' && spooler.cancel(way.queue, spoolerJob),
    pageSizes: pageSizesOf,
    testPage: async (media, dpi, way) =>
      way === 'zpl' ? { zpl: testLabel(media, dpi) } : { pdf: await testPagePdf(media) },
  }
}

/** One at a time for each device, in the order they came. */
function newLines() {
  const lastByDevice = new Map<string, Promise<unknown>>()
  return {
    isTaken: (printer: Printer): boolean => lastByDevice.has(deviceOf(printer)),
    async take<Value>(printer: Printer, work: () => Promise<Value>): Promise<Value> {
      const device = deviceOf(printer)
      const before = lastByDevice.get(device) ?? Promise.resolve()
      const mine = before.then(work)
      const settled = mine.catch(() => undefined)
      lastByDevice.set(device, settled)
      try {
        return await mine
      } finally {
        if (lastByDevice.get(device) === settled) lastByDevice.delete(device)
      }
    },
  }
}
