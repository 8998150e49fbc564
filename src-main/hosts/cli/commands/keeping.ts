import { keepKeysBeside, restoreShop } from '../../compose-tools.ts'
import { secret, type Command } from '../arguments.ts'

/** Keeping the shop safe, and forgetting people. */
export const keepingCommands: readonly Command[] = [
  {
    name: 'backup',
    words: '',
    help: "writes a verified copy of the shop's data",
    fewest: 0,
    most: 0,
    async run(context) {
      const made = await (await context.client()).call('backup.create', {})
      keepKeysBeside(context.dataFolder, made.path)
      return made
    },
  },
  {
    name: 'restore',
    words: 'FILE',
    help: "puts a backup in place of the shop's data; what was there is kept beside it",
    fewest: 1,
    most: 1,
    options: {
      'recovery-key': {
        type: 'string',
        help: 'on a new machine: opens the shop key and makes a key file here; @FILE or - (standard input)',
      },
    },
    run: async (context, args) =>
      restoreShop({
        dataFolder: context.dataFolder,
        backup: context.path(args.words[0] ?? ''),
        recoveryKey: await secret(context, args, 'recovery-key'),
      }),
  },
  {
    name: 'purge',
    words: '',
    help: 'deletes personal data of orders that ended longer ago than the shop keeps it',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('privacy.purge', {}),
  },
  {
    name: 'erase',
    words: 'USER',
    help: 'deletes everything personal about one user, for good',
    fewest: 1,
    most: 1,
    run: async (context, args) => (await context.client()).call('privacy.erase', { userId: args.words[0] ?? '' }),
  },
  {
    name: 'audit',
    words: '[WORDS]',
    help: 'who did what, newest first',
    fewest: 0,
    most: 1,
    run: async (context, args) => (await context.client()).call('audit.list', { search: args.words[0] }),
  },
  {
    name: 'staff',
    words: 'NAME manager|packer|picker',
    help: 'adds or changes a member of staff',
    fewest: 2,
    most: 2,
    options: { pin: { type: 'string', help: '4 to 12 digits for stations, @FILE or - (standard input)' } },
    async run(context, args) {
      const [name = '', role = ''] = args.words
      // The room refuses a role it does not know, with the ones there are.
      return (await context.client()).call('staff.save', {
        name,
        role: role as 'picker',
        pin: await secret(context, args, 'pin'),
      })
    },
  },
  {
    name: 'pair',
    words: 'NAME',
    help: 'pairs a station terminal and shows its token once',
    fewest: 1,
    most: 1,
    run: async (context, args) => (await context.client()).call('terminals.pair', { name: args.words[0] ?? '' }),
  },
]
