import { AppError } from '../../../kernel/errors.ts'
import { returnReasons } from '../../../contract/return-reasons.ts'
import type { Fate, ReturnReason } from '../../../domain/parcel-return.ts'
import { secret, wholeNumber, type Args, type Command } from '../arguments.ts'
import type { Context } from '../context.ts'

const one = { fewest: 1, most: 1 } as const

/** `SKU=2` or `SKU`. A code may itself hold `=`: the last one counts, and only before a number. */
function pieceOf(word: string): { sku: string; quantity: number } {
  const [, sku, quantity] = /^(.+)=(\d{1,5})$/.exec(word) ?? []
  return sku === undefined ? { sku: word, quantity: 1 } : { sku, quantity: Number(quantity) }
}

/** Where pieces go: the location's name, `quarantine` or `discard`; left out = where they came from. */
function fateOf(to: string | undefined, proposed: string | undefined): { fate: Fate; location?: string | undefined } {
  if (to === 'quarantine' || to === 'discard') return { fate: to }
  return { fate: 'restock', location: to ?? proposed }
}

/** Lines of what was sent that hold these SKUs, in their order, with the quantities asked for. */
function dealt<Line extends { readonly sku: string; readonly out: number }>(
  lines: readonly Line[],
  wanted: { sku: string; quantity: number },
): readonly { readonly line: Line; readonly quantity: number }[] {
  let left = wanted.quantity
  const dealtOut = lines
    .filter(({ sku }) => sku === wanted.sku)
    .flatMap((line) => {
      const quantity = Math.min(left, line.out)
      left -= quantity
      return quantity > 0 ? [{ line, quantity }] : []
    })
  if (left > 0)
    throw new AppError('ERR_RETURN_TOO_MANY', {
      sku: wanted.sku,
      quantity: wanted.quantity,
      out: wanted.quantity - left,
    })
  return dealtOut
}

async function takeReturn(context: Context, args: Args): Promise<unknown> {
  const client = await context.client()
  const [code = '', ...words] = args.words
  const { order, parcels } = await client.call('returns.find', { code })
  const [parcel, ...others] = parcels
  if (!parcel || others.length > 0) throw new AppError('ERR_PARCEL_NOT_NAMED', { order, parcels: parcels.length })
  const wanted = words.length > 0 ? words.map(pieceOf) : parcel.lines.map(({ sku, out }) => ({ sku, quantity: out }))
  const reason = args.text('reason') ?? (parcel.isUndelivered ? 'not-delivered' : 'other')
  if (!isReason(reason))
    throw new AppError('ERR_INPUT_INVALID', { path: '--reason', expected: returnReasons.join(', ') })
  return client.call('returns.take', {
    parcelId: parcel.id,
    pieces: wanted
      .filter(({ quantity }) => quantity > 0)
      .flatMap((piece) => dealt(parcel.lines, piece))
      .map(({ line, quantity }) => ({
        orderLineId: line.orderLineId,
        sku: line.sku,
        quantity,
        ...fateOf(args.text('to'), line.location),
        reason,
      })),
  })
}

const isReason = (text: string): text is ReturnReason => (returnReasons as readonly string[]).includes(text)

/** `SKU=N ...` as parts of an order's lines. */
async function partsOf(context: Context, args: Args): Promise<{ orderLineId: string; quantity: number }[]> {
  const [order = '', ...words] = args.words
  const { order: found } = await (await context.client()).call('orders.get', { order })
  const lines = found.lines.map(({ id, sku, quantity }) => ({ id, sku, out: quantity }))
  return words
    .map(pieceOf)
    .flatMap((piece) => dealt(lines, piece))
    .map(({ line, quantity }) => ({ orderLineId: line.id, quantity }))
}

/** Names and addresses come as JSON from a file or standard input: every user of the machine can read our words. */
async function recipientOf(context: Context, args: Args): Promise<object> {
  const text = await secret(context, args, 'to')
  try {
    const parsed: unknown = JSON.parse(text ?? '')
    if (typeof parsed === 'object' && parsed !== null) return parsed
  } catch (cause) {
    throw new AppError('ERR_INPUT_NOT_JSON', { path: '--to' }, { cause })
  }
  throw new AppError('ERR_INPUT_INVALID', { path: '--to', expected: 'an object' })
}

const report = (name: string, what: 'lost' | 'refused' | 'not-handed-over', help: string): Command => ({
  name,
  words: 'PACKAGE',
  help,
  ...one,
  run: async (context, args) => (await context.client()).call('parcels.report', { code: args.words[0] ?? '', what }),
})

