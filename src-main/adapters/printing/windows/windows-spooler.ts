import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import type { HandOver, PrintOrder, SystemQueues } from '../../../ports/printing.ts'
import { jobTitle } from '../job-title.ts'
import { runProgram } from '../run-program.ts'
import { pdfOf, type Spooler } from '../spooler.ts'
import { listPrinters, printSettings, readPrinters, type WindowsPrinter } from './windows-words.ts'

export interface WindowsOptions {
  readonly env: NodeJS.ProcessEnv
  readonly timeoutMs: number
  /** Where PowerShell lies, when not in its usual place. */
  readonly powershell?: string | undefined
}

/**
 * Windows: SumatraPDF hands a PDF to the spooler without a window (`-print-to NAME -silent`). Windows knows no job's
 * end: what has left the queue is gone from every list, printed or not. So nothing here ever says "printed".
 */
export function windowsSpooler(options: WindowsOptions): Spooler {
  const { env, timeoutMs } = options
  const system = join(env['SystemRoot'] ?? 'C:\\Windows', 'System32')
  const powershell = options.powershell ?? join(system, 'WindowsPowerShell', 'v1.0', 'powershell.exe')

  async function printers(): Promise<readonly WindowsPrinter[] | undefined> {
    const words = ['-NoProfile', '-NonInteractive', '-Command', listPrinters]
    const ran = await runProgram(powershell, words, { env, timeoutMs })
    return ran.end === 'done' && ran.code === 0 ? readPrinters(ran.stdout) : undefined
  }

  async function queues(program?: string): Promise<SystemQueues> {
    const known = await printers()
    const listed = (known ?? []).map(({ name, isDefault }) => ({ name, isDefault }))
    const problem =
      known === undefined ? 'spooler-off' : sumatraIn(env, program) === undefined ? 'no-spooler' : undefined
    return { spooler: 'windows', problem, queues: listed }
  }

  return {
    queues,
    async look(queue) {
      const known = await printers()
      if (!known) return { isReady: false, reasons: ['spooler-off'] }
      return known.find(({ name }) => name === queue)?.look ?? { isReady: false, reasons: ['no-such-queue'] }
    },
    async send(queue, order) {
      const sumatra = sumatraIn(env, order.program)
      if (sumatra === undefined) return { state: 'refused', reason: 'no-spooler' }
      const known = await printers()
      if (!known) return { state: 'refused', reason: 'spooler-off' }
      if (!known.some(({ name }) => name === queue)) return { state: 'refused', reason: 'no-such-queue' }
      return inOwnFolder(order, async (file) => {
        const settings = printSettings(order.printer.media, order.isScaled)
        const words = ['-print-to', queue, '-print-settings', settings, '-silent', file]
        const ran = await runProgram(sumatra, words, { env, timeoutMs })
        if (ran.end === 'missing') return { state: 'refused', reason: 'no-spooler' }
        if (ran.end === 'too-slow') return { state: 'unclear', reason: 'too-slow' }
        return ran.code === 0 ? { state: 'handed-over' } : { state: 'refused', reason: 'spooler-refused' }
      })
    },
    ask: async () => undefined,
    cancel: async () => false,
  }
}

/** The named program, else the places where its installer puts it. */
function sumatraIn(env: NodeJS.ProcessEnv, named: string | undefined): string | undefined {
  if (named !== undefined) return isAbsolute(named) && existsSync(named) ? named : undefined
  return ['LOCALAPPDATA', 'ProgramFiles', 'ProgramFiles(x86)']
    .flatMap((name) => env[name] ?? [])
    .map((folder) => join(folder, 'SumatraPDF', 'SumatraPDF.exe'))
    .find((path) => existsSync(path))
}

/** The document as a file that only this user can read, for as long as it is needed. Its name is the job's title. */
async function inOwnFolder(order: PrintOrder, work: (file: string) => Promise<HandOver>): Promise<HandOver> {
  const folder = await mkdtemp(join(tmpdir(), 'backroom-print-'))
  try {
    const title = jobTitle(order.title)
    const file = join(folder, title.endsWith('.pdf') ? title : `${title}.pdf`)
    await writeFile(file, pdfOf(order), { mode: 0o600 })
    return await work(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
