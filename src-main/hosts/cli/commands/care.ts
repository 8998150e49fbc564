import { wholeNumber, type Args, type Command } from '../arguments.ts'
import type { Context } from '../context.ts'

const one = { fewest: 1, most: 1 } as const
const none = { fewest: 0, most: 0 } as const

const messageOf = (args: Args): { message: string } => ({ message: args.words[0] ?? '' })
const orderOf = (args: Args): { order: string } => ({ order: args.words[0] ?? '' })

/** What storefronts ask of a person: changes of orders in work, and reports that they refused. */
export const careCommands: readonly Command[] = [
  {
    name: 'questions',
    words: '',
    help: 'what storefronts changed of orders in work: take-over or keep each',
    ...none,
    run: async (context: Context) => (await context.client()).call('orders.questions', {}),
  },
  {
    name: 'take-over',
    words: 'ORDER',
    help: 'takes over what the storefront changed of an order, as it is there now',
    ...one,
    run: async (context, args) => (await context.client()).call('orders.take-over', orderOf(args)),
  },
  {
    name: 'keep',
    words: 'ORDER',
    help: 'keeps an order as it is here, whatever its storefront changed',
    ...one,
    run: async (context, args) => (await context.client()).call('orders.keep', orderOf(args)),
  },
  {
    name: 'outbox',
    words: '[STATE]',
    help: 'messages to storefronts and couriers: waiting, sent, refused or withdrawn',
    fewest: 0,
    most: 1,
    options: { limit: { type: 'string', help: 'how many (default: 100)' } },
    run: async (context, args) =>
      (await context.client()).call('outbox.list', {
        limit: wholeNumber(args, 'limit') ?? 100,
        // The operation itself refuses any other word.
        ...(args.words[0] === undefined ? {} : { state: args.words[0] as 'refused' }),
      }),
  },
  {
    name: 'retry-message',
    words: 'MESSAGE',
    help: 'sends a refused or waiting message now',
    ...one,
    run: async (context, args) => (await context.client()).call('outbox.retry', messageOf(args)),
  },
  {
    name: 'dismiss-message',
    words: 'MESSAGE',
    help: 'lays a refused message aside; --reason told-otherwise, no-longer-true (default) or storefront-gone',
    ...one,
    options: { reason: { type: 'string', help: 'why nobody needs to be told' } },
    run: async (context, args) =>
      (await context.client()).call('outbox.dismiss', {
        ...messageOf(args),
        // The operation itself refuses any other word.
        reason: (args.text('reason') ?? 'no-longer-true') as 'no-longer-true',
      }),
  },
  {
    name: 'push-stock',
    words: '',
    help: 'tells the storefronts what is sellable now',
    ...none,
    run: async (context) => (await context.client()).call('storefronts.push-stock', {}),
  },
]
