import type { AuditEntry } from '../../domain/people.ts'
import type { CarrierAnswer, CourierStore, ManifestNews } from '../../ports/store/courier-store.ts'
import type { Sql } from './sql.ts'
import { insertAudit } from './tables/audit.ts'
import { upsertDocuments, withdrawDocuments } from './tables/documents.ts'
import { getManifest, upsertManifest } from './tables/manifests.ts'
import { selectManifestMessages } from './tables/outbox.ts'
import { putShopMail, selectShopMail } from './tables/shop-mail.ts'
import { saveWork } from './tables/work.ts'

export const courierStore = (sql: Sql): CourierStore => ({
  saveManifestSent: (manifestId, news, audit) => sql.write(() => saveManifestNews(sql, { manifestId, news, audit })),
  listManifestMessages: (manifestIds) => sql.read(() => selectManifestMessages(sql, manifestIds)),
  saveCarrierAnswer: (answer) => sql.write(() => saveCarrierAnswer(sql, answer)),
  findShopMail: () => sql.read(() => selectShopMail(sql)),
  saveShopMail: (mail, audit) =>
    sql.write(() => {
      putShopMail(sql, mail)
      insertAudit(sql, audit)
    }),
})

interface Saying {
  readonly manifestId: string
  readonly news: ManifestNews
  readonly audit: AuditEntry | undefined
}

function saveManifestNews(sql: Sql, { manifestId, news, audit }: Saying): void {
  const before = getManifest(sql, manifestId)
  const { sentAt = before.sentAt, receivedAt = before.receivedAt, handOver = before.handOver } = news
  upsertManifest(sql, { ...before, sentAt, receivedAt, handOver })
  if (audit) insertAudit(sql, audit)
}

function saveCarrierAnswer(sql: Sql, answer: CarrierAnswer): void {
  saveWork(sql, answer)
  upsertDocuments(sql, answer.labels)
  withdrawDocuments(sql, answer.replaced, answer.replacedAt)
}
