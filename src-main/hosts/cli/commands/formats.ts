import { readText, toolPlanners } from '../../compose-tools.ts'
import { wholeNumber, type Command } from '../arguments.ts'
import { failureLine, runFormatCommand } from '../formats.ts'

const options = {
  seed: { type: 'string', help: 'seed of every random choice (default: 1)' },
  'budget-ms': { type: 'string', help: "outer limit per problem; without it the engine's own iteration budget" },
  workers: { type: 'string', help: 'threads (default: 1)' },
  progress: { type: 'boolean', help: 'progress on standard error' },
} as const

/** More threads than this only take memory from each other. */
const mostWorkers = 64

const formatCommand = (name: 'pack' | 'tour' | 'batch' | 'deliver', help: string): Command => ({
  name,
  words: '[FILE.json]',
  help,
  fewest: 0,
  most: 1,
  options,
  failureLine,
  async run(context, args) {
    const file = args.words[0]
    const text = await readText(file === undefined || file === '-' ? '-' : context.path(file))
    const workers = Math.min(mostWorkers, Math.max(1, wholeNumber(args, 'workers') ?? 1))
    const planners = toolPlanners(workers)
    try {
      const result = await runFormatCommand(name, text, {
        planners,
        seed: wholeNumber(args, 'seed'),
        budgetMs: wholeNumber(args, 'budget-ms'),
        workers,
        onProgress: args.flag('progress')
          ? (done: number, total: number) => context.progress(`${name} ${done}/${total}`)
          : undefined,
      })
      return result.endsWith('\n') ? result : `${result}\n`
    } finally {
      await planners.close()
    }
  },
})

/** Planning from a file, with no shop behind it (docs/guide/planning-formats.md). */
export const formatCommands: readonly Command[] = [
  formatCommand('pack', 'packs the orders of a file into cartons'),
  formatCommand('tour', 'finds shortest walks past picks'),
  formatCommand('batch', 'deals orders onto carts'),
  formatCommand('deliver', 'plans delivery routes'),
]
