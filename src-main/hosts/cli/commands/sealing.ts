import { AppError } from '../../../kernel/errors.ts'
import type { Command } from '../arguments.ts'

const positions = ['delivery', 'selection', 'off'] as const
type Position = (typeof positions)[number]
const isPosition = (word: string | undefined): word is Position => positions.some((position) => position === word)

/** Which of the two documents holds the encrypted recipient. */
export const sealingCommands: readonly Command[] = [
  {
    name: 'sealing',
    words: '[delivery|selection|off]',
    help: 'shows or changes which document holds the encrypted recipient',
    fewest: 0,
    most: 1,
    options: { yes: { type: 'boolean', help: 'really print addresses in clear (needed for "off")' } },
    async run(context, args) {
      const [word] = args.words
      const client = await context.client()
      if (word === undefined) return client.call('sealing.get', {})
      if (!isPosition(word))
        throw new AppError('ERR_INPUT_INVALID', { path: 'sealing', expected: positions.join(', ') })
      return client.call('sealing.change', { sealing: word, confirmed: args.flag('yes') })
    },
  },
  {
    name: 'sealing reissue',
    words: 'WAVE',
    help: 'issues the papers of a wave again as sealing is set now',
    fewest: 1,
    most: 1,
    run: async (context, args) => (await context.client()).call('sealing.reissue', { wave: args.words[0] ?? '' }),
  },
]
