import type { HandOver, PrintOrder, SystemQueues } from '../../../ports/printing.ts'
import { jobTitle } from '../job-title.ts'
import { runProgram, type Ran } from '../run-program.ts'
import { pdfOf, type Spooler } from '../spooler.ts'
import { cupsMedia, isQueueName, jobWordOf, lookOf, readJobName, readQueues, refusalOf } from './cups-words.ts'
import { askIpp, type IppAnswer, type IppQuestion } from './ipp.ts'

export interface CupsOptions {
  readonly env: NodeJS.ProcessEnv
  /** What a program may take; printing a long sheet over a slow network takes some seconds. */
  readonly timeoutMs: number
}

/** Linux and macOS: `lp`, `lpstat` and `cancel`, and CUPS itself for what became of a job. */
export function cupsSpooler({ env, timeoutMs }: CupsOptions): Spooler {
  const run = (program: string, words: readonly string[], input?: Uint8Array): Promise<Ran> =>
    runProgram(program, words, { env, timeoutMs, input })

  async function queues(): Promise<SystemQueues> {
    const running = await run('lpstat', ['-r'])
    if (running.end === 'missing') return { spooler: 'cups', problem: 'no-spooler', queues: [] }
    if (running.end !== 'done' || /not running/i.test(running.stdout + running.stderr))
      return { spooler: 'cups', problem: 'spooler-off', queues: [] }
    const [listed, usual] = await Promise.all([run('lpstat', ['-e']), run('lpstat', ['-d'])])
    return { spooler: 'cups', queues: readQueues(listed.stdout, usual.stdout) }
  }

  async function ask(question: IppQuestion): Promise<IppAnswer | undefined> {
    const server = await run('lpstat', ['-H'])
    return server.code === 0 ? askIpp(server.stdout, question, timeoutMs) : undefined
  }

  async function problemOf(queue: string): Promise<Extract<HandOver, { state: 'refused' }> | undefined> {
    const system = await queues()
    if (system.problem) return { state: 'refused', reason: system.problem }
    const isKnown = isQueueName(queue) && system.queues.some(({ name }) => name === queue)
    return isKnown ? undefined : { state: 'refused', reason: 'no-such-queue' }
  }

  return {
    queues,
    async look(queue) {
      const problem = await problemOf(queue)
      if (problem) return { isReady: false, reasons: [problem.reason] }
      const wanted = ['printer-state', 'printer-state-reasons', 'printer-is-accepting-jobs', 'queued-job-count']
      const answer = await ask({ operation: 'get-printer-attributes', path: `/printers/${queue}`, wanted })
      return answer ? lookOf(answer) : { isReady: true, reasons: [] }
    },
    async send(queue, order) {
      const problem = await problemOf(queue)
      if (problem) return problem
      const ran = await run('lp', lpWords(queue, order), pdfOf(order))
      if (ran.end === 'too-slow') return { state: 'unclear', reason: 'too-slow' }
      if (ran.end === 'missing') return { state: 'refused', reason: 'no-spooler' }
      if (ran.code !== 0) return { state: 'refused', reason: refusalOf(ran.stderr) }
      return { state: 'handed-over', spoolerJob: readJobName(queue, ran.stdout) }
    },
    async ask(queue, spoolerJob) {
      const number = jobNumber(queue, spoolerJob)
      if (number === undefined) return undefined
      const wanted = ['job-state', 'job-state-reasons', 'job-printer-state-reasons']
      const answer = await ask({ operation: 'get-job-attributes', path: `/jobs/${number}`, wanted })
      return answer && jobWordOf(answer)
    },
    async cancel(queue, spoolerJob) {
      if (jobNumber(queue, spoolerJob) === undefined) return false
      return (await run('cancel', [spoolerJob])).code === 0
    },
  }
}

/** The document comes over standard input: no file, and so no file name. */
function lpWords(queue: string, { title, printer, isScaled }: PrintOrder): readonly string[] {
  const options = [`media=${cupsMedia[printer.media]}`, `print-scaling=${isScaled ? 'fit' : 'none'}`]
  return ['-d', queue, '-t', jobTitle(title), ...options.flatMap((option) => ['-o', option])]
}

/** The number of a job of this very queue. */
function jobNumber(queue: string, spoolerJob: string): number | undefined {
  const [, name, digits] = /^(.+)-(\d{1,9})$/.exec(spoolerJob) ?? []
  return name === queue && isQueueName(queue) ? Number(digits) : undefined
}
