import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import encodeQR from 'qr'
import { AppError } from '../../../kernel/errors.ts'
import type { InputOf } from '../../../contract/operations.ts'
import { secret, type Args, type Command } from '../arguments.ts'
import type { Context } from '../context.ts'
import { readText } from '../../compose-tools.ts'

const spanOptions = {
  from: { type: 'string', help: 'seals from this time on, such as 2026-11-22 or 2026-11-22T08:00Z' },
  until: { type: 'string', help: 'seals until this time' },
} as const

/** Couriers: their keys, and where manifests go. */
export const courierCommands: readonly Command[] = [
  {
    name: 'courier list',
    words: '',
    help: 'couriers with their keys as words to compare by telephone',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('couriers.list', {}),
  },
  {
    name: 'courier warnings',
    words: '',
    help: 'couriers without a key that seals, or whose key ends within 30 days',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('couriers.warnings', {}),
  },
  {
    name: 'courier preview-key',
    words: 'COURIER FILE',
    help: 'shows the words of a key set to compare by telephone, and saves nothing',
    fewest: 2,
    most: 2,
    run: async (context, args) => (await context.client()).call('couriers.preview-key', await offered(context, args)),
  },
  {
    name: 'courier add-key',
    words: 'COURIER FILE',
    help: "takes a courier's public JWK set in; the newest key seals from now on",
    fewest: 2,
    most: 2,
    options: {
      'compared-by': { type: 'string', help: 'who has compared its words with the courier' },
      ...spanOptions,
    },
    async run(context, args) {
      const by = args.text('compared-by')
      return (await context.client()).call('couriers.add-key', {
        ...(await offered(context, args)),
        ...(by !== undefined && { comparedBy: by }),
        ...spanFrom(args),
      })
    },
  },
  {
    name: 'courier compare-key',
    words: 'COURIER KID NAME',
    help: 'keeps who has compared the words of a key with the courier',
    fewest: 3,
    most: 3,
    run: async (context, args) =>
      (await context.client()).call('couriers.compare-key', { ...keyFrom(args), by: args.words[2] ?? '' }),
  },
  {
    name: 'courier key-days',
    words: 'COURIER KID',
    help: 'says from when and until when a key seals; without options it has no limits',
    fewest: 2,
    most: 2,
    options: spanOptions,
    run: async (context, args) =>
      (await context.client()).call('couriers.set-validity', { ...keyFrom(args), ...spanFrom(args) }),
  },
  {
    name: 'courier revoke-key',
    words: 'COURIER KID',
    help: 'revokes a key: nothing is sealed with it again, and labels sealed for it are void',
    fewest: 2,
    most: 2,
    run: async (context, args) => (await context.client()).call('couriers.revoke-key', keyFrom(args)),
  },
  {
    name: 'courier labels',
    words: '[COURIER]',
    help: 'packages still here whose labels were sealed for a former key, or have none',
    fewest: 0,
    most: 1,
    run: async (context, args) => (await context.client()).call('couriers.labels-to-renew', { carrier: args.words[0] }),
  },
  {
    name: 'courier renew-labels',
    words: 'COURIER',
    help: 'makes those labels anew',
    fewest: 1,
    most: 1,
    run: async (context, args) =>
      (await context.client()).call('couriers.renew-labels', { carrier: args.words[0] ?? '' }),
  },
  {
    name: 'courier test-label',
    words: 'COURIER',
    help: 'makes a label to an invented recipient that the courier can scan and open',
    fewest: 1,
    most: 1,
    run: async (context, args) =>
      (await context.client()).call('couriers.test-label', { carrier: args.words[0] ?? '' }),
  },
  {
    name: 'courier terms',
    words: 'COURIER',
    help: 'says when a courier collects, on which paper its labels stand and what it takes for a package',
    fewest: 1,
    most: 1,
    options: {
      collection: { type: 'string', help: 'local time, such as 16:30' },
      label: { type: 'string', help: '4x6, 100x150 or A6' },
      tariff: {
        type: 'string',
        help: 'JSON file: rows of maxGrossG, maxLengthMm, maxGirthMm, priceMinor; [] = by billable weight',
      },
    },
    async run(context, args) {
      const file = args.text('tariff')
      return (await context.client()).call('couriers.set-terms', {
        carrier: args.words[0] ?? '',
        collection: args.text('collection'),
        // The operation itself refuses any other word.
        labelSize: args.text('label') as 'A6' | undefined,
        ...(file !== undefined && { tariff: readTariff(await readText(context.path(file))) }),
      })
    },
  },
  {
    name: 'courier channel',
    words: 'COURIER pick-up|folder|https|mail [PATH|URL|ADDRESS]',
    help: 'says where closed manifests go',
    fewest: 2,
    most: 3,
    options: { token: { type: 'string', help: "the courier's token for https, @FILE or - (standard input)" } },
    run: async (context, args) =>
      (await context.client()).call('couriers.set-channel', {
        carrier: args.words[0] ?? '',
        channel: await channelFrom(context, args),
      }),
  },
  {
    name: 'shop-keys',
    words: '',
    help: "the shop's public keys as a JWK set, to hand to couriers",
    fewest: 0,
    most: 0,
    options: {
      words: { type: 'boolean', help: 'as words to compare by telephone' },
      qr: { type: 'string', help: 'writes the set as a QR code into this SVG file' },
    },
    async run(context, args) {
      const client = await context.client()
      if (args.flag('words')) return client.call('shop.public-key-words', {})
      const keys = await client.call('shop.public-keys', {})
      const file = args.text('qr')
      if (file === undefined) return keys
      const path = context.path(file)
      await writeFile(path, encodeQR(JSON.stringify(keys), 'svg', { ecc: 'medium', border: 4 }))
      return { written: path }
    },
  },
]

type Tariff = InputOf<'couriers.set-terms'>['tariff']

/** Rows that are none are refused by the operation itself. */
function readTariff(text: string): Tariff {
  try {
    return JSON.parse(text) as Tariff
  } catch {
    throw new AppError('ERR_INPUT_INVALID', { path: '--tariff', expected: 'a file with a list in JSON' })
  }
}

const keyFrom = (args: Args) => ({ carrier: args.words[0] ?? '', encKid: args.words[1] ?? '' })

const offered = async (context: Context, args: Args) => ({
  carrier: args.words[0] ?? '',
  jwks: await readText(context.path(args.words[1] ?? '')),
})

function spanFrom(args: Args): { validFrom?: number; validUntil?: number } {
  const [validFrom, validUntil] = [timeOf(args, 'from'), timeOf(args, 'until')]
  return { ...(validFrom !== undefined && { validFrom }), ...(validUntil !== undefined && { validUntil }) }
}

function timeOf(args: Args, option: keyof typeof spanOptions): number | undefined {
  const text = args.text(option)
  if (text === undefined) return undefined
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new AppError('ERR_INPUT_INVALID', { path: `--${option}`, expected: 'a day or a time' })
  return at
}

async function channelFrom(context: Context, args: Args) {
  const [, kind, where] = args.words
  if (kind === 'pick-up') return { kind } as const
  if (where === undefined)
    throw new AppError('ERR_INPUT_INVALID', { path: 'courier channel', expected: 'a path, URL or e-mail address' })
  if (kind === 'folder') return { kind, path: resolve(context.path(where)) } as const
  if (kind === 'https') return { kind, url: where, token: (await secret(context, args, 'token')) ?? '' } as const
  if (kind === 'mail') return { kind, to: where } as const
  throw new AppError('ERR_INPUT_INVALID', { path: 'courier channel', expected: 'pick-up, folder, https or mail' })
}
