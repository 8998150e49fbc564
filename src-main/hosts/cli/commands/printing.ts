import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '../../../contract/client.ts'
import type { PrintJobView } from '../../../contract/operations/printing.ts'
import type { InputOf } from '../../../contract/operations.ts'
import { AppError } from '../../../kernel/errors.ts'
import { wholeNumber, type Args, type Command } from '../arguments.ts'
import type { Context } from '../context.ts'
import { phraseOf } from '../sentences.ts'

type PrinterInput = InputOf<'printers.save'>['printer']
type PrintInput = InputOf<'print.documents'>
type Wish = { [Key in 'documents' | 'wave' | 'kind' | 'parcel' | 'manifest']?: unknown }

const printOptions = {
  again: { type: 'boolean', help: 'also what was printed before' },
  scaled: { type: 'boolean', help: 'scales sheets to the paper that is in the printer; never labels' },
  printer: { type: 'string', help: 'name of a printer, instead of the chosen one' },
  plan: { type: 'boolean', help: 'only says what would go where, and what does not fit' },
  wait: { type: 'string', help: 'seconds to wait for the word that it came out (default: 10)' },
} as const

/** One job in words: what is known of it, and the way out where it did not come out. */
function told(job: PrintJobView): unknown {
  const { id, title, printerName, state, reason, spoolerJob } = job
  const says = [phraseOf(`printing.states.${state}`), reason && phraseOf(`printing.reasons.${reason}`)]
  return {
    job: id,
    document: title,
    printer: printerName,
    state,
    reason,
    spoolerJob,
    says: says.filter(Boolean).join(' '),
  }
}

/** Waits for the system's word on what it was handed; what it does not say in time stays handed over. */
async function follow(client: Client, runId: string, seconds: number): Promise<readonly PrintJobView[]> {
  for (let left = seconds * 2; ; left--) {
    const { rows } = await client.call('print.jobs', { run: runId, limit: 1000 })
    const isOpen = rows.some(({ state, spoolerJob }) => state === 'handed-over' && spoolerJob !== undefined)
    if (!isOpen || left <= 0) return rows
    await sleep(500)
    await client.call('print.follow', {})
  }
}

/** Jobs in words. Throws ERR_PRINT_FAILED with them when one did not, or may not, come out. */
function report(jobs: readonly PrintJobView[], more: object = {}): unknown {
  const failed = jobs.filter(({ state }) => state === 'refused' || state === 'unclear' || state === 'waiting')
  if (failed.length > 0)
    throw new AppError('ERR_PRINT_FAILED', {
      documents: jobs.length,
      printed: jobs.filter(({ state }) => state === 'printed').length,
      handedOver: jobs.filter(({ state }) => state === 'handed-over').length,
      // Plain records of texts.
      failed: failed.map((job) => JSON.parse(JSON.stringify(told(job))) as { [name: string]: string }),
    })
  return { ...more, jobs: jobs.map(told) }
}

async function print(context: Context, args: Args, wish: Wish): Promise<unknown> {
  const client = await context.client()
  const printer = args.text('printer')
  // The room checks the wish like every input.
  const input = { ...wish, again: args.flag('again'), scaled: args.flag('scaled'), printer } as PrintInput
  if (args.flag('plan')) return client.call('print.plan', input)
  const run = await client.call('print.documents', input)
  const jobs = await follow(client, run.runId, wholeNumber(args, 'wait') ?? 10)
  return report(jobs, { skipped: run.skipped })
}

const printerOptions = {
  queue: { type: 'string', help: "a queue of the system, see 'printers queues'" },
  zpl: { type: 'string', help: 'address of a ZPL label printer: 192.168.1.50 or its name, with :PORT if not 9100' },
  silent: { type: 'boolean', help: 'the ZPL printer never answers ~HS: its labels stay "handed over"' },
  media: { type: 'string', help: '4x6, 100x150, A6, A5, A4 or letter' },
  dpi: { type: 'string', help: '203 or 300 (default: 203)' },
} as const

function wayOf(args: Args): PrinterInput['way'] {
  const queue = args.text('queue')
  const zpl = args.text('zpl')
  if ((queue === undefined) === (zpl === undefined))
    throw new AppError('ERR_INPUT_INVALID', { path: 'printers set', expected: 'either --queue or --zpl' })
  if (queue !== undefined) return { kind: 'queue', queue }
  // An IPv6 address has colons of its own: with a port it stands in brackets.
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(zpl ?? '') ?? []
  const host = bracketed ?? plain ?? zpl ?? ''
  return { kind: 'zpl', host, port: Number(port ?? 9100), isSilent: args.flag('silent') }
}

