import { typedSides, typedWeight } from '../../../contract/typed-measures.ts'
import { AppError } from '../../../kernel/errors.ts'
import { wholeNumber, type Args, type Command } from '../arguments.ts'

const cartonOptions = {
  name: { type: 'string', help: 'what people call it' },
  inner: { type: 'string', help: 'inner size, such as 300x200x150mm' },
  outer: { type: 'string', help: 'outer size (default: the inner one)' },
  tare: { type: 'string', help: 'empty weight, such as 190g' },
  carries: { type: 'string', help: 'gross weight at most, such as 20kg' },
  cost: { type: 'string', help: 'price of one in minor units' },
  stock: { type: 'string', help: 'how many there are: a count' },
  warn: { type: 'string', help: 'warn when fewer than so many are free' },
} as const

type Option = keyof typeof cartonOptions

function read<Value>(args: Args, option: Option, how: (text: string) => Value | undefined): Value | undefined {
  const text = args.text(option)
  if (text === undefined) return undefined
  const value = how(text)
  if (value !== undefined) return value
  throw new AppError('ERR_INPUT_INVALID', { path: `--${option}`, expected: cartonOptions[option].help })
}

/** The box types the shop owns. */
export const cartonCommands: readonly Command[] = [
  {
    name: 'cartons',
    words: '',
    help: 'lists the box types the shop owns, with what is there and what is promised',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('cartons.list', {}),
  },
  {
    name: 'carton',
    words: 'CODE',
    help: 'adds a box type, or changes what is named of the one with this code',
    fewest: 1,
    most: 1,
    options: cartonOptions,
    async run(context, args) {
      const [code = ''] = args.words
      const client = await context.client()
      const before = (await client.call('cartons.list', {})).find(({ carton }) => carton.code === code)?.carton
      const innerMm = read(args, 'inner', typedSides) ?? before?.innerMm
      const maxGrossG = read(args, 'carries', typedWeight) ?? before?.maxGrossG
      if (!innerMm) throw new AppError('ERR_INPUT_INVALID', { path: '--inner', expected: cartonOptions.inner.help })
      if (maxGrossG === undefined)
        throw new AppError('ERR_INPUT_INVALID', { path: '--carries', expected: cartonOptions.carries.help })
      const outerMm = read(args, 'outer', typedSides) ?? before?.outerMm ?? innerMm
      return client.call('cartons.save', {
        carton: {
          insulated: false,
          paddingMm: 0,
          coolantMm3: 0,
          coolantG: 0,
          ...before,
          code,
          name: args.text('name') ?? before?.name ?? code,
          innerMm: [...innerMm],
          outerMm: [...outerMm],
          tareG: read(args, 'tare', typedWeight) ?? before?.tareG ?? 0,
          maxGrossG,
          costMinor: wholeNumber(args, 'cost') ?? before?.costMinor ?? 0,
          warnBelow: wholeNumber(args, 'warn') ?? before?.warnBelow,
        },
        onHand: wholeNumber(args, 'stock'),
      })
    },
  },
  {
    name: 'remove-carton',
    words: 'CODE',
    help: 'takes a box type out of the list',
    fewest: 1,
    most: 1,
    run: async (context, args) => (await context.client()).call('cartons.remove', { code: args.words[0] ?? '' }),
  },
  {
    name: 'export-cartons',
    words: '',
    help: 'writes the box types as CSV that import-cartons reads back',
    fewest: 0,
    most: 0,
    run: async (context) => (await (await context.client()).call('cartons.export', {})).csv,
  },
  {
    name: 'advise-cartons',
    words: '',
    help: 'plans past orders anew with other sets of box types and says what each would have cost',
    fewest: 0,
    most: 0,
    options: {
      days: { type: 'string', help: 'how far back (default: 90)' },
      'per-kg': {
        type: 'string',
        help: 'minor units a billable kg costs with couriers without a tariff (default: 50)',
      },
    },
    run: async (context, args) =>
      (await context.client()).call('cartons.advise', {
        days: wholeNumber(args, 'days'),
        perKgMinor: wholeNumber(args, 'per-kg'),
      }),
  },
]
