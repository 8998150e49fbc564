import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DocumentView } from '../../../contract/views.ts'
import type { Command } from '../arguments.ts'
import type { Context } from '../context.ts'
import { readText } from '../../compose-tools.ts'
import { openDelivery } from './sealed.ts'

const one = { fewest: 1, most: 1 } as const
const outOption = { out: { type: 'string', help: 'also writes the files below this folder' } } as const

/** Where each kind of document lies in an output folder; kinds that are not named stay in the shop. */
const folderOf: Readonly<Record<string, string>> = {
  'pick-sheet': 'pick-sheets',
  slip: 'slips',
  label: 'labels',
  'counter-slip': 'labels',
  'run-sheet': 'run-sheets',
  manifest: 'manifests',
  selection: 'documents',
  delivery: 'documents',
}

async function writeOut(context: Context, documents: readonly DocumentView[], out: string | undefined): Promise<void> {
  if (out === undefined) return
  const folder = context.path(out)
  for (const document of documents) {
    const name = folderOf[document.kind]
    if (name === undefined) continue
    const place = join(folder, name)
    await mkdir(place, { recursive: true })
    await writeFile(join(place, document.fileName), await context.readDocument(document.id))
  }
}

const listed = (documents: readonly DocumentView[]): unknown =>
  documents.map(({ id, kind, version, fileName, sha256 }) => ({ id, kind, version, fileName, sha256 }))

/** Paper and files: issuing them, reading them, and what comes back. */
export const documentCommands: readonly Command[] = [
  {
    name: 'documents',
    words: 'WAVE',
    help: 'issues the selection information, pick sheets and packing slips of a wave',
    ...one,
    options: outOption,
    async run(context, args) {
      const documents = await (await context.client()).call('waves.issue-documents', { wave: args.words[0] ?? '' })
      await writeOut(context, documents, args.text('out'))
      return listed(documents)
    },
  },
  {
    name: 'labels',
    words: 'WAVE',
    help: 'seals the recipients of a wave and issues its labels',
    ...one,
    options: outOption,
    async run(context, args) {
      const documents = await (await context.client()).call('waves.issue-labels', { wave: args.words[0] ?? '' })
      // The draft delivery information stays in the shop; the manifest's own is written when it is closed.
      const labels = documents.filter(({ kind }) => kind === 'label' || kind === 'counter-slip')
      await writeOut(context, labels, args.text('out'))
      return listed(labels)
    },
  },
  {
    name: 'manifest',
    words: '[COURIER]',
    help: 'closes the manifest of one courier, or of all who have packed parcels, and sends it',
    fewest: 0,
    most: 1,
    options: {
      ...outOption,
      except: { type: 'string', help: 'numbers of packages that stay for the next collection, parted by commas' },
    },
    async run(context, args) {
      const client = await context.client()
      const except = args.text('except')?.split(',')
      const result = await client.call('manifests.close', { carrier: args.words[0], except })
      for (const { number } of result.closed)
        await writeOut(context, await client.call('manifests.documents', { manifest: number }), args.text('out'))
      return { ...result, reports: await client.call('reports.deliver', {}) }
    },
  },
  {
    name: 'show-selection',
    words: 'WAVE',
    help: 'prints the selection information of a wave',
    ...one,
    run: async (context, args) => (await context.client()).call('waves.selection', { wave: args.words[0] ?? '' }),
  },
  {
    name: 'show-delivery',
    words: 'MANIFEST',
    help: "prints the delivery information of a manifest; with the courier's key, also the recipients",
    ...one,
    options: { key: { type: 'string', help: "file with the courier's private JWK set" } },
    async run(context, args) {
      const delivery = await (await context.client()).call('manifests.delivery', { manifest: args.words[0] ?? '' })
      const key = args.text('key')
      return key === undefined ? delivery : openDelivery(delivery, await readText(context.path(key)))
    },
  },
  {
    name: 'status',
    words: '',
    help: 'what is to do now: orders, waves, storefronts, what waits to be sent',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('today.get', {}),
  },
  {
    name: 'import-status',
    words: 'FILE',
    help: "takes a courier's signed status file in",
    ...one,
    async run(context, args) {
      const client = await context.client()
      const imported = await client.call('status.import', { file: await readText(context.path(args.words[0] ?? '')) })
      return { ...imported, reports: await client.call('reports.deliver', {}) }
    },
  },
  {
    name: 'report',
    words: '',
    help: 'sends what waits in the outbox',
    fewest: 0,
    most: 0,
    run: async (context) => (await context.client()).call('reports.deliver', {}),
  },
]