/** What comes back, and the ways to an end of everything that does not go as planned. */
export const returnCommands: readonly Command[] = [
  {
    name: 'return find',
    words: 'CODE',
    help: 'what a package, a tracking number or an order has sent, and how much of it is still out',
    ...one,
    run: async (context, args) => (await context.client()).call('returns.find', { code: args.words[0] ?? '' }),
  },
  {
    name: 'return take',
    words: 'PACKAGE [SKU=N ...]',
    help: 'takes in what came back of a package: all of it, or the named pieces',
    fewest: 1,
    most: 500,
    options: {
      to: { type: 'string', help: 'a location, quarantine or discard (default: where it was picked from)' },
      reason: { type: 'string', help: returnReasons.join(', ') },
    },
    run: takeReturn,
  },
  {
    name: 'return undo',
    words: 'PARCEL-ID RETURN-ID',
    help: 'takes a return back, before anybody was told',
    fewest: 2,
    most: 2,
    run: async (context, args) =>
      (await context.client()).call('returns.undo', { parcelId: args.words[0] ?? '', returnId: args.words[1] ?? '' }),
  },
  report('package lost', 'lost', 'the courier lost it: the customer is told'),
  report('package refused', 'refused', 'it was refused at the door and comes back'),
  report('package left-behind', 'not-handed-over', 'the courier left it: packed again, for the next collection'),
  {
    name: 'package send-again',
    words: 'PACKAGE',
    help: 'sends what was in a lost, refused or returned package once more, free of charge',
    ...one,
    run: async (context, args) => (await context.client()).call('parcels.send-again', { code: args.words[0] ?? '' }),
  },
  {
    name: 'next-steps',
    words: 'ORDER',
    help: 'what can be done about an order now, and what would happen to sheet, package, label and stock',
    ...one,
    run: async (context, args) => (await context.client()).call('orders.next-steps', { order: args.words[0] ?? '' }),
  },
  {
    name: 'split',
    words: 'ORDER SKU=N ...',
    help: 'parts pieces from an order that is not planned yet',
    fewest: 2,
    most: 500,
    run: async (context, args) =>
      (await context.client()).call('orders.split', {
        order: args.words[0] ?? '',
        parts: await partsOf(context, args),
      }),
  },
  {
    name: 'send-rest',
    words: 'ORDER [SKU=N ...]',
    help: 'sends pieces later that were missing when the order was picked',
    fewest: 1,
    most: 500,
    run: async (context, args) =>
      (await context.client()).call('orders.send-rest', {
        order: args.words[0] ?? '',
        ...(args.words.length > 1 && { parts: await partsOf(context, args) }),
      }),
  },
  {
    name: 'merge',
    words: 'ORDER OTHER',
    help: 'makes two orders of one customer one; the other one is cancelled',
    fewest: 2,
    most: 2,
    run: async (context, args) =>
      (await context.client()).call('orders.merge', { into: args.words[0] ?? '', other: args.words[1] ?? '' }),
  },
  {
    name: 'change-address',
    words: 'ORDER',
    help: 'sends an order elsewhere; its labels are issued again',
    ...one,
    options: {
      to: {
        type: 'string',
        help: 'JSON { name, lines, postcode, city, country, phone }, @FILE or - (standard input)',
      },
    },
    run: async (context, args) =>
      (await context.client()).call('orders.change-address', {
        order: args.words[0] ?? '',
        // What is typed is checked behind the door, by the operation's own schema.
        recipient: (await recipientOf(context, args)) as { name: string; lines: string[]; postcode: string; city: string; country: string }, // prettier-ignore
      }),
  },
  {
    name: 'undo',
    words: 'ORDER',
    help: 'takes the last merge, change of address or cancelling of an order back, before anybody was told',
    ...one,
    run: async (context, args) => (await context.client()).call('orders.undo', { order: args.words[0] ?? '' }),
  },
  {
    name: 'substitute',
    words: 'WAVE SKU',
    help: 'takes another product in the place of one that cannot be picked',
    fewest: 2,
    most: 2,
    options: {
      tour: { type: 'string', help: 'the tour (default: 1)' },
      stop: { type: 'string', help: 'the stop' },
      pieces: { type: 'string', help: 'how many (default: 1)' },
      agreed: { type: 'boolean', help: 'the customer has agreed' },
      'still-there': { type: 'boolean', help: 'the other pieces are at their place all the same' },
    },
    run: async (context, args) =>
      (await context.client()).call('waves.substitute', {
        wave: args.words[0] ?? '',
        code: args.words[1] ?? '',
        tour: wholeNumber(args, 'tour') ?? 1,
        seq: wholeNumber(args, 'stop') ?? 0,
        quantity: wholeNumber(args, 'pieces') ?? 1,
        hasConsent: args.flag('agreed'),
        isMissing: !args.flag('still-there'),
      }),
  },
]
