import { AppError } from '../../../kernel/errors.ts'
import { readSecretFile } from '../../compose-tools.ts'
import { secret, type Args, type Command } from '../arguments.ts'
import type { Context } from '../context.ts'

const none = { fewest: 0, most: 0 } as const
const one = { fewest: 1, most: 1 } as const

const newPassphrase = {
  'new-passphrase-file': { type: 'string', help: 'file whose first line is the new passphrase; - for standard input' },
} as const

const recoveryOption = {
  'recovery-key': { type: 'string', help: 'opens the shop key first; @FILE or - (standard input)' },
} as const

const client = async (context: Context): ReturnType<Context['client']> => context.client()

/** Opens the shop key with the recovery key first, where one is given. */
async function unlocked(context: Context, args: Args): ReturnType<Context['client']> {
  const recoveryKey = await secret(context, args, 'recovery-key')
  const shop = await client(context)
  if (recoveryKey !== undefined) await shop.call('keys.unlock', { recoveryKey })
  return shop
}

/** A passphrase from a file, never from the command line, where every program of the machine could read it. */
async function passphraseFrom(context: Context, args: Args, option: string): Promise<string | undefined> {
  const file = args.text(option)
  return file === undefined ? undefined : readSecretFile(file === '-' ? '-' : context.path(file))
}

function wayOf(args: Args): 'key-file' | 'keychain' | 'passphrase' | 'recovery-key' {
  const [typed = ''] = args.words
  const known = ['key-file', 'keychain', 'passphrase', 'recovery-key'] as const
  const way = known.find((kind) => kind === typed)
  if (way === undefined) throw new AppError('ERR_INPUT_INVALID', { path: 'WAY', expected: known.join(', ') })
  return way
}

/** The ways to the shop key. */
export const keyCommands: readonly Command[] = [
  {
    name: 'keys list',
    words: '',
    help: 'the ways to the shop key, and which of them open it here',
    ...none,
    run: async (context) => (await client(context)).call('keys.state', {}),
  },
  {
    name: 'keys add-passphrase',
    words: '',
    help: 'sets or changes the passphrase that opens the shop key',
    ...none,
    options: { ...newPassphrase, ...recoveryOption },
    async run(context, args) {
      const passphrase = await passphraseFrom(context, args, 'new-passphrase-file')
      if (passphrase === undefined)
        throw new AppError('ERR_INPUT_INVALID', { path: '--new-passphrase-file', expected: 'a file, or -' })
      return (await unlocked(context, args)).call('keys.set-passphrase', { passphrase })
    },
  },
  {
    name: 'keys add-key-file',
    words: '',
    help: 'makes a key file in the data folder, such as on a new machine',
    ...none,
    options: recoveryOption,
    run: async (context, args) => (await unlocked(context, args)).call('keys.add', { kind: 'key-file' }),
  },
  {
    name: 'keys add-keychain',
    words: '',
    help: "puts a way in into the system's keychain; needs the running window",
    ...none,
    run: async (context) => (await client(context)).call('keys.add', { kind: 'keychain' }),
  },
  {
    name: 'keys remove',
    words: 'key-file|keychain|passphrase',
    help: 'takes one way away; the last one besides the recovery key stays',
    ...one,
    run: async (context, args) => (await client(context)).call('keys.remove', { kind: wayOf(args) }),
  },
  {
    name: 'keys new-recovery-key',
    words: '',
    help: 'a new recovery key in place of the old one, shown once',
    ...none,
    run: async (context) => (await client(context)).call('keys.new-recovery-key', {}),
  },
  {
    name: 'keys rotate',
    words: '',
    help: 'a new shop key: everything is wrapped anew; shows a new recovery key once',
    ...none,
    options: newPassphrase,
    run: async (context, args) =>
      (await client(context)).call('keys.rotate', {
        passphrase: await passphraseFrom(context, args, 'new-passphrase-file'),
      }),
  },
]
