import { exportManifest, exportManifests } from '../../application/export-manifest.ts'
import { findPapers } from '../../application/find-papers.ts'
import { handManifestOver } from '../../application/hand-manifest-over.ts'
import { importStatus } from '../../application/import-status.ts'
import { keptDelivery, openKeptDelivery } from '../../application/kept-paper.ts'
import { listCollections } from '../../application/list-collections.ts'
import { previewManifest } from '../../application/preview-manifest.ts'
import { recordRead } from '../../application/read-document.ts'
import { takeReceipt } from '../../application/take-receipt.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { ParsedInputOf } from '../../contract/operations.ts'
import type { dispatchOperations } from '../../contract/operations/dispatch.ts'
import type { ManifestRowView, PageView } from '../../contract/views.ts'
import { handOverOf, usualReceiptHours } from '../../domain/hand-over.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Handlers } from '../handlers.ts'
import { documentView } from './views.ts'

type DispatchHandlers = Pick<Handlers, keyof typeof dispatchOperations>

export function dispatchHandlers(workshop: Workshop): DispatchHandlers {
  const { store } = workshop
  return {
    'manifests.list': (input) => listManifests(workshop, input),
    async 'manifests.close'(input, caller) {
      if (input.carrier === undefined) return exportManifests(workshop, caller, { except: input.except })
      return { closed: [await exportManifest(workshop, caller, input.carrier, input.except)], waiting: [] }
    },
    async 'manifests.delivery'(input, caller) {
      const { documents } = await store.loadManifest(input.manifest)
      const document = documents.find((candidate) => candidate.kind === 'delivery')
      const kept = document && keptDelivery(document)
      if (!kept) throw new AppError('ERR_DOCUMENT_NOT_FOUND', { manifest: input.manifest, kind: 'delivery' })
      await recordRead(workshop, { actor: caller.actor, terminal: caller.actor, isStation: false }, document)
      return openKeptDelivery(workshop, kept)
    },
    'manifests.numbers': async (input) =>
      (await store.loadManifest(input.manifest)).parcels.flatMap(({ number, tracking }) =>
        number !== undefined && tracking !== undefined ? [{ number, tracking }] : [],
      ),
    'manifests.documents': async (input) => (await store.loadManifest(input.manifest)).documents.map(documentView),
    'manifests.preview': (input) => previewManifest(workshop, input),
    async 'papers.find'({ code }) {
      const { name, papers } = await findPapers(workshop, code)
      return { name, papers: papers.map((paper) => ({ ...paper, document: documentView(paper.document) })) }
    },
    'collections.list': () => listCollections(workshop),
    'manifests.hand-over': (input, caller) => handManifestOver(workshop, caller, input),
    'receipts.import': (input, caller) =>
      takeReceipt(workshop, caller, { ...input, way: input.courier === undefined ? 'file' : 'pick-up' }),
    'status.import': (input, caller) => importStatus(workshop, caller, input.file),
    'documents.list': async (input) => (await store.listDocuments(input.subjectIds)).map(documentView),
    'documents.fetches': async (input) =>
      (await store.listDocumentFetches(input.documentId)).map(({ terminal, at }) => ({ terminal, at })),
  }
}

/** Each manifest with how far it is on its way to the courier. */
async function listManifests(
  { store, system, manifests }: Workshop,
  query: ParsedInputOf<'manifests.list'>,
): Promise<PageView<ManifestRowView>> {
  const page = await store.listManifests(query)
  const messages = await store.listManifestMessages(page.rows.map(({ manifest }) => manifest.id))
  const byManifest = Map.groupBy(messages, ({ payload }) => (payload.kind === 'manifest' ? payload.manifestId : ''))
  const settings = await store.findSettings()
  const now = system.clock.now()
  const receiptHours = settings?.delivery.receiptHours ?? usualReceiptHours
  const rows = page.rows.map((row) => {
    const kid = row.manifest.handOver?.receipt?.kid
    return {
      ...row,
      handOver: handOverOf(row.manifest, byManifest.get(row.manifest.id) ?? [], { now, receiptHours }),
      signedBy: kid === undefined ? undefined : manifests.fingerprintWords(kid),
    }
  })
  return { ...page, rows }
}
