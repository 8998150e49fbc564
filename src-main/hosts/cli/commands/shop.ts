import { AppError } from '../../../kernel/errors.ts'
import { readText } from '../../compose-tools.ts'
import type { Args, Command } from '../arguments.ts'

const shopOptions = {
  sample: { type: 'boolean', help: 'set up the sample shop' },
  name: { type: 'string', help: 'name of the shop' },
  country: { type: 'string', help: 'ISO country, such as DE' },
  zone: { type: 'string', help: 'time zone, such as Europe/Berlin' },
  currency: { type: 'string', help: 'ISO currency, such as EUR' },
  locale: { type: 'string', help: 'language of paper, such as en' },
  letter: { type: 'string', help: 'one letter that opens every parcel number' },
  lat: { type: 'string', help: 'latitude of the shop' },
  lon: { type: 'string', help: 'longitude of the shop' },
  address: { type: 'string', help: 'sender on labels; lines divided by ";"' },
} as const

/** Setting a shop up and telling it what it owns. */
export const shopCommands: readonly Command[] = [
  {
    name: 'init',
    words: '',
    help: 'sets up a new shop (or the sample shop) and shows its recovery key once',
    fewest: 0,
    most: 0,
    makesShop: true,
    options: shopOptions,
    async run(context, args) {
      const client = await context.client()
      if (args.flag('sample')) return client.call('shop.init-sample', {})
      return client.call('shop.init', { shop: shopFrom(args) })
    },
  },
  fileCommand('import-cartons', 'FILE.csv', {
    help: 'takes the box types the shop owns in',
    call: (client, text) => client.call('cartons.import', { csv: text }),
  }),
  fileCommand('import-couriers', 'FILE.json', {
    help: 'takes couriers in; their keys and channels stay',
    call: (client, text) => client.call('couriers.import', { json: text }),
  }),
  fileCommand('import-postcodes', 'FILE.csv', {
    help: 'replaces the postcode table',
    call: (client, text) => client.call('postcodes.import', { csv: text }),
  }),
  {
    name: 'call',
    words: 'OPERATION [JSON]',
    help: 'calls any operation by its name; the input is JSON, or "-" for standard input',
    fewest: 1,
    most: 2,
    makesShop: true,
    async run(context, args) {
      const [operation = '', text = '{}'] = args.words
      const input: unknown = parseJson(text === '-' ? await readText('-') : text)
      const client = await context.client()
      // Any name and input may be typed here; the room refuses what it does not know.
      return client.call(operation as 'settings.get', input as Record<string, never>)
    },
  },
]

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('ERR_INPUT_NOT_JSON', {}, { cause })
  }
}

type Client = Awaited<ReturnType<Parameters<Command['run']>[0]['client']>>

function fileCommand(
  name: string,
  words: string,
  made: { help: string; call: (client: Client, text: string) => Promise<unknown> },
): Command {
  return {
    name,
    words,
    help: made.help,
    fewest: 1,
    most: 1,
    async run(context, args) {
      const text = await readText(context.path(args.words[0] ?? ''))
      return made.call(await context.client(), text)
    },
  }
}

function shopFrom(args: Args) {
  const needed = (option: keyof typeof shopOptions): string => {
    const value = args.text(option)
    if (value === undefined)
      throw new AppError('ERR_INPUT_INVALID', { path: `--${option}`, expected: shopOptions[option].help })
    return value
  }
  return {
    id: 'shop',
    name: needed('name'),
    country: needed('country'),
    zone: needed('zone'),
    currency: needed('currency'),
    locale: args.text('locale') ?? 'en',
    letter: args.text('letter') ?? 'B',
    lat: Number(needed('lat')),
    lon: Number(needed('lon')),
    addressLines: (args.text('address') ?? '')
      .split(';')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  }
}
