import { AppError } from '../../../kernel/errors.ts'
import type { Command } from '../arguments.ts'

/** Looking at a plan before it is one. */
export const planWaveCommands: readonly Command[] = [
  {
    name: 'plannable',
    words: '',
    help: 'lists the orders a wave could take, oldest first',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('waves.plannable', {}),
  },
  {
    name: 'preview-wave',
    words: '[ORDER ...]',
    help: 'what a wave of these orders (default: of all that can be planned) would be: parcels, metres, minutes, cost',
    fewest: 0,
    most: 500,
    async run(context, args) {
      const client = await context.client()
      const { orders } = await client.call('waves.plannable', {})
      const wanted = args.words.map((word) => {
        const order = orders.find(({ id, code }) => id === word || code === word)
        if (!order) throw new AppError('ERR_ORDER_NOT_FOUND', { order: word })
        return order
      })
      const orderIds = (wanted.length > 0 ? wanted : orders).map(({ id }) => id)
      return client.call('waves.preview', { orderIds, details: wanted.slice(0, 50).map(({ id }) => id) })
    },
  },
  {
    name: 'why-carton',
    words: 'ORDER LETTER',
    help: "tries the pieces of a planned parcel in each of the shop's cartons and says what would become of them",
    fewest: 2,
    most: 2,
    async run(context, args) {
      const [order = '', letter = ''] = args.words
      const client = await context.client()
      const { parcels } = await client.call('orders.get', { order })
      const parcel = parcels.find((one) => one.letter === letter.toUpperCase())
      if (!parcel) throw new AppError('ERR_PARCEL_NOT_FOUND', { parcel: `${order}${letter}` })
      const contents = parcel.contents.map(({ sku, quantity }) => ({ sku, quantity }))
      return client.call('cartons.compare', { order, contents })
    },
  },
]
