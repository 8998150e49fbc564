import process from 'node:process'
import { failureOf, traceOf } from '../../contract/failure.ts'
import { exitCodeOf } from '../../kernel/errors.ts'
import { commands } from './commands.ts'
import { openContext, type Context } from './context.ts'
import { helpText } from './help.ts'
import { findCommand, readArguments } from './arguments.ts'
import { sentenceOf } from './sentences.ts'

/** The outermost line of all: something was thrown where nobody waited for it. */
export function crashed(error: unknown): void {
  process.stderr.write(`${traceOf(error)}\n${sentenceOf(failureOf(error))}\n`)
  process.exit(1)
}

/** Runs one command and answers the exit code: 0, 1 our bug, 2 bad input, 3 the world, 130 cancelled. */
export async function run(argv: readonly string[]): Promise<number> {
  const name = argv[0]
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(helpText(commands, argv.slice(1)))
    return name === undefined ? 2 : 0
  }
  if (argv.includes('--help')) {
    process.stdout.write(helpText(commands, argv))
    return 0
  }
  const wantsJson = argv.includes('--json')
  let context: Context | undefined
  try {
    const { command, args } = readArguments(commands, argv)
    context = await openContext(args, { makesShop: command.makesShop === true })
    const result = await command.run(context, args)
    if (result !== undefined)
      process.stdout.write(
        typeof result === 'string' ? result : JSON.stringify(result, null, wantsJson ? undefined : 2) + '\n',
      )
    return 0
  } catch (error) {
    const failure = failureOf(error)
    if (failure.code === 'ERR_INTERNAL') process.stderr.write(`${traceOf(error)}\n`)
    const told = findCommand(commands, argv)?.failureLine ?? sentenceOf
    process.stderr.write(`${wantsJson ? JSON.stringify({ error: failure }) : told(failure)}\n`)
    return exitCodeOf(failure.code)
  } finally {
    await context?.close()
  }
}
