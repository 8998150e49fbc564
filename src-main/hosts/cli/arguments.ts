import { parseArgs } from 'node:util'
import type { Failure } from '../../contract/failure.ts'
import { AppError } from '../../kernel/errors.ts'
import { readText } from '../compose-tools.ts'
import type { Context } from './context.ts'

export interface Option {
  readonly type: 'string' | 'boolean'
  readonly help: string
}

export interface Args {
  readonly words: readonly string[]
  readonly text: (option: string) => string | undefined
  readonly flag: (option: string) => boolean
}

/** One command of the command line. `words`: its positional arguments, as shown in the help. */
export interface Command {
  readonly name: string
  readonly words: string
  readonly help: string
  readonly fewest: number
  readonly most: number
  readonly options?: { readonly [name: string]: Option } | undefined
  /** May make a shop where there is none; every other command says that there is none, and makes nothing. */
  readonly makesShop?: boolean | undefined
  /** One line for a failure, where programs rather than people read it; without it the usual sentences. */
  readonly failureLine?: ((failure: Failure) => string) | undefined
  /** What is returned is printed: text as it stands, everything else as JSON. */
  run(context: Context, args: Args): Promise<unknown>
}

export const commonOptions: { readonly [name: string]: Option } = {
  data: { type: 'string', help: "the data folder (default: BACKROOM_HOME, else the system's)" },
  'passphrase-file': {
    type: 'string',
    help: 'file whose first line opens the shop key; - for standard input (or BACKROOM_PASSPHRASE)',
  },
  json: { type: 'boolean', help: 'JSON on standard output, failures as JSON on standard error' },
}

/** The command that the first one or two words name. */
export function findCommand(commands: readonly Command[], argv: readonly string[]): Command | undefined {
  const [name = '', second = ''] = argv
  return (
    commands.find((candidate) => candidate.name === `${name} ${second}`) ??
    commands.find((candidate) => candidate.name === name)
  )
}

/** Finds the command and parses its options. Throws ERR_COMMAND_UNKNOWN, ERR_INPUT_INVALID naming the option. */
export function readArguments(commands: readonly Command[], argv: readonly string[]): { command: Command; args: Args } {
  const command = findCommand(commands, argv)
  if (!command)
    throw new AppError('ERR_COMMAND_UNKNOWN', {
      command: argv[0] ?? '',
      known: commands.map((candidate) => candidate.name),
    })
  const rest = argv.slice(command.name.split(' ').length)
  const { values, positionals } = parse(command, rest)
  if (positionals.length < command.fewest || positionals.length > command.most) {
    throw new AppError('ERR_INPUT_INVALID', { path: command.name, expected: `${command.name} ${command.words}`.trim() })
  }
  const text = (option: string): string | undefined => {
    const value = values[option]
    return typeof value === 'string' ? value : undefined
  }
  return { command, args: { words: positionals, text, flag: (option) => values[option] === true } }
}

/** `--token -abc` as `--token=-abc`: a key may begin with a dash, and the parser would take it for an option. */
function withValuesJoined(argv: readonly string[], known: { readonly [name: string]: Option }): string[] {
  const isOption = (word: string): boolean => word.startsWith('--') && (word.slice(2).split('=')[0] ?? '') in known
  return argv.flatMap((word, at) => {
    const takesNext = (before = '', value = ''): boolean =>
      known[before.slice(2)]?.type === 'string' && /^-./.test(value) && !isOption(value)
    if (takesNext(argv[at - 1], word)) return []
    return takesNext(word, argv[at + 1]) ? [`${word}=${argv[at + 1]}`] : [word]
  })
}

function parse(
  command: Command,
  argv: readonly string[],
): { values: { readonly [name: string]: unknown }; positionals: string[] } {
  const known = { ...commonOptions, ...command.options }
  const options = Object.fromEntries(Object.entries(known).map(([name, option]) => [name, { type: option.type }]))
  try {
    return parseArgs({ args: withValuesJoined(argv, known), options, allowPositionals: true, strict: true })
  } catch (cause) {
    throw new AppError(
      'ERR_INPUT_INVALID',
      {
        path: command.name,
        expected: `options ${Object.keys(known)
          .map((option) => `--${option}`)
          .join(' ')}`,
      },
      { cause },
    )
  }
}

/**
 * An option that is a secret: every user of the machine can read the words a program was started with, so `-` takes it
 * from standard input and `@FILE` from a file. Undefined when the option is not there.
 */
export async function secret(context: Pick<Context, 'path'>, args: Args, option: string): Promise<string | undefined> {
  const typed = args.text(option)
  if (typed === '-') return (await readText('-')).trim()
  return typed?.startsWith('@') ? (await readText(context.path(typed.slice(1)))).trim() : typed
}

/** A whole number option. Throws ERR_INPUT_INVALID naming it. */
export function wholeNumber(args: Args, option: string): number | undefined {
  const text = args.text(option)
  if (text === undefined) return undefined
  if (!/^\d{1,15}$/.test(text))
    throw new AppError('ERR_INPUT_INVALID', { path: `--${option}`, expected: 'a whole number' })
  return Number(text)
}
