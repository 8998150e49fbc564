import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppError } from '../../../kernel/errors.ts'
import { readText } from '../../compose-tools.ts'
import { secret, wholeNumber, type Args, type Command } from '../arguments.ts'
import type { Context } from '../context.ts'

const none = { fewest: 0, most: 0 } as const

/** What waits for couriers, what was handed over to them, and the mail server for those who want mails. */
export const dispatchCommands: readonly Command[] = [
  {
    name: 'collections',
    words: '',
    help: "what each courier's next collection takes along, what stays behind and why",
    ...none,
    run: async (context) => (await context.client()).call('collections.list', {}),
  },
  {
    name: 'manifests',
    words: '[SEARCH]',
    help: 'manifests, and how far each is on its way: sent by which way, received by whom, overdue, refused and why',
    fewest: 0,
    most: 1,
    run: async (context, args) => (await context.client()).call('manifests.list', { search: args.words[0] }),
  },
  {
    name: 'manifest preview',
    words: 'COURIER [NUMBER ...]',
    help: 'what a courier would be handed now, in delivery order, and what would stay; packages of these numbers kept back',
    fewest: 1,
    most: 1000,
    async run(context, args) {
      const [carrier = '', ...except] = args.words
      return (await context.client()).call('manifests.preview', { carrier, except })
    },
  },
  {
    name: 'papers',
    words: 'CODE',
    help: "labels, slips and run sheets of a manifest, order or package, and how often each was printed; 'print document' prints one again",
    fewest: 1,
    most: 1,
    run: async (context, args) => (await context.client()).call('papers.find', { code: args.words[0] ?? '' }),
  },
  {
    name: 'manifest numbers',
    words: 'MANIFEST',
    help: "couriers' own numbers of the packages on a manifest",
    fewest: 1,
    most: 1,
    run: async (context, args) => (await context.client()).call('manifests.numbers', { manifest: args.words[0] ?? '' }),
  },
  {
    name: 'manifest send',
    words: 'MANIFEST [channel|pick-up]',
    help: "sends a manifest again by the courier's channel, or lays it ready for pick-up at the station",
    fewest: 1,
    most: 2,
    async run(context, args) {
      const [manifest = '', way = 'channel'] = args.words
      if (way !== 'channel' && way !== 'pick-up')
        throw new AppError('ERR_INPUT_INVALID', { path: 'manifest send', expected: 'channel or pick-up' })
      const client = await context.client()
      const asked = await client.call('manifests.hand-over', { manifest, way })
      return { ...asked, reports: await client.call('reports.deliver', {}) }
    },
  },
  {
    name: 'manifest save',
    words: 'MANIFEST FOLDER',
    help: 'writes the sealed file into a folder or onto a stick, to be carried to the courier by hand',
    fewest: 2,
    most: 2,
    run: saveManifest,
  },
  {
    name: 'import-receipt',
    words: 'FILE',
    help: "takes a courier's signed receipt in (a file, or - for standard input)",
    fewest: 1,
    most: 1,
    options: { manifest: { type: 'string', help: 'the manifest it is said to be for; without it, the one it names' } },
    async run(context, args) {
      const [file = '-'] = args.words
      const receipt = (await readText(file === '-' ? '-' : context.path(file))).trim()
      return (await context.client()).call('receipts.import', { receipt, manifest: args.text('manifest') })
    },
  },
  {
    name: 'mail',
    words: '',
    help: "the mail server for couriers' mails; the password is never shown",
    ...none,
    run: async (context) => (await context.client()).call('mail.get', {}),
  },
  {
    name: 'mail set',
    words: 'HOST FROM',
    help: "names the mail server and the sender's address",
    fewest: 2,
    most: 2,
    options: {
      port: { type: 'string', help: '465 with tls, 587 with starttls, 25 with none, unless told' },
      security: { type: 'string', help: 'tls, starttls (the default) or none (this machine only)' },
      user: { type: 'string', help: 'whom to sign in as' },
      password: { type: 'string', help: '@FILE or - (standard input); left out: the one of before' },
      certificates: { type: 'string', help: 'file with certificates to trust beside the system’s' },
    },
    run: setMail,
  },
  {
    name: 'mail forget',
    words: '',
    help: 'forgets the mail server and its password',
    ...none,
    run: async (context) => (await context.client()).call('mail.forget', {}),
  },
  {
    name: 'mail check',
    words: '',
    help: 'greets the mail server and signs in; sends nothing',
    ...none,
    run: async (context) => (await context.client()).call('mail.check', {}),
  },
]

async function saveManifest(context: Context, args: Args): Promise<unknown> {
  const [manifest = '', folder = ''] = args.words
  const client = await context.client()
  const documents = await client.call('manifests.documents', { manifest })
  const sealed = documents.find(({ kind }) => kind === 'manifest')
  if (!sealed) throw new AppError('ERR_DOCUMENT_NOT_FOUND', { manifest, kind: 'manifest' })
  const place = resolve(context.path(folder))
  const path = join(place, sealed.fileName)
  try {
    await mkdir(place, { recursive: true })
    await writeFile(path, await context.readDocument(sealed.id))
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new AppError('ERR_DISK', { doing: 'save-manifest', folder: place, reason }, { cause })
  }
  return { ...(await client.call('manifests.hand-over', { manifest, way: 'stick' })), path }
}

const usualPorts = { tls: 465, starttls: 587, none: 25 } as const

async function setMail(context: Context, args: Args): Promise<unknown> {
  const [host = '', from = ''] = args.words
  const security = args.text('security') ?? 'starttls'
  if (security !== 'tls' && security !== 'starttls' && security !== 'none')
    throw new AppError('ERR_INPUT_INVALID', { path: '--security', expected: 'tls, starttls or none' })
  const certificates = args.text('certificates')
  const client = await context.client()
  await client.call('mail.save', {
    host,
    from,
    security,
    port: wholeNumber(args, 'port') ?? usualPorts[security],
    user: args.text('user'),
    password: await secret(context, args, 'password'),
    certificates: certificates === undefined ? undefined : await readText(context.path(certificates)),
  })
  return client.call('mail.get', {})
}
