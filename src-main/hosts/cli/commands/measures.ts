import type { MeasureChangeView } from '../../../contract/measure-views.ts'
import type { InputOf } from '../../../contract/operations.ts'
import { typedSides, typedVolume, typedWeight } from '../../../contract/typed-measures.ts'
import { AppError } from '../../../kernel/errors.ts'
import { wholeNumber, type Args, type Command } from '../arguments.ts'

type WorklistInput = InputOf<'catalogue.worklist'>
type MeasureInput = InputOf<'catalogue.measure'>['changes'][number]

const measureOptions = {
  weight: { type: 'string', help: 'such as 350g, 0.35kg, 12oz' },
  size: { type: 'string', help: 'three sides, such as 160x90x70mm or 16x9x7cm' },
  volume: { type: 'string', help: 'such as 1.2l or 900cm3' },
  handling: { type: 'string', help: 'JSON such as {"fragile":true}; what it does not name is as usual' },
  clear: { type: 'string', help: 'takes the shop\'s own word back: space, weight, handling, parted by commas' },
} as const // prettier-ignore

/** What was typed, read; throws ERR_INPUT_INVALID naming the option where it cannot be read. */
function read<Value>(args: Args, option: string, how: (text: string) => Value | undefined): Value | undefined {
  const text = args.text(option)
  if (text === undefined) return undefined
  const value = how(text)
  if (value === undefined)
    throw new AppError('ERR_INPUT_INVALID', { path: `--${option}`, expected: expectedOf(option) })
  return value
}

const expectedOf = (option: string): string =>
  option in measureOptions ? measureOptions[option as keyof typeof measureOptions].help : option // `in` has checked it

function changeOf(args: Args, sku: string): MeasureInput {
  const sizeMm = read(args, 'size', typedSides)
  const volumeCm3 = read(args, 'volume', typedVolume)
  const handling = read(args, 'handling', jsonOf)
  const clear = args.text('clear')?.split(',')
  return {
    sku,
    ...((sizeMm ?? volumeCm3) && { space: { sizeMm: sizeMm && [...sizeMm], volumeCm3 } }),
    weightG: read(args, 'weight', typedWeight),
    handling,
    // The room checks the names like every input.
    clear: clear as MeasureChangeView['clear'] as MeasureInput['clear'],
  }
}

function jsonOf(text: string): MeasureInput['handling'] {
  try {
    // The room checks the shape like every input.
    return JSON.parse(text) as MeasureInput['handling']
  } catch {
    return undefined
  }
}

/** Sizes, weights and handling: whose word counts, what is missing, what looks wrong. */
export const measureCommands: readonly Command[] = [
  {
    name: 'worklist',
    words: '[WORDS]',
    help: 'lists products without weight, size or place, or with doubtful measures; what orders wait for comes first',
    fewest: 0,
    most: 1,
    options: {
      kind: { type: 'string', help: 'no-weight, no-size, suspicious, no-location or estimated' },
      limit: { type: 'string', help: 'how many (default: 100)' },
    },
    async run(context, args) {
      const limit = wholeNumber(args, 'limit') ?? 100
      // The room checks the kind like every input.
      const kind = args.text('kind') as WorklistInput['kind']
      return (await context.client()).call('catalogue.worklist', { search: args.words[0], kind, limit })
    },
  },
  {
    name: 'measure',
    words: 'SKU ...',
    help: 'says what products weigh, how large they are and how they want to be packed; frees orders that waited for it',
    fewest: 1,
    most: 500,
    options: measureOptions,
    async run(context, args) {
      const changes = args.words.map((sku) => changeOf(args, sku))
      return (await context.client()).call('catalogue.measure', { changes })
    },
  },
  {
    name: 'confirm-measures',
    words: 'SKU ...',
    help: 'says that size and weight are right, however odd they look; the doubt goes until they change',
    fewest: 1,
    most: 500,
    options: { doubt: { type: 'boolean', help: 'takes the confirmation back' } },
    async run(context, args) {
      const input = { skus: [...args.words], confirmed: !args.flag('doubt') }
      return (await context.client()).call('catalogue.confirm-measures', input)
    },
  },
  {
    name: 'estimate-measures',
    words: '[SKU ...]',
    help: 'fills missing weights and sizes with the middle of the category, marked as estimated',
    fewest: 0,
    most: 500,
    options: { withdraw: { type: 'boolean', help: 'takes estimates back instead' } },
    async run(context, args) {
      const skus = args.words.length > 0 ? [...args.words] : undefined
      return (await context.client()).call('catalogue.estimate', { skus, withdraw: args.flag('withdraw') })
    },
  },
]
