import type { StorefrontTestView } from '../../../contract/operations/storefronts.ts'
import { AppError } from '../../../kernel/errors.ts'
import { accessFailureLine, accessSentence } from '../access-sentence.ts'
import { secret, type Args, type Command } from '../arguments.ts'
import type { Context } from '../context.ts'

const one = { fewest: 1, most: 1 } as const
const none = { fewest: 0, most: 0 } as const
const tokenOption = {
  type: 'string',
  help: 'its key: - (standard input), @FILE, or BACKROOM_STOREFRONT_TOKEN; WooCommerce: ck_...:cs_...',
} as const
const platformOption = { type: 'string', help: 'open-protocol or woocommerce, where the shop cannot be asked' } as const

/** How storefronts are joined to the shop. */
export const storefrontCommands: readonly Command[] = [
  {
    name: 'connect',
    words: 'URL',
    help: 'tests and connects a storefront: the open protocol or WooCommerce; the same --id again changes its key',
    ...one,
    options: {
      token: tokenOption,
      id: { type: 'string', help: 'our name for it (default: main)' },
      platform: platformOption,
      anyway: { type: 'boolean', help: 'connects although something that may pass has failed' },
    },
    failureLine: accessFailureLine,
    async run(context, args) {
      return (await context.client()).call('storefronts.connect', {
        url: args.words[0] ?? '',
        ...(await tokenOf(context, args)),
        ...platformOf(args),
        id: args.text('id') ?? 'main',
        anyway: args.flag('anyway'),
      })
    },
  },
  {
    name: 'test-storefront',
    words: 'URL',
    help: 'says what stands at an address and what a key may do there; keeps nothing',
    ...one,
    options: { token: tokenOption, platform: platformOption },
    async run(context, args) {
      const given = { url: args.words[0] ?? '', ...(await tokenOf(context, args)), ...platformOf(args) }
      return inWords(await (await context.client()).call('storefronts.test', given))
    },
  },
  {
    name: 'storefronts',
    words: '',
    help: 'lists the storefronts that are connected',
    ...none,
    run: async (context) => (await context.client()).call('storefronts.list', {}),
  },
  {
    name: 'sync-log',
    words: '[ID]',
    help: 'what came from the storefronts and went to them, when, and what went wrong; newest first',
    fewest: 0,
    most: 1,
    run: async (context, args) => (await context.client()).call('storefronts.log', { id: args.words[0] }),
  },
  {
    name: 'tell-customers',
    words: 'ID [KIND ...]',
    help: 'which steps customers are told where the storefront leaves it to us: planned packed handed-over ...',
    fewest: 1,
    most: 12,
    options: { complete: { type: 'boolean', help: 'set delivered orders to Completed, which sends an e-mail' } },
    async run(context, args) {
      const [id = '', ...tellCustomer] = args.words
      // Any word may be typed here; the room refuses what is no status.
      const options = { tellCustomer: tellCustomer as 'packed'[], completeOrders: args.flag('complete') }
      return (await context.client()).call('storefronts.options', { id, options })
    },
  },
  {
    name: 'shop-statuses',
    words: 'ID STATUS=MEANING ...',
    help: "what a shop's own statuses mean (those of plugins): awaiting-shipment=open; also on-hold, cancelled, completed, ignored",
    fewest: 2,
    most: 40,
    async run(context, args) {
      const [id = '', ...pairs] = args.words
      const statusMap = Object.fromEntries(pairs.map((pair) => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? '']))
      // Any word may be typed here; the room refuses what is no meaning.
      const options = { statusMap: statusMap as Record<string, 'open'> }
      return (await context.client()).call('storefronts.options', { id, options })
    },
  },
  stateCommand('pause-storefront', 'storefronts.pause', 'asks nothing of a storefront until it is resumed'),
  stateCommand('resume-storefront', 'storefronts.resume', 'takes the traffic with a storefront up again'),
  stateCommand(
    'disconnect',
    'storefronts.disconnect',
    'destroys the key kept for a storefront; orders and papers stay',
  ),
]

type StateOperation = 'storefronts.pause' | 'storefronts.resume' | 'storefronts.disconnect'

function stateCommand(name: string, operation: StateOperation, help: string): Command {
  return {
    name,
    words: 'ID',
    help,
    ...one,
    run: async (context, args) => (await context.client()).call(operation, { id: args.words[0] ?? '' }),
  }
}

/** Words a program was started with are shown to every user of the machine, and kept by shells. */
async function tokenOf(context: Context, args: Args): Promise<{ readonly token?: string }> {
  const typed = args.text('token')
  if (typed !== undefined && typed !== '-' && !typed.startsWith('@')) {
    context.progress('Warning: others can read a key on the command line. Give it as "--token -" or "--token @FILE".')
  }
  const token = (await secret(context, args, 'token')) ?? process.env['BACKROOM_STOREFRONT_TOKEN']
  return token === undefined || token === '' ? {} : { token }
}

function platformOf(args: Args): { readonly platform?: 'open-protocol' | 'woocommerce' } {
  const typed = args.text('platform')
  if (typed === undefined) return {}
  if (typed === 'open-protocol' || typed === 'woocommerce') return { platform: typed }
  throw new AppError('ERR_INPUT_INVALID', { path: '--platform', expected: 'open-protocol or woocommerce' })
}

/** The test with a sentence for each problem. */
const inWords = (tested: StorefrontTestView) => ({
  ...tested,
  steps: tested.steps.map((step) =>
    step.problem === null ? step : { ...step, means: accessSentence(step.problem, step.facts) },
  ),
})
