import type { Command } from '../arguments.ts'

export const sampleCommands: readonly Command[] = [
  {
    name: 'remove-sample',
    words: '',
    help: 'removes the sample shop with everything done in it; refused for any other shop',
    fewest: 0,
    most: 0,
    options: { yes: { type: 'boolean', help: 'really remove it' } },
    async run(context, args) {
      const client = await context.client()
      return client.call('shop.remove-sample', { confirmed: args.flag('yes') })
    },
  },
]
