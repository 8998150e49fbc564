import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../kernel/errors.ts'
import { secret, wholeNumber, type Args, type Command } from '../arguments.ts'
import type { Context } from '../context.ts'

const one = { fewest: 1, most: 1 } as const
const none = { fewest: 0, most: 0 } as const
const out = { out: { type: 'string', help: 'also writes the PDF files into this folder' } } as const
const buyer = {
  buyer: { type: 'string', help: 'JSON { name, lines, postcode, city, country }, @FILE or - (standard input)' },
} as const

async function writeInvoices(context: Context, args: Args, numbers: readonly string[]): Promise<void> {
  const folder = args.text('out')
  if (folder === undefined) return
  await mkdir(context.path(folder), { recursive: true })
  for (const number of numbers)
    await writeFile(join(context.path(folder), `${number}.pdf`), await context.readDocument(number))
}

interface TypedBuyer {
  name: string
  lines: string[]
  postcode: string
  city: string
  country: string
}

/** What is typed is checked behind the door, by the operation's own schema. */
async function buyerOf(context: Context, args: Args): Promise<TypedBuyer | undefined> {
  const text = await secret(context, args, 'buyer')
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as TypedBuyer // checked behind the door
  } catch (cause) {
    throw new AppError('ERR_INPUT_NOT_JSON', { path: '--buyer' }, { cause })
  }
}

/** Invoices: issuing, cancelling, proving, handing on. */
export const invoiceCommands: readonly Command[] = [
  {
    name: 'invoice',
    words: '[ORDER]',
    help: 'issues the invoice of an order, or those of a wave or a day',
    fewest: 0,
    most: 1,
    options: {
      ...out,
      ...buyer,
      wave: { type: 'string', help: 'all packed orders of this wave' },
      day: { type: 'string', help: 'all orders packed on this day, such as 2026-11-22' },
    },
    async run(context, args) {
      const input = { order: args.words[0], wave: args.text('wave'), day: args.text('day') }
      const result = await (
        await context.client()
      ).call('invoices.issue', { ...input, buyer: await buyerOf(context, args) })
      await writeInvoices(
        context,
        args,
        result.issued.map((invoice) => invoice.number),
      )
      return result
    },
  },
  {
    name: 'invoice-due',
    words: '',
    help: 'issues what the settings say is invoiced by itself',
    ...none,
    run: async (context) => (await context.client()).call('invoices.issue-due', {}),
  },
  {
    name: 'cancel-invoice',
    words: 'NUMBER',
    help: 'takes an invoice back by a cancellation with a number of its own',
    ...one,
    options: {
      ...out,
      ...buyer,
      reason: { type: 'string', help: 'why; stands on the cancellation' },
      reissue: { type: 'boolean', help: 'issues a new invoice of the order' },
    },
    async run(context, args) {
      const result = await (
        await context.client()
      ).call('invoices.cancel', {
        invoice: args.words[0] ?? '',
        reason: args.text('reason') ?? '',
        reissue: args.flag('reissue'),
        buyer: await buyerOf(context, args),
      })
      await writeInvoices(context, args, [result.cancellation, ...(result.invoice ? [result.invoice] : [])])
      return result
    },
  },
  {
    name: 'invoices',
    words: '[WORDS]',
    help: 'lists invoices, newest number first',
    fewest: 0,
    most: 1,
    options: {
      ...out,
      from: { type: 'string', help: 'issued on this day or later' },
      to: { type: 'string', help: 'issued on this day or earlier' },
      limit: { type: 'string', help: 'how many (default: 100)' },
    },
    async run(context, args) {
      const page = await (
        await context.client()
      ).call('invoices.list', {
        search: args.words[0],
        from: args.text('from'),
        to: args.text('to'),
        limit: wholeNumber(args, 'limit') ?? 100,
      })
      const whole = page.rows.filter((row) => row.isWhole).map((row) => row.number)
      await writeInvoices(context, args, whole)
      return page
    },
  },
  {
    name: 'check-invoices',
    words: '',
    help: 'proves that no invoice number is missing and none was changed',
    ...none,
    run: async (context) => (await context.client()).call('invoices.check', {}),
  },
  {
    name: 'export-invoices',
    words: 'FROM TO',
    help: 'invoices issued between two days as CSV, for the tax adviser; no personal data',
    fewest: 2,
    most: 2,
    async run(context, args) {
      const [from = '', to = ''] = args.words
      return (await (await context.client()).call('invoices.export', { from, to })).csv
    },
  },
  {
    name: 'invoice-settings',
    words: '',
    help: 'shows how the shop invoices, or changes what is named',
    ...none,
    options: {
      seller: { type: 'string', help: 'the name the tax office knows' },
      'tax-number': { type: 'string', help: 'tax number' },
      'vat-id': { type: 'string', help: 'VAT id' },
      'registration-number': { type: 'string', help: 'of a qualified invoice issuer in Japan, T and 13 digits' },
      prefix: { type: 'string', help: 'opens every number' },
      footer: { type: 'string', help: 'free words below the sums' },
      'keep-years': { type: 'string', help: 'years an invoice is kept whole' },
      automatic: { type: 'string', help: 'off, packed or handed-over' },
      'collect-days': { type: 'string', help: 'days a parcel waits at the counter' },
    },
    async run(context, args) {
      const keepYears = wholeNumber(args, 'keep-years')
      const collectDays = wholeNumber(args, 'collect-days')
      const client = await context.client()
      const before = await client.call('invoices.settings', {})
      const after = {
        ...before,
        sellerName: args.text('seller') ?? before.sellerName,
        sellerLines: [...before.sellerLines],
        taxNumber: args.text('tax-number') ?? before.taxNumber,
        vatId: args.text('vat-id') ?? before.vatId,
        registrationNumber: args.text('registration-number') ?? before.registrationNumber,
        prefix: args.text('prefix') ?? before.prefix,
        footer: args.text('footer') ?? before.footer,
        keepYears: keepYears ?? before.keepYears,
        // The room refuses a word it does not know, with the ones there are.
        automatic: (args.text('automatic') ?? before.automatic) as typeof before.automatic,
        collectDays: collectDays ?? before.collectDays,
      }
      const isChanged = JSON.stringify(after) !== JSON.stringify(before)
      return isChanged ? client.call('invoices.configure', after) : before
    },
  },
]
