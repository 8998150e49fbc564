import type { Command } from '../arguments.ts'
import { wholeNumber } from '../arguments.ts'

const one = { fewest: 1, most: 1 } as const
const none = { fewest: 0, most: 0 } as const

/** Orders in, and the plan of what travels together. */
export const orderCommands: readonly Command[] = [
  {
    name: 'sync',
    words: '',
    help: 'one round with every storefront: orders in, reports, stock and rules out',
    ...none,
    run: async (context) => (await context.client()).call('storefronts.sync', {}),
  },
  {
    name: 'orders',
    words: '[WORDS]',
    help: 'lists orders, newest first',
    fewest: 0,
    most: 1,
    options: { limit: { type: 'string', help: 'how many (default: 100)' } },
    async run(context, args) {
      const limit = wholeNumber(args, 'limit') ?? 100
      return (await context.client()).call('orders.list', {
        search: args.words[0],
        limit,
      })
    },
  },
  {
    name: 'order',
    words: 'ORDER',
    help: 'one order with its parcels, events and reports',
    ...one,
    run: async (context, args) => (await context.client()).call('orders.get', { order: args.words[0] ?? '' }),
  },
  {
    name: 'others',
    words: 'ORDER',
    help: 'other orders of the same customer, newest first; not who that is',
    ...one,
    run: async (context, args) => (await context.client()).call('orders.others', { order: args.words[0] ?? '' }),
  },
  {
    name: 'explain',
    words: 'ORDER',
    help: 'why an order is packed as it is: totals, limits, rules, proof',
    ...one,
    run: async (context, args) => (await context.client()).call('orders.explain', { order: args.words[0] ?? '' }),
  },
  {
    name: 'hold',
    words: 'ORDER',
    help: 'puts an order aside',
    ...one,
    run: async (context, args) => (await context.client()).call('orders.hold', { order: args.words[0] ?? '' }),
  },
  {
    name: 'release',
    words: 'ORDER',
    help: 'lifts a hold',
    ...one,
    run: async (context, args) => (await context.client()).call('orders.release', { order: args.words[0] ?? '' }),
  },
  {
    name: 'cancel',
    words: 'ORDER',
    help: 'cancels an order that has not left yet',
    ...one,
    options: { reason: { type: 'string', help: 'why, for the customer' } },
    run: async (context, args) =>
      (await context.client()).call('orders.cancel', {
        order: args.words[0] ?? '',
        reason: args.text('reason') ?? 'cancelled by the shop',
      }),
  },
  {
    name: 'plan',
    words: '[ORDER-ID ...]',
    help: 'makes a wave of all orders that can be planned, or of the named ones: parcels, tours, delivery',
    fewest: 0,
    most: 500,
    options: { seed: { type: 'string', help: 'seed of the planners (default: 1)' } },
    async run(context, args) {
      // What is typed wrong is said before a shop is opened.
      const seed = wholeNumber(args, 'seed')
      const client = await context.client()
      const orderIds = args.words.length > 0 ? [...args.words] : undefined
      const { wave, parcels, tours } = await client.call('waves.plan', { orderIds, seed })
      return {
        wave: wave.code,
        stage: wave.stage,
        orders: wave.orderIds.length - wave.unplanned.length,
        parcels: parcels.length,
        provenFewest: wave.proofs.filter((proof) => proof.isFewest).length,
        provenBest: wave.proofs.filter((proof) => proof.isBest).length,
        tours: tours.map((tour) => ({
          tour: tour.seq,
          stops: tour.stops.length,
          metres: tour.lengthMm / 1000,
          provenShortest: tour.isOptimal,
          metresBinOrder: tour.binOrderMm / 1000,
        })),
        unplanned: wave.unplanned,
      }
    },
  },
  {
    name: 'waves',
    words: '',
    help: 'lists waves, newest first',
    ...none,
    run: async (context) => (await context.client()).call('waves.list', {}),
  },
  {
    name: 'run',
    words: 'WAVE',
    help: 'does whatever is missing of the main job, from parcels to manifest',
    ...one,
    run: async (context, args) => (await context.client()).call('waves.run', { wave: args.words[0] ?? '' }),
  },
]
