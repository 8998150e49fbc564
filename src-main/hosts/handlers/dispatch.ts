import { exportManifest, exportManifests } from '../../application/export-manifest.ts'
import { importStatus } from '../../application/import-status.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { dispatchOperations } from '../../contract/operations/dispatch.ts'
import type { DeliveryInformation } from '../../domain/delivery-information.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Handlers } from '../handlers.ts'
import { documentView } from './views.ts'

type DispatchHandlers = Pick<Handlers, keyof typeof dispatchOperations>

export function dispatchHandlers(workshop: Workshop): DispatchHandlers {
  const { store } = workshop
  return {
    'manifests.list': (input) => store.listManifests(input),
    async 'manifests.close'(input, caller) {
      if (input.carrier === undefined) return exportManifests(workshop, caller, {})
      return { closed: [await exportManifest(workshop, caller, input.carrier)], waiting: [] }
    },
    async 'manifests.delivery'(input, caller) {
      const { documents } = await store.loadManifest(input.manifest)
      const document = documents.find((candidate) => candidate.kind === 'delivery')
      if (document?.text === undefined)
        throw new AppError('ERR_DOCUMENT_NOT_FOUND', { manifest: input.manifest, kind: 'delivery' })
      // Recipients stand in it in clear where the shop seals the other side, or nothing.
      await store.saveDocumentFetch({
        documentId: document.id,
        terminal: caller.actor,
        at: workshop.system.clock.now(),
      })
      // Written by export-manifest from this very type and never changed since.
      return JSON.parse(document.text) as DeliveryInformation
    },
    'manifests.documents': async (input) => (await store.loadManifest(input.manifest)).documents.map(documentView),
    'status.import': (input, caller) => importStatus(workshop, caller, input.file),
    'documents.list': async (input) => (await store.listDocuments(input.subjectIds)).map(documentView),
    'documents.fetches': async (input) =>
      (await store.listDocumentFetches(input.documentId)).map(({ terminal, at }) => ({ terminal, at })),
  }
}
