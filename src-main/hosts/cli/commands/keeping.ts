import { writeFileSync } from 'node:fs'
import { AppError } from '../../../kernel/errors.ts'
import { givenPassphrase, restoreShop } from '../../compose-tools.ts'
import { secret, wholeNumber, type Args, type Command } from '../arguments.ts'
import type { Context } from '../context.ts'

/** Keeping the shop safe, and forgetting people. */
export const keepingCommands: readonly Command[] = [
  {
    name: 'backup',
    words: '',
    help: 'makes an encrypted backup of the whole shop and reads it back',
    fewest: 0,
    most: 0,
    options: { 'if-due': { type: 'boolean', help: 'only where today has none yet' } },
    async run(context, args) {
      const client = await context.client()
      return args.flag('if-due') ? client.call('backup.if-due', {}) : client.call('backup.create', {})
    },
  },
  {
    name: 'backups',
    words: '',
    help: 'the backups there are, when one was last read back, and where',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('backup.state', {}),
  },
  {
    name: 'verify-backup',
    words: 'NAME',
    help: 'reads a kept backup back again, whole',
    fewest: 1,
    most: 1,
    run: async (context, args) => (await context.client()).call('backup.verify', { name: args.words[0] ?? '' }),
  },
  {
    name: 'backup-plan',
    words: '',
    help: 'changes how often and how long backups are kept',
    fewest: 0,
    most: 0,
    options: {
      daily: { type: 'string', help: 'yes or no: one each day while the program runs' },
      'keep-daily': { type: 'string', help: 'days of which the newest is kept' },
      'keep-weekly': { type: 'string', help: 'weeks of which the newest is kept' },
      'keep-monthly': { type: 'string', help: 'months of which the newest is kept' },
      second: { type: 'string', help: 'a second folder for copies, such as a stick; "none" for none' },
    },
    run: configureBackups,
  },
  {
    name: 'restore',
    words: '[FILE]',
    help: "puts a backup in place of the shop's data; what was there is kept beside it",
    fewest: 0,
    most: 1,
    options: {
      from: { type: 'string', help: 'the backup, as well as FILE' },
      'recovery-key': {
        type: 'string',
        help: 'on a new machine: opens the shop key and makes a key file here; @FILE or - (standard input)',
      },
    },
    async run(context, args) {
      const file = args.text('from') ?? args.words[0]
      if (file === undefined) throw new AppError('ERR_INPUT_INVALID', { path: '--from', expected: 'a backup file' })
      const recoveryKey = await secret(context, args, 'recovery-key')
      const passphrase = await givenPassphrase(args.text('passphrase-file'), context.path)
      return restoreShop({
        dataFolder: context.dataFolder,
        backup: context.path(file),
        words: recoveryKey !== undefined ? { recoveryKey } : passphrase !== undefined ? { passphrase } : undefined,
        watch: {
          report: ({ step, done, total }) => context.progress(`${step} ${done}/${total}`),
          isCancelled: () => false,
        },
      })
    },
  },
  {
    name: 'purge',
    words: '',
    help: 'deletes personal data of orders that ended longer ago than the shop keeps it',
    fewest: 0,
    most: 0,
    options: { 'if-due': { type: 'boolean', help: 'only where today had no purge yet' } },
    async run(context, args) {
      const client = await context.client()
      return args.flag('if-due') ? client.call('privacy.purge-if-due', {}) : client.call('privacy.purge', {})
    },
  },
  {
    name: 'privacy',
    words: '',
    help: 'what is kept how long, what would go now, and parcels of which nothing is heard',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('privacy.state', {}),
  },
  {
    name: 'privacy-days',
    words: 'DAYS UNREPORTED-DAYS',
    help: 'days past delivery, and past a hand-over of which nothing is heard',
    fewest: 2,
    most: 2,
    run: async (context, args) =>
      (await context.client()).call('privacy.configure', {
        purgeDaysAfterDelivery: Number(args.words[0]),
        unreportedDays: Number(args.words[1]),
      }),
  },
  {
    name: 'purge-unreported',
    words: 'ORDER...',
    help: 'deletes personal data of orders whose courier never reported',
    fewest: 1,
    most: 1000,
    run: async (context, args) =>
      (await context.client()).call('privacy.purge-unreported', { orders: [...args.words] }),
  },
  {
    name: 'find-person',
    words: 'TEXT',
    help: 'people by name, e-mail address or telephone number, with their ids; audited',
    fewest: 1,
    most: 1,
    run: async (context, args) => (await context.client()).call('privacy.find', { typed: args.words[0] ?? '' }),
  },
  {
    name: 'export-person',
    words: 'USER FILE',
    help: 'writes everything held of one person: FILE ends in .json or .html; audited',
    fewest: 2,
    most: 2,
    run: exportPerson,
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
    options: {
      looks: { type: 'boolean', help: 'only who opened, printed or exported personal data' },
      actor: { type: 'string', help: 'only what this one did' },
      action: { type: 'string', help: 'only this action' },
      entity: { type: 'string', help: 'only what was done to these: order, wave, parcel ...' },
      from: { type: 'string', help: 'from this day on, YYYY-MM-DD' },
      to: { type: 'string', help: 'up to this day' },
      csv: { type: 'string', help: 'writes all of it to this file' },
    },
    async run(context, args) {
      const [actor, action, entity, from, to] = ['actor', 'action', 'entity', 'from', 'to'].map((name) =>
        args.text(name),
      )
      const asked = { search: args.words[0], looks: args.flag('looks'), actor, action, entity, from, to }
      const client = await context.client()
      const file = args.text('csv')
      if (file === undefined) return client.call('audit.list', asked)
      const { csv, rows } = await client.call('audit.export', asked)
      return written(context.path(file), csv, { rows })
    },
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

async function configureBackups(context: Context, args: Args): Promise<unknown> {
  const client = await context.client()
  const { plan } = await client.call('backup.state', {})
  const second = args.text('second')
  const secondFolder = second === undefined ? plan.secondFolder : second === 'none' ? undefined : context.path(second)
  const daily = args.text('daily')
  if (daily !== undefined && daily !== 'yes' && daily !== 'no')
    throw new AppError('ERR_INPUT_INVALID', { path: '--daily', expected: 'yes or no' })
  return client.call('backup.configure', {
    plan: {
      isDaily: daily === undefined ? plan.isDaily : daily === 'yes',
      keepDaily: wholeNumber(args, 'keep-daily') ?? plan.keepDaily,
      keepWeekly: wholeNumber(args, 'keep-weekly') ?? plan.keepWeekly,
      keepMonthly: wholeNumber(args, 'keep-monthly') ?? plan.keepMonthly,
      ...(secondFolder === undefined ? {} : { secondFolder }),
    },
  })
}

async function exportPerson(context: Context, args: Args): Promise<unknown> {
  const [userId = '', file = ''] = args.words
  if (!/[.](json|html)$/.test(file))
    throw new AppError('ERR_INPUT_INVALID', { path: 'FILE', expected: 'a name that ends in .json or .html' })
  const made = await (await context.client()).call('privacy.export', { userId })
  return written(context.path(file), file.endsWith('.json') ? made.json : made.html, { orders: made.orders })
}

/** For its owner's eyes; a file that is there already is not written over. */
function written<Facts extends object>(path: string, text: string, facts: Facts): Facts & { readonly file: string } {
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new AppError('ERR_DISK', { doing: 'write-file', reason }, { cause })
  }
  return { ...facts, file: path }
}
