import type { Args, Command } from '../arguments.ts'

const period = {
  from: { type: 'string', help: 'first day, YYYY-MM-DD; left out: seven days back' },
  to: { type: 'string', help: 'last day; left out: today' },
} as const

const periodOf = (args: Args): { from?: string | undefined; to?: string | undefined } => ({
  from: args.text('from'),
  to: args.text('to'),
})

/** How it goes, in figures. */
export const reportCommands: readonly Command[] = [
  {
    name: 'due',
    words: '',
    help: 'what each courier collects next, what is not packed for it yet, and what is in the way',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('reports.due', {}),
  },
  {
    name: 'figures',
    words: '[PART]',
    help: 'figures of a period; with days, hours, walks, cartons, late, reorder or count that part as CSV',
    fewest: 0,
    most: 1,
    options: period,
    async run(context, args) {
      const client = await context.client()
      const asked = periodOf(args)
      const [part] = args.words
      // The operation itself refuses any other word.
      if (part !== undefined) return (await client.call('reports.export', { ...asked, part: part as 'days' })).csv
      return { flow: await client.call('reports.flow', asked), work: await client.call('reports.work', asked) }
    },
  },
]
