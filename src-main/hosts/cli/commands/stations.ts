import { AppError } from '../../../kernel/errors.ts'
import type { Context } from '../context.ts'
import { wholeNumber, type Command } from '../arguments.ts'

type Client = Awaited<ReturnType<Context['client']>>

/** Stations on the local network, the terminals at them and the people who sign in. */
export const stationCommands: readonly Command[] = [
  {
    name: 'stations',
    words: '',
    help: 'says whether tablets on the local network reach the shop, where, and why not',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('stations.state', {}),
  },
  {
    name: 'stations-open',
    words: '',
    help: 'opens the shop to paired terminals on the local network, by HTTPS',
    fewest: 0,
    most: 0,
    options: { port: { type: 'string', help: '1024 to 65535 (default: 8443)' } },
    async run(context, args) {
      const port = wholeNumber(args, 'port')
      return (await context.client()).call('stations.open-network', port === undefined ? {} : { port })
    },
  },
  {
    name: 'stations-close',
    words: '',
    help: 'closes it again; terminals stay paired',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('stations.close-network', {}),
  },
  {
    name: 'stations-lock',
    words: 'MINUTES',
    help: 'after how many minutes without a touch a station forgets who stood there',
    fewest: 1,
    most: 1,
    run: async (context, args) =>
      (await context.client()).call('stations.set-lock', { minutes: Number(args.words[0] ?? '') }),
  },
  {
    name: 'pair-by-code',
    words: 'NAME',
    help: 'shows a code that pairs one tablet, once, for five minutes',
    fewest: 1,
    most: 1,
    run: async (context, args) => (await context.client()).call('terminals.offer', { name: args.words[0] ?? '' }),
  },
  {
    name: 'terminals',
    words: '',
    help: 'lists terminals, who is signed in, and when each was last seen',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('terminals.list', {}),
  },
  {
    name: 'revoke-terminal',
    words: 'ID',
    help: 'takes a terminal its access, at once',
    fewest: 1,
    most: 1,
    run: async (context, args) =>
      (await context.client()).call('terminals.revoke', { terminalId: args.words[0] ?? '' }),
  },
  {
    name: 'staff-list',
    words: '',
    help: 'lists everybody who works or worked here',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('staff.everybody', {}),
  },
  byName('staff-leave', 'takes somebody the right to sign in, for good', (client, staffId) =>
    client.call('staff.leave', { staffId }),
  ),
  byName('staff-back', 'takes a leaving back', (client, staffId) => client.call('staff.come-back', { staffId })),
  byName('staff-unlock', 'takes the lock off a PIN that was guessed too often', (client, staffId) =>
    client.call('staff.unlock', { staffId }),
  ),
]

function byName(name: string, help: string, work: (client: Client, staffId: string) => Promise<unknown>): Command {
  return {
    name,
    words: 'NAME',
    help,
    fewest: 1,
    most: 1,
    async run(context, args) {
      const client = await context.client()
      const found = (await client.call('staff.everybody', {})).findLast((one) => one.name === args.words[0])
      if (!found) throw new AppError('ERR_STAFF_NOT_FOUND', {})
      return work(client, found.id)
    },
  }
}
