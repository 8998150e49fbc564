import { AppError } from '../../kernel/errors.ts'
import type { CourierStore } from '../../ports/store/courier-store.ts'
import { manifestOf } from './dispatch.ts'
import { kept, type MemoryState, saveAll, saveAudit } from './state.ts'
import { checkedWork } from './work.ts'

/** Ways to couriers, and what carriers stick on parcels themselves, over the shared state. */
export const couriersInMemory = (state: MemoryState): CourierStore => ({
  async saveManifestSent(manifestId, news, audit) {
    const before = manifestOf(state, manifestId)
    const { sentAt = before.sentAt, receivedAt = before.receivedAt, handOver = before.handOver } = news
    saveAll(state.manifests, [{ ...before, sentAt, receivedAt, handOver }], ({ id }) => id)
    if (audit) saveAudit(state, audit)
  },
  async listManifestMessages(manifestIds) {
    const wanted = new Set(manifestIds)
    return [...state.messages.values()].filter(
      ({ payload }) => payload.kind === 'manifest' && wanted.has(payload.manifestId),
    )
  },
  async saveCarrierAnswer(answer) {
    const replaced = answer.replaced.map((id) => {
      const document = state.documents.get(id)
      if (!document) throw new AppError('ERR_DOCUMENT_NOT_FOUND', { document: id })
      return { ...document, withdrawnAt: document.withdrawnAt ?? answer.replacedAt }
    })
    checkedWork(state, answer)()
    saveAll(state.documents, [...answer.labels, ...replaced], ({ id }) => id)
  },
  async findShopMail() {
    return state.mail
  },
  async saveShopMail(mail, audit) {
    state.mail = mail && kept(mail)
    saveAudit(state, audit)
  },
})
