import { resolve } from 'node:path'
import { AppError } from '../../../kernel/errors.ts'
import { secret, type Args, type Command } from '../arguments.ts'
import type { Context } from '../context.ts'
import { readText } from '../../compose-tools.ts'

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
    name: 'courier add-key',
    words: 'COURIER FILE',
    help: "takes a courier's public JWK set in; the newest key seals from now on",
    fewest: 2,
    most: 2,
    async run(context, args) {
      const jwks = await readText(context.path(args.words[1] ?? ''))
      return (await context.client()).call('couriers.add-key', { carrier: args.words[0] ?? '', jwks })
    },
  },
  {
    name: 'courier revoke-key',
    words: 'COURIER KID',
    help: 'revokes a key: nothing is sealed with it again',
    fewest: 2,
    most: 2,
    run: async (context, args) =>
      (await context.client()).call('couriers.revoke-key', {
        carrier: args.words[0] ?? '',
        encKid: args.words[1] ?? '',
      }),
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
    run: async (context) => (await context.client()).call('shop.public-keys', {}),
  },
]

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
