import type { IssuedDocument } from '../../domain/document.ts'
import { type FulfilmentEvent, fulfilmentTable } from '../../domain/fulfilment.ts'
import type { Order } from '../../domain/order.ts'
import type { OutboxMessage } from '../../domain/outbox.ts'
import type { Parcel } from '../../domain/parcel.ts'
import type { AuditEntry } from '../../domain/people.ts'
import type { StockMovement } from '../../domain/stock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { UndoChange, WithdrawnPapers } from '../../ports/store/order-store.ts'
import { type MemoryState, saveAll, saveAudit } from './state.ts'
import { compareText, levelsAfter, saveStock } from './stock.ts'
import { saveUndo } from './take-backs.ts'

/** What a change to the line of work brings along, whichever method saves it. */
export interface Work {
  readonly orders?: readonly Order[]
  readonly parcels?: readonly Parcel[]
  readonly events?: readonly FulfilmentEvent[]
  readonly reports?: readonly OutboxMessage[]
  readonly movements?: readonly StockMovement[]
  readonly withdrawn?: WithdrawnPapers | undefined
  readonly undo?: UndoChange | undefined
  readonly audit: AuditEntry
}

/** Checks everything and answers the writing, which cannot fail any more: call it after all other checks. */
export function checkedWork(state: MemoryState, work: Work): () => void {
  const levels = levelsAfter(state, work.movements ?? [])
  const papers = withdrawnPapers(state, work.withdrawn)
  return () => {
    saveAll(state.documents, papers, ({ id }) => id)
    saveAll(state.orders, work.orders ?? [], (order) => order.id)
    saveAll(state.parcels, work.parcels ?? [], (parcel) => parcel.id)
    saveAll(state.events, work.events ?? [], (event) => event.id)
    saveAll(state.messages, work.reports ?? [], (message) => message.id)
    saveStock(state, work.movements ?? [], levels)
    saveUndo(state, work.undo ?? {})
    saveAudit(state, work.audit)
  }
}

function withdrawnPapers(state: MemoryState, withdrawn: WithdrawnPapers | undefined): readonly IssuedDocument[] {
  return (withdrawn?.documentIds ?? []).map((id) => {
    const document = state.documents.get(id)
    if (!document) throw new AppError('ERR_DOCUMENT_NOT_FOUND', { document: id })
    return { ...document, withdrawnAt: document.withdrawnAt ?? withdrawn?.at }
  })
}

export const isLiving = (parcel: Parcel): boolean => !fulfilmentTable[parcel.status].isEnded

/** Parcels of these orders in order of code and letter (A to Z, then AA). */
export function parcelsOf(state: MemoryState, orderIds: ReadonlySet<string>): readonly Parcel[] {
  return [...state.parcels.values()].filter((parcel) => orderIds.has(parcel.orderId)).sort(byCodeAndLetter)
}

export const byCodeAndLetter = (a: Parcel, b: Parcel): number =>
  compareText(a.orderCode, b.orderCode) ||
  a.letter.length - b.letter.length ||
  compareText(a.letter, b.letter) ||
  compareText(a.id, b.id)

/** Documents about these subjects, newest first. */
export const documentsOf = (state: MemoryState, subjectIds: ReadonlySet<string>): readonly IssuedDocument[] =>
  [...state.documents.values()]
    .filter((document) => subjectIds.has(document.subjectId))
    .sort(
      (a, b) =>
        b.issuedAt - a.issuedAt ||
        b.version - a.version ||
        compareText(a.fileName, b.fileName) ||
        compareText(a.id, b.id),
    )

export const isInForce = (document: IssuedDocument): boolean => document.withdrawnAt === undefined

/** The entries of a map for these ids, in the order of the ids; what is not there is left out. */
export const byIds = <Row>(map: ReadonlyMap<string, Row>, ids: Iterable<string>): readonly Row[] =>
  [...new Set(ids)].flatMap((id) => {
    const row = map.get(id)
    return row === undefined ? [] : [row]
  })
