import { wholeNumber, type Command } from '../arguments.ts'

/** Questions about what is planned. */
export const parcelCommands: readonly Command[] = [
  {
    name: 'still-fits',
    words: 'ORDER LETTER',
    help: 'products that can be added to a planned parcel without moving anything, and how many of each at least',
    fewest: 2,
    most: 2,
    options: {
      search: { type: 'string', help: 'only products with these words in name, SKU or GTIN' },
      limit: { type: 'string', help: 'how many (default: 100)' },
    },
    async run(context, args) {
      const [order = '', letter = ''] = args.words
      return (await context.client()).call('parcels.still-fits', {
        order,
        letter: letter.toUpperCase(),
        search: args.text('search'),
        limit: wholeNumber(args, 'limit'),
      })
    },
  },
  {
    name: 'what-would-do',
    words: 'ORDER',
    help: 'what would have to change for one parcel less: grams, a larger carton, a piece left out',
    fewest: 1,
    most: 1,
    run: async (context, args) => (await context.client()).call('orders.what-would-do', { order: args.words[0] ?? '' }),
  },
  {
    name: 'with-more',
    words: 'ORDER LETTER SKU',
    help: 'where as many of a product as still fit would lie in a planned parcel',
    fewest: 3,
    most: 3,
    async run(context, args) {
      const [order = '', letter = '', sku = ''] = args.words
      return (await context.client()).call('parcels.with-more', { order, letter: letter.toUpperCase(), sku })
    },
  },
]
