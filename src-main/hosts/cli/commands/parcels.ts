import { wholeNumber, type Command } from '../arguments.ts'

/** Questions about one planned parcel. */
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