const printerCommands: readonly Command[] = [
  {
    name: 'printers list',
    words: '',
    help: 'the printers, what each is chosen for, and what it says of itself now',
    fewest: 0,
    most: 0,
    async run(context) {
      const client = await context.client()
      const [setup, looks] = await Promise.all([client.call('printers.list', {}), client.call('printers.look', {})])
      return setup.printers.map((printer) => {
        const look = looks.find(({ printerId }) => printerId === printer.id)
        const says = look?.reasons.map((reason) => phraseOf(`printing.reasons.${reason}`))
        return {
          ...printer,
          usedFor: setup.uses
            .filter(({ printerId }) => printerId === printer.id)
            .map(({ kind, terminal }) => ({ kind, terminal })),
          ready: look?.isReady,
          waiting: look?.waiting,
          says: says?.join(' ') || phraseOf('printing.ready'),
        }
      })
    },
  },
  {
    name: 'printers queues',
    words: '',
    help: 'the printers that this system knows',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('printers.queues', {}),
  },
  {
    name: 'printers set',
    words: 'NAME',
    help: 'adds a printer, or changes the one of this name',
    fewest: 1,
    most: 1,
    options: printerOptions,
    async run(context, args) {
      const client = await context.client()
      const [name = ''] = args.words
      const { printers } = await client.call('printers.list', {})
      const known = printers.find((printer) => printer.name.toLowerCase() === name.toLowerCase())
      const media = args.text('media') ?? known?.media
      const dpi = wholeNumber(args, 'dpi') ?? known?.dpi ?? 203
      // The room checks media and resolution like every input.
      const printer = { id: known?.id, name, way: wayOf(args), media, dpi } as PrinterInput
      return client.call('printers.save', { printer })
    },
  },
  {
    name: 'printers remove',
    words: 'NAME',
    help: 'takes a printer away; what was printed stays listed',
    fewest: 1,
    most: 1,
    run: async (context, args) => (await context.client()).call('printers.remove', { printer: args.words[0] ?? '' }),
  },
  {
    name: 'printers use',
    words: 'KIND [NAME]',
    help: 'which printer pick-sheet, slip, label, carrier-label, counter-slip, run-sheet or invoice go to; without a name: none',
    fewest: 1,
    most: 2,
    options: { terminal: { type: 'string', help: 'only for this terminal, such as desktop or station:ID' } },
    async run(context, args) {
      const [kind, printer] = args.words
      // The room checks the kind like every input.
      const input = { kind, printer, terminal: args.text('terminal') } as InputOf<'printers.use'>
      return (await context.client()).call('printers.use', input)
    },
  },
  {
    name: 'printers test',
    words: 'NAME',
    help: 'prints a test page: is it the right printer, is the size right?',
    fewest: 1,
    most: 1,
    async run(context, args) {
      const client = await context.client()
      const { runId } = await client.call('printers.test', { printer: args.words[0] ?? '' })
      return report(await follow(client, runId, 10))
    },
  },
  {
    name: 'printers program',
    words: '[PATH]',
    help: 'Windows: where SumatraPDF.exe lies; without a path it is looked for in its usual places',
    fewest: 0,
    most: 1,
    async run(context, args) {
      const [typed] = args.words
      const path = typed === undefined ? undefined : context.path(typed)
      return (await context.client()).call('printers.program', { path })
    },
  },
]

const jobCommands: readonly Command[] = [
  {
    name: 'print document',
    words: 'ID ...',
    help: 'prints issued documents, or invoices by their number',
    fewest: 1,
    most: 500,
    options: printOptions,
    run: (context, args) => print(context, args, { documents: [...args.words] }),
  },
  {
    name: 'print wave',
    words: 'WAVE KIND',
    help: 'prints the pick-sheet, slip, label or counter-slip documents of a wave, in the order of the floor',
    fewest: 2,
    most: 2,
    options: printOptions,
    run: (context, args) => print(context, args, { wave: args.words[0], kind: args.words[1] }),
  },
  {
    name: 'print parcel',
    words: 'NUMBER',
    help: "prints a package's label, or its slip for the counter",
    fewest: 1,
    most: 1,
    options: printOptions,
    run: (context, args) => print(context, args, { parcel: args.words[0] }),
  },
  {
    name: 'print manifest',
    words: 'NUMBER',
    help: 'prints the run sheet of a manifest',
    fewest: 1,
    most: 1,
    options: printOptions,
    run: (context, args) => print(context, args, { manifest: args.words[0] }),
  },
  {
    name: 'print jobs',
    words: '',
    help: 'what was sent to printers, newest first, and what is known of it',
    fewest: 0,
    most: 0,
    options: { limit: { type: 'string', help: 'how many (default: 50)' } },
    async run(context, args) {
      const client = await context.client()
      await client.call('print.follow', {})
      const { rows, total } = await client.call('print.jobs', { limit: wholeNumber(args, 'limit') ?? 50 })
      return { total, jobs: rows.map(told) }
    },
  },
  {
    name: 'print waiting',
    words: '',
    help: 'sends what stayed waiting because a printer needed somebody',
    fewest: 0,
    most: 0,
    run: async (context) => report(await (await context.client()).call('print.waiting', {})),
  },
  {
    name: 'print cancel',
    words: 'JOB',
    help: 'calls a job back, as long as it has not come out',
    fewest: 1,
    most: 1,
    run: async (context, args) =>
      told(await (await context.client()).call('print.cancel', { job: args.words[0] ?? '' })),
  },
]

/** Printers, and documents on their way to paper. */
export const printingCommands: readonly Command[] = [...printerCommands, ...jobCommands]
