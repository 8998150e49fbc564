import { writeFile } from 'node:fs/promises'
import { AppError } from '../../../kernel/errors.ts'
import type { ColumnUseView, WrittenFileView } from '../../../contract/file-views.ts'
import { readBase64, readText } from '../../compose-tools.ts'
import type { Args, Command } from '../arguments.ts'
import type { Context } from '../context.ts'

const readOptions = {
  'dry-run': { type: 'boolean', help: 'show what would change, line by line, and save nothing' },
  'all-or-nothing': { type: 'boolean', help: 'take nothing in while a line is wrong' },
  encoding: { type: 'string', help: 'utf-8, utf-16le, utf-16be, windows-1252 or shift_jis, where it is recognised wrongly' },
  delimiter: { type: 'string', help: 'comma, semicolon, tab or pipe, where it is recognised wrongly' },
  columns: { type: 'string', help: 'a JSON file with what each column is, as the dry run shows under file.columns' },
} as const // prettier-ignore

const writeOptions = {
  out: { type: 'string', help: 'the file to write; without it the table is printed' },
  delimiter: { type: 'string', help: 'comma (default), semicolon, tab or pipe' },
  decimal: { type: 'string', help: 'point (default) or comma' },
  'plain-codes': { type: 'boolean', help: 'codes as they are, for programs other than spreadsheets' },
} as const

const delimiters = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const
const decimals = { point: '.', comma: ',' } as const

/** The value a word stands for. Throws ERR_INPUT_INVALID naming the option. */
function choice<Value>(args: Args, option: string, values: { readonly [word: string]: Value }): Value | undefined {
  const word = args.text(option)
  if (word === undefined) return undefined
  const value = Object.hasOwn(values, word) ? values[word] : undefined
  if (value === undefined)
    throw new AppError('ERR_INPUT_INVALID', { path: `--${option}`, expected: Object.keys(values).join(', ') })
  return value
}

const encodings = {
  'utf-8': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'windows-1252': 'windows-1252',
  shift_jis: 'shift_jis',
} as const

async function fileOf(context: Context, args: Args) {
  const columns = args.text('columns')
  return {
    base64: await readBase64(context.path(args.words[0] ?? '')),
    encoding: choice(args, 'encoding', encodings),
    delimiter: choice(args, 'delimiter', delimiters),
    columns: columns === undefined ? undefined : parseColumns(await readText(context.path(columns))),
  }
}

function parseColumns(text: string): ColumnUseView[] {
  try {
    // The room checks the shape like every input.
    return JSON.parse(text) as ColumnUseView[]
  } catch (cause) {
    throw new AppError('ERR_INPUT_NOT_JSON', { path: '--columns' }, { cause })
  }
}

/** Catalogue and orders as tables that people have in spreadsheets. */
export const fileCommands: readonly Command[] = [
  {
    name: 'import-catalogue',
    words: 'FILE.csv',
    help: 'takes products, measures and stock in; wrong lines are named and left out',
    fewest: 1,
    most: 1,
    options: readOptions,
    async run(context, args) {
      const file = await fileOf(context, args)
      const client = await context.client()
      if (args.flag('dry-run')) return client.call('files.preview-catalogue', file)
      return client.call('files.import-catalogue', { ...file, allOrNothing: args.flag('all-or-nothing') })
    },
  },
  {
    name: 'import-orders',
    words: 'FILE.csv',
    help: 'takes orders of a file in, one row a line of an order; the same file again doubles nothing',
    fewest: 1,
    most: 1,
    options: readOptions,
    async run(context, args) {
      const file = await fileOf(context, args)
      const client = await context.client()
      if (args.flag('dry-run')) return client.call('files.preview-orders', file)
      return client.call('files.import-orders', { ...file, allOrNothing: args.flag('all-or-nothing') })
    },
  },
  {
    name: 'imports',
    words: '',
    help: 'lists the files that were taken in, newest first',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('files.imports', {}),
  },
  {
    name: 'undo-import',
    words: 'IMPORT',
    help: 'takes a whole catalogue import back; products changed since are left and named',
    fewest: 1,
    most: 1,
    run: async (context, args) => (await context.client()).call('files.undo-import', { import: args.words[0] ?? '' }),
  },
  {
    name: 'export-catalogue',
    words: '',
    help: 'writes the catalogue with its stock as CSV for a spreadsheet',
    fewest: 0,
    most: 0,
    options: writeOptions,
    async run(context, args) {
      return write(context, args, await (await context.client()).call('files.export-catalogue', written(args)))
    },
  },
  {
    name: 'export-orders',
    words: '',
    help: 'writes the orders as CSV, without names and addresses',
    fewest: 0,
    most: 0,
    options: writeOptions,
    async run(context, args) {
      return write(context, args, await (await context.client()).call('files.export-orders', written(args)))
    },
  },
]

const written = (args: Args) => ({
  delimiter: choice(args, 'delimiter', delimiters),
  decimal: choice(args, 'decimal', decimals),
  plainCodes: args.flag('plain-codes'),
})

async function write(context: Context, args: Args, file: WrittenFileView): Promise<unknown> {
  const out = args.text('out')
  if (out === undefined) return file.csv
  const path = context.path(out)
  try {
    await writeFile(path, file.csv, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new AppError('ERR_DISK', { doing: 'write-file', path, reason }, { cause })
  }
  return { path, rows: file.rows }
}
