import { randomUUID } from 'node:crypto'
import { AppError } from '../../../kernel/errors.ts'
import { secret, wholeNumber, type Args, type Command } from '../arguments.ts'
import type { Context } from '../context.ts'

const one = { fewest: 1, most: 1 } as const
const none = { fewest: 0, most: 0 } as const

/** `TEA` or `TEA=3`. A code may itself hold `=`: the last one counts, and only before a number. */
function lineOf(word: string): { code: string; quantity: number } {
  const [, code, quantity] = /^(.+)=(\d{1,4})$/.exec(word) ?? []
  return code === undefined ? { code: word, quantity: 1 } : { code, quantity: Number(quantity) }
}

/** Names and addresses come as JSON from a file or standard input: every user of the machine can read our words. */
async function customerOf(context: Context, args: Args): Promise<object | undefined> {
  const text = await secret(context, args, 'customer')
  if (text === undefined) return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null) return parsed
  } catch (cause) {
    throw new AppError('ERR_INPUT_NOT_JSON', { path: '--customer' }, { cause })
  }
  throw new AppError('ERR_INPUT_INVALID', { path: '--customer', expected: 'an object' })
}

/** What is typed is checked behind the door, by the operation's own schema. */
const serviceOf = (args: Args): 'standard' | 'express' | 'collect' => (args.text('service') ?? 'collect') as 'collect'

const orderOptions = {
  service: { type: 'string', help: 'collect (default), standard or express' },
  shipping: { type: 'string', help: 'shipping price in minor units (default: 0)' },
} as const

/** Orders taken at the counter or on the phone, and what is collected there. */
export const counterCommands: readonly Command[] = [
  {
    name: 'preview-order',
    words: 'SKU[=N] ...',
    help: 'what an order comes to: prices, stock, parcels; saves nothing',
    fewest: 1,
    most: 500,
    options: {
      ...orderOptions,
      country: { type: 'string', help: 'where it goes' },
      postcode: { type: 'string', help: 'where it goes' },
    },
    run: async (context, args) =>
      (await context.client()).call('orders.preview', {
        lines: args.words.map(lineOf),
        service: serviceOf(args),
        country: args.text('country'),
        postcode: args.text('postcode'),
        shippingMinor: wholeNumber(args, 'shipping') ?? 0,
      }),
  },
  {
    name: 'place-order',
    words: 'SKU[=N] ...',
    help: 'takes an order at the counter or on the phone',
    fewest: 1,
    most: 500,
    options: {
      ...orderOptions,
      key: { type: 'string', help: 'a name for this order: the same again is the same order' },
      customer: {
        type: 'string',
        help: 'JSON { name, email, phone, address } or { userId }, @FILE or - (standard input)',
      },
      payment: { type: 'string', help: 'on-delivery (default), invoice or paid' },
      instructions: { type: 'string', help: 'for the courier, or for the counter' },
      'accept-short': { type: 'boolean', help: 'save it although stock is short' },
    },
    async run(context, args) {
      const customer = await customerOf(context, args)
      return (await context.client()).call('orders.place', {
        key: args.text('key') ?? randomUUID(),
        lines: args.words.map(lineOf),
        service: serviceOf(args),
        customer: customer as object,
        payment: (args.text('payment') ?? 'on-delivery') as 'on-delivery',
        instructions: args.text('instructions'),
        shippingMinor: wholeNumber(args, 'shipping') ?? 0,
        acceptShort: args.flag('accept-short'),
      })
    },
  },
  {
    name: 'waiting',
    words: '',
    help: 'what is packed and waits to be collected',
    ...none,
    run: async (context) => (await context.client()).call('counter.waiting', {}),
  },
  {
    name: 'hand-over',
    words: 'CODE',
    help: 'hands over what a customer collects: an order, or one parcel by its code or number',
    ...one,
    run: async (context, args) => (await context.client()).call('counter.hand-over', { code: args.words[0] ?? '' }),
  },
  {
    name: 'not-collected',
    words: 'ORDER',
    help: 'nobody came: cancels the order and puts its pieces back into stock',
    ...one,
    run: async (context, args) => (await context.client()).call('counter.return', { order: args.words[0] ?? '' }),
  },
]
